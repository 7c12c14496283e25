import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../lua-runtime/vm/create-vm.ts';
import { startSession } from '../../conformance/engine-session.ts';

describe.each(ENGINES)('%s', (engine) => {
  describe('print and load', () => {
    it('prints to the host, as tostring shows values', () => {
      const { run, output } = startSession(engine);
      run(
        "print('a', 1, nil, true) print() print(setmetatable({}, { __tostring = function() return 'T' end }))",
      );
      expect(output).toEqual(['print a\t1\tnil\ttrue', 'print ', 'print T']);
    });

    it('loads from pieces, with an environment', () => {
      const source = `local parts = { 'return ', 'x' }
        local f = load(function() return table.remove(parts, 1) end, '=parts', nil, { x = 5 })
        return f()`;
      expect(startSession(engine).run(source)).toBe('5');
    });
  });

  describe('os', () => {
    it.each([
      ['return os.time()', '1700000000'],
      ["return os.date('!%Y-%m-%dT%H:%M:%SZ')", '2023-11-14T22:13:20Z'],
      ["return os.date('!%c', 0)", 'Thu Jan  1 00:00:00 1970'],
      ["return os.date('!%x|%X|%p|%r|%Z|%z', 0)", '01/01/70|00:00:00|AM|12:00:00 AM|GMT|+0000'],
      [
        "return os.date('!%a %A %b %B %C %d %D %e %F', 0)",
        'Thu Thursday Jan January 19 01 01/01/70  1 1970-01-01',
      ],
      ["return os.date('!%j %U %V %W %u %w %y %G %g', 1e9)", '252 36 36 36 7 0 01 2001 01'],
      [
        "return os.date('!%G-W%V', 1230768000), os.date('!%G-W%V', 1104537600)",
        '2009-W01, 2004-W53',
      ],
      ["return os.date('!%Ex %Od %% %n%t', 0)", '01/01/70 01 % \n\t'],
      ["return os.date('!*t', 86399).hour, os.date('*t', 0).isdst", '23, false'],
      [
        "return pcall(os.date, '%Q')",
        "false, bad argument #1 to 'os.date' (invalid conversion specifier '%Q')",
      ],
      [
        "return pcall(os.date, '%Ez')",
        "false, bad argument #1 to 'os.date' (invalid conversion specifier '%Ez')",
      ],
      [
        "return pcall(os.date, '%')",
        "false, bad argument #1 to 'os.date' (invalid conversion specifier '%')",
      ],
      [
        'return os.time({ year = 2001, month = 9, day = 9, hour = 1, min = 46, sec = 40 })',
        '1000000000',
      ],
      [
        'local t = { year = 2020, month = 14, day = -3, hour = 25 } ' +
          'return os.time(t), t.year, t.month, t.day, t.hour, t.wday, t.yday',
        '1611882000, 2021, 1, 29, 1, 6, 29',
      ],
      ['return pcall(os.time, { year = 2020 })', "false, field 'month' missing in date table"],
      [
        "return pcall(os.time, { year = 2020, month = 'x', day = 1 })",
        "false, field 'month' is not an integer",
      ],
      ['return os.difftime(10, 5)', '5.0'],
      [
        "return os.getenv('HOME'), os.execute(), os.setlocale(), os.setlocale('de_DE')",
        'nil, false, C, nil',
      ],
    ])('%s', (source, expected) => {
      expect(startSession(engine).run(source)).toBe(expected);
    });

    it('takes local time from the given offset', () => {
      const session = startSession(engine, { host: { utcOffsetMinutes: 90 } });
      expect(session.run("return os.date('%H:%M %z', 0)")).toBe('01:30 +0130');
      const fields = '{ year = 1970, month = 1, day = 1, hour = 1, min = 30 }';
      expect(session.run(`return os.time(${fields})`)).toBe('0');
    });

    it('counts os.clock from the start of the context', () => {
      let now = 5000;
      const session = startSession(engine, { host: { now: () => now } });
      now = 7500;
      expect(session.run('return os.clock()')).toBe('2.5');
    });

    it('answers getenv from the given environment only', () => {
      const session = startSession(engine, { host: { environment: { MODE: 'test' } } });
      const source = "return os.getenv('MODE'), os.getenv('PATH'), os.getenv('toString')";
      expect(session.run(source)).toBe('test, nil, nil');
    });

    it.each([
      "os.execute('true')",
      'os.exit()',
      "os.remove('x')",
      "os.rename('x', 'y')",
      'os.tmpname()',
      "io.popen('ls')",
      'io.tmpfile()',
      "io.output('x')",
    ])('refuses %s', (call) => {
      const { run, refused } = startSession(engine);
      const name = call.replace(/\(.*/, '');
      expect(run(`\n${call}`)).toContain(
        `raised: probe.lua:2: ${name} is refused by the workbench: `,
      );
      expect(refused).toEqual([name]);
    });
  });

  describe('io', () => {
    const files = {
      'data.txt': 'first\nsecond\n\nlast without end',
      'numbers.txt': ' 42 0x1F -3.5e2 x',
      'bytes.bin': Uint8Array.of(0, 255, 10, 128),
      'policy/list.txt': 'in the policy folder',
    };

    it.each([
      [
        "return io.open('data.txt'):read('l', 'L', 'l', 'a', 'l')",
        'first, second\n, , last without end, nil',
      ],
      ["return io.open('data.txt'):read(3, 0, 'a')", 'fir, , st\nsecond\n\nlast without end'],
      [
        "local f = io.open('numbers.txt') return f:read('n', '*n', 'n', 'n')",
        '42, 31, -350.0, nil',
      ],
      ["return io.open('bytes.bin', 'rb'):read('a'):byte(1, -1)", '0, 255, 10, 128'],
      [
        "local r = {} for l in io.lines('data.txt') do r[#r + 1] = l end return #r, r[4]",
        '4, last without end',
      ],
      [
        "local r = {} for a, b in io.lines('data.txt', 1, 2) do r[#r + 1] = a .. b end return r[1], r[2]",
        'fir, st\n',
      ],
      [
        "local f = io.open('data.txt') return f:seek('end'), f:seek('set', 2), f:read(3)",
        '30, 2, rst',
      ],
      ["local f = io.open('data.txt') return f:seek('set', -5)", 'nil, Invalid argument, 22'],
      ["return io.open('nothing')", 'nil, nothing: No such file or directory, 2'],
      [
        "return pcall(io.lines, 'nothing')",
        "false, cannot open file 'nothing' (No such file or directory)",
      ],
      [
        "return pcall(io.open, 'data.txt', 'zz')",
        "false, bad argument #2 to 'io.open' (invalid mode)",
      ],
      [
        "local f = io.open('data.txt') f:close() return io.type(f), tostring(f), pcall(f.read, f)",
        'closed file, file (closed), false, attempt to use a closed file',
      ],
      ['return io.type(io.stdout), io.type(io.stdin), io.type(3)', 'file, file, nil'],
      ["io.input('data.txt') return io.read(), io.read('l')", 'first, second'],
      ['return io.read()', 'nil'],
      ["return io.open('data.txt'):write('x')", 'nil, Bad file descriptor, 9'],
      ['return io.close()', 'nil, cannot close standard file'],
    ])('%s', (source, expected) => {
      expect(startSession(engine, { files }).run(source)).toBe(expected);
    });

    it('writes to the host only', () => {
      const { run, output } = startSession(engine);
      expect(run("return io.write('a', 1, 2.5, 3.0, '\\n') == io.stdout")).toBe('true');
      run("io.stderr:write('oops')");
      expect(output).toEqual(['stdout a12.53\n', 'stderr oops']);
    });

    it('refuses to open a file for writing, and says so', () => {
      const { run, refused } = startSession(engine, { files });
      expect(run("io.open('data.txt', 'w')")).toBe(
        "raised: probe.lua:1: io.open('data.txt', 'w') is refused by the workbench: " +
          'a policy under test can read files of the workspace but not write any.',
      );
      expect(refused).toHaveLength(1);
    });

    it('finds files as they lie on a KumoMTA machine', () => {
      const session = startSession(engine, { files, host: { policyFolder: 'policy' } });
      for (const path of [
        '/opt/kumomta/etc/policy/list.txt',
        'list.txt',
        './policy/../policy/list.txt',
      ]) {
        expect(session.run(`return io.open('${path}'):read('a')`)).toBe('in the policy folder');
      }
    });

    it.each(['/etc/passwd', '../outside', 'a/../../outside'])('opens nothing at %s', (path) => {
      expect(startSession(engine, { files }).run(`return io.open('${path}')`)).toBe(
        `nil, ${path}: Permission denied (the workbench reads only files of the workspace), 13`,
      );
    });
  });

  describe('package', () => {
    const files = {
      'policy/mod.lua': 'local name, where = ... return { name = name, where = where }',
      'policy/dir/init.lua': "return 'a folder'",
      'policy/dir/sub.lua': "return 'a dotted name'",
      'policy/broken.lua': 'local x = = 1',
      'policy/fails.lua': "\nerror('while loading')",
      'policy/none.lua': 'loaded_times = (loaded_times or 0) + 1',
      'shared.lua': "return 'from the root'",
      'policy/script.lua': '#!/usr/bin/lua\nreturn ...',
    };
    const start = () => startSession(engine, { files, host: { policyFolder: 'policy' } });

    it.each([
      ["local m = require('mod') return m.name, m.where", 'mod, policy/mod.lua'],
      [
        "return require('mod') == require('mod'), package.loaded.mod == require('mod')",
        'true, true',
      ],
      ["return (require('dir'))", 'a folder'],
      ["return (require('dir.sub'))", 'a dotted name'],
      ["return (require('shared'))", 'from the root'],
      ["require('none') require('none') return package.loaded.none, loaded_times", 'true, 1'],
      [
        "package.preload.p = function(...) return select('#', ...), ... end return require('p')",
        '2, :preload:',
      ],
      ["return select(2, require('mod'))", 'policy/mod.lua'],
      ["return require('string') == string, require('_G') == _G", 'true, true'],
      [
        "package.path = package.path .. ';/opt/kumomta/etc/policy/dir/?.lua' return (require('sub'))",
        'a dotted name',
      ],
      ["return package.searchpath('dir.sub', package.path)", 'policy/dir/sub.lua'],
      [
        "return package.searchpath('nope', './?.lua;x/?')",
        "nil, no file './nope.lua'\n\tno file 'x/nope'",
      ],
      ["return dofile('mod.lua') ~= nil, loadfile('mod.lua')('n').name", 'true, n'],
      ["return loadfile('script.lua')('argument')", 'argument'],
      ["return loadfile('nope.lua')", 'nil, cannot open nope.lua: No such file or directory'],
      ["return loadfile('shared.lua', 't', {})()", 'from the root'],
    ])('%s', (source, expected) => {
      expect(start().run(source)).toBe(expected);
    });

    it('says where it looked for a module', () => {
      expect(start().run("require('nope')")).toBe(
        [
          "raised: probe.lua:1: module 'nope' not found:",
          "\tno field package.preload['nope']",
          "\tno file 'policy/nope.lua'",
          "\tno file 'policy/nope/init.lua'",
          "\tno file 'nope.lua'",
          "\tno file 'nope/init.lua'",
        ].join('\n'),
      );
    });

    it('says why a module does not load', () => {
      const { run } = start();
      expect(run("require('broken')")).toBe(
        "raised: error loading module 'broken' from file 'policy/broken.lua':\n" +
          "\tpolicy/broken.lua:1: unexpected symbol near '='",
      );
      expect(run("require('fails')")).toBe('raised: policy/fails.lua:2: while loading');
    });

    it('loads nothing from outside of the workspace', () => {
      const { run } = start();
      expect(run("return loadfile('/etc/profile')")).toBe(
        'nil, cannot open /etc/profile: the workbench reads only files of the workspace',
      );
    });
  });
});

it('warns once warn is turned on', () => {
  const { run, output } = startSession('lua54');
  run("warn('lost') warn('@on') warn('a', 'b') warn('@off') warn('lost')");
  expect(output).toEqual(['warning ab']);
});
