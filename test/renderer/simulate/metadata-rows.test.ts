import { describe, expect, it } from 'vitest';
import { metadataOf, metadataType, rowsOf } from '../../../renderer/simulate/metadata-rows.ts';

describe('metadata rows', () => {
  it('takes JSON for what it is and other text as text', () => {
    expect(
      metadataOf([
        { name: 'tenant', value: 'acme' },
        { name: 'tries', value: '3' },
        { name: 'deep', value: '{"a":[1]}' },
        { name: 'quoted', value: '"3"' },
      ]),
    ).toEqual({ tenant: 'acme', tries: 3, deep: { a: [1] }, quoted: '3' });
  });

  it('leaves out rows without a name', () => {
    expect(metadataOf([{ name: '  ', value: 'x' }])).toEqual({});
  });

  it.each([
    ['acme', 'string'],
    ['3', 'number'],
    ['true', 'boolean'],
    ['{}', 'table'],
    ['null', 'nil'],
  ])('names the Lua type of %s', (typed, type) => {
    expect(metadataType(typed)).toBe(type);
  });

  it('writes rows that mean the same metadata again', () => {
    const meta = {
      text: 'acme',
      number: 3,
      digits: '3',
      yes: 'true',
      list: [1, 'a'],
      nothing: null,
    };
    expect(metadataOf(rowsOf(meta))).toEqual(meta);
  });
});
