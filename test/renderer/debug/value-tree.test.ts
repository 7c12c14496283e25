import { describe, expect, it } from 'vitest';
import {
  distinctNames,
  nextPage,
  nodeOf,
  pathOf,
  remaining,
  valueTone,
  visibleRows,
  type Children,
  type ValueNode,
} from '../../../renderer/debug/values/value-tree.ts';

function node(name: string, change: Partial<ValueNode> = {}): ValueNode {
  return {
    name,
    value: '1',
    type: 'integer',
    ref: 0,
    readOnly: false,
    changed: false,
    failed: false,
    ...change,
  };
}

describe('nextPage', () => {
  it('asks for everything at once where that is little or nobody knows how much it is', () => {
    expect(nextPage({}, 0)).toEqual({});
    expect(nextPage({}, 12)).toBeUndefined();
    expect(nextPage({ named: 40, indexed: 60 }, 0)).toEqual({});
    expect(nextPage({ named: 40, indexed: 60 }, 100)).toBeUndefined();
  });

  it('goes through the positions, then through the names, a page at a time', () => {
    const table = { indexed: 150, named: 130 };
    const pages = [];
    let loaded = 0;
    for (let page = nextPage(table, 0); page; page = nextPage(table, loaded)) {
      pages.push(page);
      loaded += page.count ?? 0;
      expect(remaining(table, loaded)).toBe(280 - loaded);
    }
    expect(pages).toEqual([
      { filter: 'indexed', start: 0, count: 100 },
      { filter: 'indexed', start: 100, count: 50 },
      { filter: 'named', start: 0, count: 100 },
      { filter: 'named', start: 100, count: 30 },
    ]);
    expect(loaded).toBe(280);
  });
});

describe('nodeOf', () => {
  const variable = { name: 'x', value: '2', variablesReference: 0 };

  it('marks what is another value than before, and not what was not there', () => {
    expect(nodeOf(variable, node('x', { value: '1' })).changed).toBe(true);
    expect(nodeOf(variable, node('x', { value: '2' })).changed).toBe(false);
    expect(nodeOf(variable, undefined).changed).toBe(false);
  });

  it('takes what cannot be set from the hint', () => {
    const hint = { presentationHint: { attributes: ['readOnly'] } };
    expect(nodeOf({ ...variable, ...hint }, undefined).readOnly).toBe(true);
    expect(nodeOf(variable, undefined).readOnly).toBe(false);
  });
});

describe('visibleRows', () => {
  const locals = node('Locals', { type: 'scope', ref: 1, value: '' });
  const message = node('message', { ref: 2, type: 'Message' });
  const message2 = node('message', { ref: 3, type: 'Message' });
  const children = new Map<string, Children>([
    ['Locals', { nodes: [message, message2], more: 0 }],
    [pathOf('Locals', 'message'), { nodes: [node('id')], more: 40 }],
  ]);

  it('shows children only below what is open, with the levels and positions of ARIA', () => {
    const rows = visibleRows([locals], children, new Set(['Locals']));
    expect(rows.map(({ node: { name }, level }) => [name, level])).toEqual([
      ['Locals', 1],
      ['message', 2],
      ['message', 2],
    ]);
    expect(rows[2]).toMatchObject({ position: 2, siblings: 2, parent: 'Locals', expanded: false });
  });

  it('tells two variables of one name apart, so that one opens and not both', () => {
    const open = new Set(['Locals', pathOf('Locals', 'message')]);
    const rows = visibleRows([locals], children, open);
    expect(rows.map(({ expanded }) => expanded)).toEqual([true, true, false, false, false]);
    expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
  });

  it('ends a part of the children with a row for the rest', () => {
    const open = new Set(['Locals', pathOf('Locals', 'message')]);
    const rest = visibleRows([locals], children, open)[3];
    expect(rest).toMatchObject({ more: 40, level: 3, parent: pathOf('Locals', 'message') });
  });

  it('waits for children that are on their way', () => {
    expect(visibleRows([locals], new Map(), new Set(['Locals']))).toHaveLength(1);
  });
});

it('numbers names that come again', () => {
  const names = distinctNames([{ name: 'x' }, { name: 'y' }, { name: 'x' }]);
  expect(names.slice(0, 2)).toEqual(['x', 'y']);
  expect(new Set(names).size).toBe(3);
});

it.each([
  [{ type: 'string', value: "'5'" }, 'text'],
  [{ type: 'integer', value: '5' }, 'number'],
  [{ type: 'float', value: '5.0' }, 'number'],
  [{ type: 'nil', value: 'nil' }, 'keyword'],
  [{ type: 'Message', value: '1,047 bytes, attempt 1' }, 'plain'],
  [{ type: '', value: '12' }, 'number'],
])('paints %j as %s', (value, tone) => {
  expect(valueTone({ ...value, failed: false })).toBe(tone);
});
