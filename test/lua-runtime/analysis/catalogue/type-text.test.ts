import { describe, expect, it } from 'vitest';
import {
  namesInType,
  parseSignature,
  parseType,
  typeToText,
} from '../../../../lua-runtime/analysis/catalogue/type-text.ts';

describe('the types of the catalogue', () => {
  it.each([
    ['string', 'string'],
    ['string?', 'string|nil'],
    ["'A'|'B'|1|true", "'A'|'B'|1|true"],
    ['(string|Message)[][]', '(string|Message)[][]'],
    ['table<string, integer[]>', 'table<string, integer[]>'],
    ['fun(a: string, b?: integer, ...: any): Message, string?', undefined],
    ['(fun(): Message?)?', '(fun(): Message|nil)|nil'],
    ['fun()[]', '(fun())[]'],
  ])('%s', (text, written) => {
    expect(typeToText(parseType(text))).toBe(
      written ?? 'fun(a: string, b?: integer, ...: any): Message, string|nil',
    );
    expect(typeToText(parseType(typeToText(parseType(text))))).toBe(typeToText(parseType(text)));
  });

  it.each(['', 'a b', 'string|', "'open", 'table<string>', 'fun(a)', 'string]', '(string'])(
    'is not %j',
    (text) => {
      expect(() => parseType(text)).toThrow('no type of the catalogue');
    },
  );

  it('finds the names that are not basic', () => {
    expect(
      namesInType(parseType('fun(m: Message, ...: Throttle): table<string, A|nil>[]')),
    ).toEqual(['Message', 'Throttle', 'A']);
  });

  it('reads signatures', () => {
    expect(parseSignature('(a: string, b?: integer): A, B?')).toEqual({
      parameters: [
        { name: 'a', optional: false, type: { kind: 'name', name: 'string' } },
        { name: 'b', optional: true, type: { kind: 'name', name: 'integer' } },
      ],
      returns: [
        { kind: 'name', name: 'A' },
        {
          kind: 'union',
          members: [
            { kind: 'name', name: 'B' },
            { kind: 'name', name: 'nil' },
          ],
        },
      ],
    });
    expect(() => parseSignature('(a: string')).toThrow('no type of the catalogue');
  });
});
