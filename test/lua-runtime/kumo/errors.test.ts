import { describe, expect, it } from 'vitest';
import { ENGINE_IDS, KumoFixture } from './kumo-fixture.ts';

describe.each(ENGINE_IDS)('errors on %s', (engine) => {
  const fixture = new KumoFixture(engine);

  it('puts `runtime error` and a traceback around a plain Lua error', () => {
    const failure = fixture.failure("local function f() error('boom') end\nf()");
    expect(failure.text).toMatch(
      /^runtime error: init\.lua:2: boom\nstack traceback:\n\t\[C\]: in function 'error'\n\tinit\.lua:2: in .*\n\tinit\.lua:3: in main chunk/,
    );
    expect(failure.summary).toBe('boom');
    expect(failure.location).toEqual({ file: 'init.lua', line: 2 });
    expect(failure.traceback[0]).toEqual({ function: "C function 'error'" });
    expect(failure.traceback.map((frame) => frame.location?.line)).toContain(3);
    expect(failure.reject).toBeUndefined();
  });

  it('follows the level of error()', () => {
    const failure = fixture.failure("local function f() error('boom', 2) end\nf()");
    expect(failure.location).toEqual({ file: 'init.lua', line: 3 });
  });

  it('shows error values that are no strings as Lua prints them', () => {
    expect(fixture.errorMessage('error()')).toBe('runtime error: nil');
    expect(fixture.errorMessage('error({})')).toMatch(/^runtime error: table: /);
    expect(
      fixture.errorMessage(
        "error(setmetatable({}, {__tostring = function() return 'custom' end}))",
      ),
    ).toBe('runtime error: custom');
    expect(fixture.failure('error({})').location).toEqual({ file: 'init.lua', line: 2 });
  });

  it('puts the cause first for an error of a kumo function', () => {
    const failure = fixture.failure("kumo.reject('x')");
    expect(failure.text).toMatch(
      /^bad argument #1: error converting Lua string to u16 \(expected number or string coercible to number\)\nstack traceback:\n\t\[C\]: in /,
    );
    expect(failure.location).toEqual({ file: 'init.lua', line: 2 });
  });

  it('tells syntax errors with their place', () => {
    const failure = fixture.run('local x\nx = = 1');
    expect(failure?.text).toBe("syntax error: init.lua:2: unexpected symbol near '='");
    expect(failure?.location).toEqual({ file: 'init.lua', line: 2 });
    expect(failure?.summary).toBe("unexpected symbol near '='");
  });

  it('finds the file of a long path that Lua shortens', () => {
    const path = `${'deeply/nested/folders/'.repeat(4)}policy.lua`;
    const failure = fixture.run('local x = nil\nx.y()', `@${path}`);
    expect(failure?.text).toContain('runtime error: ...');
    expect(failure?.location).toEqual({ file: path, line: 2 });
  });

  it('names kumo functions as kumod does', () => {
    const { traceback } = fixture.failure("kumo.reject(500, 'x')");
    expect(traceback.map((frame) => frame.function)).toContain("C function 'kumo.reject'");
  });

  it('describes a stack overflow without walking all of it', () => {
    const failure = fixture.failure('local function f() return 1 + f() end f()');
    expect(failure.summary).toMatch(/^stack overflow/);
    expect(failure.location).toEqual({ file: 'init.lua', line: 2 });
    expect(failure.traceback.length).toBeLessThan(40);
  });

  it('leaves the stack as it was', () => {
    const { vm, L, kumo } = fixture;
    vm.setTop(L, 0);
    vm.pushInteger(L, 1);
    vm.getGlobal(L, 'error');
    vm.pushText(L, 'x');
    expect(kumo.call(L, 1, 0)).toBeDefined();
    expect(vm.getTop(L)).toBe(1);
    vm.getGlobal(L, 'tostring');
    vm.pushText(L, 'x');
    expect(kumo.call(L, 1, 1)).toBeUndefined();
    expect(vm.getTop(L)).toBe(2);
    expect(vm.toText(L, 2)).toBe('x');
  });

  it('gives an error object that prints but can be neither indexed nor joined', () => {
    expect(
      fixture.results("local _, e = pcall(kumo.reject, 500, 'no') return type(e), tostring(e)"),
    ).toEqual(['userdata', expect.stringMatching(/^500 no\nstack traceback:\n/)]);
    expect(
      fixture.errorMessage("local _, e = pcall(kumo.reject, 500, 'no') return e .. 'x'"),
    ).toContain('attempt to concatenate a userdata value');
    expect(
      fixture.errorMessage("local _, e = pcall(kumo.reject, 500, 'no') return e.code"),
    ).toContain('attempt to index a userdata value');
  });
});

