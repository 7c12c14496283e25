import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../../lua-runtime/analysis/syntax/lexer.ts';
import { parseLua } from '../../../../lua-runtime/analysis/syntax/parser.ts';
import type { Expression, Statement } from '../../../../lua-runtime/analysis/syntax/syntax-tree.ts';
import { LuaStatus } from '../../../../lua-runtime/vm/lua-vm.ts';
import { createLuaVm } from '../../../../electron/host/lua-engines.ts';

function statements(text: string): readonly Statement[] {
  return parseLua(text).body.statements;
}

/** The expression in Lisp form, which shows how operators bind. */
function shape(expression: Expression): string {
  switch (expression.kind) {
    case 'Binary':
      return `(${expression.operator} ${shape(expression.left)} ${shape(expression.right)})`;
    case 'Unary':
      return `(${expression.operator} ${shape(expression.operand)})`;
    case 'Name':
      return expression.name;
    case 'Number':
      return String(expression.value);
    case 'Parenthesized':
      return `[${shape(expression.inner)}]`;
    default:
      return expression.kind;
  }
}

function shapeOf(text: string): string {
  const [statement] = statements(`return ${text}`);
  return statement?.kind === 'Return' ? statement.values.map(shape).join(', ') : 'no return';
}

describe('expressions', () => {
  it.each([
    ['a or b and c', '(or a (and b c))'],
    ['a + b * c - d', '(- (+ a (* b c)) d)'],
    ['a .. b .. c', '(.. a (.. b c))'],
    ['2 ^ 3 ^ 4', '(^ 2 (^ 3 4))'],
    ['-x ^ 2', '(- (^ x 2))'],
    ['2 ^ -x', '(^ 2 (- x))'],
    ['not a == b', '(== (not a) b)'],
    ['a < b == (c > d)', '(== (< a b) [(> c d)])'],
    ['a | b ~ c & d << 1', '(| a (~ b (& c (<< d 1))))'],
    ['#t - 1, ~x', '(- (# t) 1), (~ x)'],
  ])('%s binds as %s', (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
  });

  it.each([
    ['3', 3, true],
    ['3.0', 3, false],
    ['1e2', 100, false],
    ['0xff', 255, true],
    ['0x.8p1', 1, false],
    ['9223372036854775807', 9223372036854775807, true],
    ['9223372036854775808', 9223372036854775808, false],
  ])('%s is %d, an integer: %s', (text, value, isInteger) => {
    const [statement] = statements(`return ${text}`);
    expect(statement).toMatchObject({ values: [{ kind: 'Number', value, isInteger }] });
  });

  it.each([
    [String.raw`'a\65\x42\u{43}\z   d'`, 'aABCd'],
    [String.raw`"\"\n\\"`, '"\n\\'],
    ['[[\nfirst line is skipped]]', 'first line is skipped'],
    ['[==[ ]] ]==]', ' ]] '],
    [String.raw`'\255'`, '\ufffd'],
  ])('%s is a string', (text, value) => {
    expect(statements(`return ${text}`)).toMatchObject([{ values: [{ kind: 'String', value }] }]);
  });

  it('reads calls without parentheses and methods', () => {
    expect(statements("kumo.on 'init' require('x'):run { a = 1, [2] = 3; 'x' }")).toMatchObject([
      { kind: 'CallStatement', call: { kind: 'Call', args: [{ value: 'init' }] } },
      {
        call: {
          kind: 'MethodCall',
          name: 'run',
          args: [
            {
              fields: [
                { kind: 'NamedField', name: 'a' },
                { kind: 'KeyedField' },
                { kind: 'PositionalField' },
              ],
            },
          ],
        },
      },
    ]);
  });
});

describe('broken text', () => {
  it('keeps the next line apart from a member that is being typed', () => {
    const text = 'local x = kumo.\nlocal y = 2\n';
    expect(statements(text)).toMatchObject([
      { kind: 'Local', values: [{ kind: 'Member', name: '' }] },
      { kind: 'Local', names: [{ name: 'y' }] },
    ]);
  });

  it('keeps the next statement apart from a value that is missing', () => {
    expect(statements('local x =\nlocal y = 2')).toMatchObject([
      { kind: 'Local', values: [{ kind: 'Missing' }] },
      { kind: 'Local', names: [{ name: 'y' }] },
    ]);
  });

  it('ends a block by its indentation when its end is missing', () => {
    const text = [
      "kumo.on('a', function()",
      '  if x then',
      '    print(x)',
      'end)',
      "kumo.on('b', function() end)",
    ].join('\n');
    const found = statements(text);
    expect(found).toHaveLength(2);
    expect(found[1]).toMatchObject({ call: { args: [{ value: 'b' }, {}] } });
  });

  it('ends an open string with its line', () => {
    const chunk = parseLua("kumo.on('ini\nlocal y = 2");
    expect(chunk.body.statements.at(-1)).toMatchObject({ kind: 'Local', names: [{ name: 'y' }] });
    expect(chunk.errors).not.toEqual([]);
  });

  it('goes on after an end too many', () => {
    expect(statements('end local y = 2')).toMatchObject([{ kind: 'Local' }]);
  });

  it('reads deep nesting without an overflow', () => {
    const deep = '('.repeat(50_000);
    expect(parseLua(`return ${deep}`).errors).not.toEqual([]);
  });
});

/** Texts with one token deleted or replaced by another of the same text, from a seed. */
function mutations(text: string, count: number): string[] {
  const { tokens } = tokenize(text);
  let state = 42;
  const pick = (): (typeof tokens)[number] => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return tokens[state % (tokens.length - 1)]!;
  };
  return Array.from({ length: count }, (_, i) => {
    const out = pick();
    const other = pick();
    const replacement = i % 2 === 0 ? '' : ` ${text.slice(other.start, other.end)} `;
    return text.slice(0, out.start) + replacement + text.slice(out.end);
  });
}

/** What the compiler refuses for reasons that are not grammar. */
const NOT_GRAMMAR = /label|break outside|assign to const|outside a vararg|escape|malformed number/;

describe('beside the compiler', () => {
  const samples = ['amqp-routing', 'amqp-log-hook', 'tenant-campaign-routing'].map((name) =>
    readFileSync(
      path.resolve(import.meta.dirname, `../../../../lua-runtime/samples/${name}/init.lua`),
      'utf8',
    ),
  );

  it('finds an error exactly where Lua 5.4 refuses the text', () => {
    const vm = createLuaVm('lua54');
    const differing = samples
      .flatMap((text) => [text, ...mutations(text, 300)])
      .filter((text) => {
        const status = vm.load(vm.main, new TextEncoder().encode(text), '=x');
        const refusal = status === LuaStatus.ok ? undefined : vm.toText(vm.main, -1);
        vm.setTop(vm.main, 0);
        if (refusal !== undefined && NOT_GRAMMAR.test(refusal)) return false;
        return (refusal === undefined) !== (parseLua(text).errors.length === 0);
      });
    vm.close();
    expect(differing).toEqual([]);
  });
});
