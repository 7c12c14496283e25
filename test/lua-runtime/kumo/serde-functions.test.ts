import { describe, expect, it } from 'vitest';
import { ENGINE_IDS, KumoFixture } from './kumo-fixture.ts';

describe.each(ENGINE_IDS)('JSON on %s', (engine) => {
  const fixture = new KumoFixture(engine);
  const one = (expression: string): string | undefined =>
    fixture.results(`return ${expression}`)[0];

  it.each([
    ['{}', '{}'],
    ['{1,2}', '[1,2]'],
    ['{a=1}', '{"a":1}'],
    ['nil', 'null'],
    ['1.0', '1.0'],
    ['1e15', '1000000000000000.0'],
    ['1e16', '1e+16'],
    ['1e-5', '0.00001'],
    ['1e-6', '1e-6'],
    ['0/0', 'null'],
    ['1/0', 'null'],
    ['123456789.125', '123456789.125'],
    ["'a/b\"\\n\\x01\\x7f'", '"a/b\\"\\n\\u0001\u007f"'],
    ["'\\xff'", '[255]'],
    ['{[true]=1}', '{"true":1}'],
    ['{[1.5]=1}', '{"1.5":1}'],
    ['{[-3]=1}', '{"-3":1}'],
    ['{1,2,nil,4}', '[1,2,null,4]'],
    ['{1,a=2}', '[1]'],
  ])('encodes %s as %s', (value, json) => {
    expect(one(`kumo.json_encode(${value})`)).toBe(json);
    expect(one(`kumo.serde.json_encode(${value})`)).toBe(json);
  });

  it.each([
    ['print', 'cannot serialize <function>'],
    ['{print}', 'cannot serialize <function>'],
    ["{['\\xff']=1}", 'key must be a string'],
    ['{[{}]=1}', 'key must be a string'],
  ])('cannot encode %s', (value, message) => {
    expect(fixture.errorMessage(`kumo.json_encode(${value})`)).toBe(message);
  });

  it('pretty prints with sorted keys', () => {
    expect(one("kumo.json_encode_pretty{b=1, a={1,{}}, c={x={}, w=1.0}, d='é'}")).toBe(
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": 1,\n  "c": {\n    "w": 1.0,\n    "x": {}\n  },\n  "d": "é"\n}',
    );
    expect(one('kumo.json_encode_pretty{}')).toBe('{}');
  });

  it('parses to Lua types', () => {
    expect(
      fixture.results(`
        local v = kumo.json_parse '{"i":1,"f":1.0,"n":null,"a":[1,null,3],"s":"\\\\u00e9\\\\n","e":{}} // end'
        return math.type(v.i), math.type(v.f), v.n, v.a[3], v.s, next(v.e)`),
    ).toEqual(['integer', 'float', 'nil', '3', 'é\n', 'nil']);
    expect(one("kumo.json_parse '/* a */ [true, # b\\n false]'[2]".replace("'[2]", "'"))).toMatch(
      /^table/,
    );
  });

  it.each([
    ['', 'EOF while parsing a value at line 1 column 0'],
    ['{', 'EOF while parsing an object at line 1 column 1'],
    ['{"a" 1}', 'expected `:` at line 1 column 6'],
    ['[1,]', 'trailing comma at line 1 column 4'],
    ['{"a":1,}', 'trailing comma at line 1 column 8'],
    ['nope', 'expected ident at line 1 column 2'],
    ['5 6', 'trailing characters at line 1 column 3'],
    ['"abc', 'invalid data'],
    ['[1 2]', 'expected `,` or `]` at line 1 column 4'],
    ['{1:2}', 'key must be a string at line 1 column 2'],
    ['01', 'invalid number at line 1 column 2'],
    [
      '"a\nb"',
      'control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0',
    ],
    ['"\\x"', 'invalid escape at line 1 column 3'],
    ['tru', 'EOF while parsing a value at line 1 column 3'],
    ['[\n1,\n  x]', 'expected value at line 3 column 3'],
    ['1.', 'EOF while parsing a value at line 1 column 2'],
    ['-', 'EOF while parsing a value at line 1 column 1'],
    ['1e400', 'number out of range at line 1 column 5'],
    ['{"a"', 'EOF while parsing an object at line 1 column 4'],
    ['{"a":', 'EOF while parsing a value at line 1 column 5'],
    ['[1', 'EOF while parsing a list at line 1 column 2'],
    ['/* x', 'invalid data'],
  ])('refuses %j', (json, message) => {
    expect(fixture.errorMessage(`kumo.json_parse [==[${json}]==]`)).toBe(
      `parsing ${json} as json: ${message}`,
    );
  });

  it('loads a file of the workspace', () => {
    fixture.files.set('data/x.json', new TextEncoder().encode('{"a": 5} # comment'));
    expect(one("kumo.serde.json_load('data/x.json').a")).toBe('5');
    expect(fixture.errorMessage("kumo.json_load 'none.json'")).toBe(
      'reading file none.json: No such file or directory (os error 2)',
    );
  });

  it('round-trips 64-bit integers where the engine has them', () => {
    if (engine !== 'lua54') return;
    expect(one('kumo.json_encode(math.mininteger)')).toBe('-9223372036854775808');
    expect(
      fixture.results(
        "return kumo.json_parse '9223372036854775807', math.type(kumo.json_parse '9223372036854775808')",
      ),
    ).toEqual(['9223372036854775807', 'float']);
  });
});

describe.each(ENGINE_IDS)('log functions on %s', (engine) => {
  it('print place and arguments', () => {
    const fixture = new KumoFixture(engine);
    fixture.results(
      "\nkumo.log_warn('a', 1, 2.0, nil, true, 'x\\xff\\xc3\\xa9')\nkumo.log_debug()",
    );
    expect(fixture.entriesOf('print')).toEqual([
      expect.objectContaining({
        source: 'log',
        level: 'warn',
        text: 'init.lua:3: a 1 2 nil true x\\xFFé',
        location: { file: 'init.lua', line: 3 },
      }),
      expect.objectContaining({ level: 'debug', text: 'init.lua:4: ' }),
    ]);
  });
});