describe.each(ENGINE_IDS)('reject on %s', (engine) => {
  const fixture = new KumoFixture(engine);

  it('carries code, text and mode, and is recorded where it was called', () => {
    fixture.entries.length = 0;
    const failure = fixture.failure("\nkumo.reject(451, 'try later')");
    expect(failure.reject).toEqual({ code: 451, text: 'try later', disconnect: 'If421' });
    expect(failure.text).toMatch(/^451 try later\nstack traceback:\n/);
    expect(fixture.entriesOf('reject')).toEqual([
      expect.objectContaining({
        code: 451,
        text: 'try later',
        disconnect: 'If421',
        message: 7,
        location: { file: 'init.lua', line: 3 },
      }),
    ]);
  });

  it('survives pcall and rethrow', () => {
    const failure = fixture.failure("local _, e = pcall(kumo.reject, 500, 'no')\nerror(e)");
    expect(failure.reject?.code).toBe(500);
    expect(
      fixture.failure("local _, e = pcall(kumo.reject, 500, 'x') error(e, 2)").reject,
    ).toBeDefined();
  });

  it('is lost when it is turned into a string', () => {
    const failure = fixture.failure(
      "local _, e = pcall(kumo.reject, 500, 'no')\nerror(tostring(e))",
    );
    expect(failure.reject).toBeUndefined();
    expect(failure.text).toMatch(/^runtime error: init\.lua:3: 500 no/);
  });

  it('takes what mlua converts', () => {
    expect(fixture.failure("kumo.reject('451', 'x')").reject?.code).toBe(451);
    expect(fixture.failure("kumo.reject(451.7, 'x')").reject?.code).toBe(451);
    expect(fixture.failure('kumo.reject(451, 7)').reject?.text).toBe('7');
    expect(fixture.failure("kumo.reject(0, 'x')").reject?.code).toBe(0);
  });

  it.each([
    [
      'kumo.reject(451)',
      'bad argument #2: error converting Lua nil to String (expected string or number)',
    ],
    [
      'kumo.reject()',
      'bad argument #1: error converting Lua nil to u16 (expected number or string coercible to number)',
    ],
    [
      "kumo.reject(70000, 'x')",
      'bad argument #1: error converting Lua integer to u16 (out of range)',
    ],
    ["kumo.reject(-1, 'x')", 'bad argument #1: error converting Lua integer to u16 (out of range)'],
    [
      "kumo.reject(70000.0, 'x')",
      'bad argument #1: error converting Lua integer to u16 (out of range)',
    ],
    [
      "kumo.reject('70000', 'x')",
      'bad argument #1: error converting Lua string to u16 (out of range)',
    ],
    ["kumo.reject(0/0, 'x')", 'bad argument #1: error converting Lua number to u16 (out of range)'],
    [
      "kumo.reject({}, 'x')",
      'bad argument #1: error converting Lua table to u16 (expected number or string coercible to number)',
    ],
    [
      "kumo.reject(451, '\\xff')",
      'bad argument #2: error converting Lua string to String (invalid utf-8 sequence of 1 bytes from index 0)',
    ],
    [
      "kumo.reject(451, 'abc\\xe2\\x82')",
      'bad argument #2: error converting Lua string to String (incomplete utf-8 byte sequence from index 3)',
    ],
    [
      "kumo.disconnect(451, 'x', 'y')",
      "bad argument #3: expected one of 'If421', 'FollowWith421' or 'ForceDisconnect', but got String(\"y\")",
    ],
    [
      "kumo.disconnect(451, 'x', 5)",
      "bad argument #3: expected one of 'If421', 'FollowWith421' or 'ForceDisconnect', but got Integer(5)",
    ],
    [
      "kumo.disconnect(451, 'x', 5.5)",
      "bad argument #3: expected one of 'If421', 'FollowWith421' or 'ForceDisconnect', but got Number(5.5)",
    ],
    [
      "kumo.disconnect(451, 'x', true)",
      "bad argument #3: expected one of 'If421', 'FollowWith421' or 'ForceDisconnect', but got Boolean(true)",
    ],
  ])('%s', (source, text) => {
    const failure = fixture.failure(source);
    expect(failure.text.split('\nstack')[0]).toBe(text);
    expect(failure.reject).toBeUndefined();
  });

  it('disconnects by force unless told otherwise', () => {
    expect(fixture.failure("kumo.disconnect(451, 'x')").reject?.disconnect).toBe('ForceDisconnect');
    expect(fixture.failure("kumo.disconnect(451, 'x', 'FollowWith421')").reject?.disconnect).toBe(
      'FollowWith421',
    );
  });
});
