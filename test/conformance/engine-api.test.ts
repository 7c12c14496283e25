import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../lua-runtime/vm/create-vm.ts';
import { LuaStatus, LuaType } from '../../lua-runtime/vm/lua-vm.ts';
import { load, runWithHost, startSession, startVm } from './engine-session.ts';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);

describe.each(ENGINES)('%s', (engine) => {
  describe('values', () => {
    it('carries all 256 bytes in both directions', () => {
      const { vm } = startSession(engine);
      const L = vm.main;
      vm.pushBytes(L, ALL_BYTES);
      vm.setGlobal(L, 'given');
      load(
        vm,
        'local t = {} for i = 1, #given do t[i] = given:byte(i) end return given, #t, t[256]',
      );
      expect(vm.pcall(L, 0, 3)).toBe(LuaStatus.ok);
      expect(vm.toBytes(L, 1)).toEqual(ALL_BYTES);
      expect([vm.toInteger(L, 2), vm.toInteger(L, 3)]).toEqual([256, 255]);
    });

    it('reads what is not UTF-8 with replacement characters', () => {
      const vm = startVm(engine);
      vm.pushBytes(vm.main, Uint8Array.of(0x61, 0xff, 0x00, 0x62));
      expect(vm.toText(vm.main, -1)).toBe('a\ufffd\0b');
    });

    it.each(['', 'plain', 'naïve €𝄞', '\ufeffmark', 'long '.repeat(40_000) + 'é'])(
      'keeps text %#',
      (text) => {
        const vm = startVm(engine);
        vm.pushText(vm.main, text);
        expect(vm.toText(vm.main, -1)).toBe(text);
      },
    );

    it.each([0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 32 + 5, -(2 ** 40), 2 ** 53 - 1])(
      'keeps the whole number %d',
      (number) => {
        const vm = startVm(engine);
        vm.pushInteger(vm.main, number);
        expect(vm.toInteger(vm.main, -1)).toBe(number);
        expect(vm.toNumber(vm.main, -1)).toBe(number);
      },
    );

    it('gives undefined for what has no such value', () => {
      const vm = startVm(engine);
      vm.newTable(vm.main);
      expect(vm.toNumber(vm.main, 1)).toBeUndefined();
      expect(vm.toInteger(vm.main, 1)).toBeUndefined();
      expect(vm.toBytes(vm.main, 1)).toBeUndefined();
      expect(vm.toObject(vm.main, 1)).toBeUndefined();
      expect(vm.type(vm.main, 2)).toBe(LuaType.none);
    });

    it('uses field names of any kind', () => {
      const vm = startVm(engine);
      const L = vm.main;
      vm.newTable(L);
      for (const name of ['plain', '', 'né', 'with\0nul']) {
        vm.pushText(L, `value of ${name}`);
        vm.setField(L, 1, name);
      }
      for (const name of ['plain', '', 'né', 'with\0nul']) {
        expect(vm.getField(L, 1, name)).toBe(LuaType.string);
        expect(vm.toText(L, -1)).toBe(`value of ${name}`);
      }
    });

    it('tells tables apart and recognises the same one', () => {
      const vm = startVm(engine);
      vm.newTable(vm.main);
      vm.newTable(vm.main);
      vm.pushValue(vm.main, 1);
      const [a, b, again] = [1, 2, 3].map((index) => vm.toPointer(vm.main, index));
      expect(a).not.toBe(b);
      expect(again).toBe(a);
    });
  });

  describe('host functions', () => {
    it('has upvalues', () => {
      const vm = startVm(engine);
      const L = vm.main;
      const join = (thread: typeof L): number => {
        const parts = [1, 2].map((n) => vm.toText(thread, vm.upvalueIndex(n)));
        vm.pushText(thread, parts.join('+'));
        return 1;
      };
      vm.pushText(L, 'one');
      vm.pushText(L, 'two');
      vm.pushFunction(L, join, 2);
      expect(vm.getTop(L)).toBe(1);
      vm.call(L, 0, 1);
      expect(vm.toText(L, -1)).toBe('one+two');
    });

    it('turns an exception into a Lua error that pcall catches', () => {
      const { vm } = startSession(engine);
      const failing = (): number => {
        throw new TypeError('broken');
      };
      const source = 'local ok, why = pcall(host) return ok, why, "still running"';
      expect(runWithHost(vm, failing, source)).toBe(LuaStatus.ok);
      expect(vm.toText(vm.main, 2)).toBe('host: broken');
      expect(vm.toText(vm.main, 3)).toBe('still running');
    });

    it('lets the host choose the error value of an exception', () => {
      const { vm } = startSession(engine);
      vm.setHostErrorPusher((L, exception) => {
        vm.newTable(L);
        vm.pushText(L, (exception as Error).message);
        vm.setField(L, -2, 'message');
      });
      const failing = (): number => {
        throw new Error('typed');
      };
      runWithHost(vm, failing, 'local _, e = pcall(host) return e.message');
      expect(vm.toText(vm.main, -1)).toBe('typed');
    });

    it('passes a Lua error through a host function that called Lua', () => {
      const { vm } = startSession(engine);
      const calling = (L: typeof vm.main): number => {
        vm.pushValue(L, 1);
        vm.call(L, 0, 0);
        return 0;
      };
      const source = 'local e = {} return select(2, pcall(host, function() error(e) end)) == e';
      expect(runWithHost(vm, calling, source)).toBe(LuaStatus.ok);
      expect(vm.toBoolean(vm.main, -1)).toBe(true);
    });

    it('survives a thousand errors without losing the stack', () => {
      const { vm } = startSession(engine);
      const failing = (): number => {
        throw new Error('again');
      };
      const source = 'for i = 1, 1000 do pcall(host, i, i, i) end return "done"';
      expect(runWithHost(vm, failing, source)).toBe(LuaStatus.ok);
      expect(vm.toText(vm.main, -1)).toBe('done');
    });

    it.each([
      ['plainly', 'return host("x")'],
      ['inside nested pcall and xpcall', 'return select(3, pcall(xpcall, host, print, "x"))'],
      [
        'from __index',
        'return setmetatable({}, { __index = function(_, k) return host(k) end }).x',
      ],
      [
        'from an iterator',
        'for v in function(_, c) if not c then return host("x") end end do return v end',
      ],
      [
        'from a table.sort comparator',
        'local r table.sort({ 2, 1 }, function(a, b) r = host("x") return a < b end) return r',
      ],
      ['from a gsub callback', 'return (("x"):gsub("%a", host))'],
      [
        'from __tostring',
        'return tostring(setmetatable({}, { __tostring = function() return host("x") end }))',
      ],
      [
        'from a module body',
        'package.preload.m = function() return host("x") end return (require("m"))',
      ],
      ['in a coroutine', 'return coroutine.wrap(function() coroutine.yield(host("x")) end)()'],
      ['after a caught error', 'pcall(error, "e") return host("x")'],
    ])('can be called %s', (_, source) => {
      const { vm } = startSession(engine);
      const echo = (L: typeof vm.main): number => {
        vm.pushText(L, `answer to ${vm.toText(L, 1) ?? 'nothing'}`);
        return 1;
      };
      expect(runWithHost(vm, echo, source)).toBe(LuaStatus.ok);
      expect(vm.toText(vm.main, 1)).toBe('answer to x');
    });
  });

  describe('userdata', () => {
    it('stands for a host object with methods', () => {
      const { vm } = startSession(engine);
      const L = vm.main;
      const object = { name: 'the object' };
      expect(vm.newMetatable(L, 'thing')).toBe(true);
      vm.newTable(L);
      vm.pushFunction(L, (thread) => {
        vm.pushText(thread, (vm.toObject(thread, 1) as typeof object).name);
        return 1;
      });
      vm.setField(L, -2, 'name');
      vm.setField(L, -2, '__index');
      vm.pop(L, 1);
      expect(vm.newMetatable(L, 'thing')).toBe(false);
      vm.pop(L, 1);
      vm.newUserdata(L, object, 'thing');
      expect(vm.toObject(L, -1)).toBe(object);
      expect(vm.objectTypeName(L, -1)).toBe('thing');
      vm.setGlobal(L, 'thing');
      load(
        vm,
        'return thing:name(), getmetatable(thing), tostring(thing):match("^thing: ") ~= nil',
      );
      vm.pcall(L, 0, 3);
      expect(vm.toText(L, 1)).toBe('the object');
      expect([vm.toBoolean(L, 2), vm.toBoolean(L, 3)]).toEqual([false, true]);
    });
  });

  describe('errors', () => {
    it('names file and line in messages and tracebacks', () => {
      const { vm } = startSession(engine);
      const L = vm.main;
      vm.pushFunction(L, (thread) => {
        vm.pushText(thread, vm.traceback(thread, vm.toText(thread, 1), 1));
        return 1;
      });
      load(
        vm,
        'local function inner()\n  error("oops")\nend\nfunction outer()\n  inner()\nend\nouter()',
      );
      expect(vm.pcall(L, 0, 0, 1)).toBe(LuaStatus.runtimeError);
      expect(vm.toText(L, -1)).toBe(
        [
          'policy.lua:2: oops',
          'stack traceback:',
          "\t[C]: in function 'error'",
          "\tpolicy.lua:2: in upvalue 'inner'",
          "\tpolicy.lua:5: in function 'outer'",
          '\tpolicy.lua:7: in main chunk',
        ].join('\n'),
      );
    });

    it('tells a syntax error from a runtime error', () => {
      const vm = startVm(engine);
      expect(vm.load(vm.main, Buffer.from('x = = 1'), '@policy.lua')).toBe(LuaStatus.syntaxError);
      expect(vm.toText(vm.main, -1)).toBe("policy.lua:1: unexpected symbol near '='");
    });

    it('compiles no bytecode', () => {
      const vm = startVm(engine);
      expect(vm.load(vm.main, Buffer.from('\x1bLua'), '@x')).toBe(LuaStatus.syntaxError);
    });

    it('reports an error in the message handler', () => {
      const { vm } = startSession(engine);
      vm.pushFunction(vm.main, (L) => {
        vm.pushText(L, 'handler fails too');
        return vm.error(L);
      });
      load(vm, 'error("x")');
      expect(vm.pcall(vm.main, 0, 0, 1)).toBe(LuaStatus.handlerError);
    });
  });

  describe('a seed', () => {
    const chaos = `local r = {}
      for i = 1, 20 do r[#r + 1] = math.random(1000) end
      local t = {} for i = 1, 50 do t['key' .. i] = i end
      for k in pairs(t) do r[#r + 1] = k end
      return table.concat(r, ' ')`;

    it('makes a run repeat, the order of pairs included', () => {
      const runs = [1, 2, 3].map(() => startSession(engine, { seed: 99 }).run(chaos));
      expect(new Set(runs).size).toBe(1);
    });

    it('makes a difference', () => {
      const one = startSession(engine, { seed: 1 }).run(chaos);
      expect(startSession(engine, { seed: 2 }).run(chaos)).not.toBe(one);
    });
  });
});
