import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../lua-runtime/vm/create-vm.ts';
import { LuaStatus } from '../../lua-runtime/vm/lua-vm.ts';
import { TABLE_BEGINS, TABLE_ENDS } from '../../lua-runtime/vm/table-contents.ts';
import type { TableItem } from '../../lua-runtime/vm/table-contents.ts';
import { load, runWithHost, startSession } from './engine-session.ts';

describe.each(ENGINES)('%s', (engine) => {
  it('reports each line to a hook, in coroutines too', () => {
    const { vm } = startSession(engine);
    const lines: number[] = [];
    load(vm, 'local a = 1\nlocal co = coroutine.wrap(function()\n  a = 2\nend)\nco()\nreturn a');
    vm.setHook(vm.main, (_L, event, line) => event === 'line' && lines.push(line), {
      line: true,
    });
    vm.pcall(vm.main, 0, 0);
    expect(new Set(lines)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    vm.setHook(vm.main, undefined, {});
    const seen = lines.length;
    load(vm, 'return 1');
    vm.pcall(vm.main, 0, 0);
    expect(lines).toHaveLength(seen);
  });

  it('counts instructions for a hook that can stop a loop', () => {
    const { vm } = startSession(engine);
    load(vm, 'while true do end');
    vm.setHook(
      vm.main,
      (L, event, line) => {
        vm.pushText(L, `stopped by ${event} at ${line}`);
        vm.error(L);
      },
      { count: 1000 },
    );
    expect(vm.pcall(vm.main, 0, 0)).toBe(LuaStatus.runtimeError);
    expect(vm.toText(vm.main, -1)).toBe('stopped by count at 1');
  });

  it('turns an exception of a hook into a Lua error', () => {
    const { vm } = startSession(engine);
    load(vm, 'local x = 1');
    vm.setHook(
      vm.main,
      () => {
        throw new Error('hook broke');
      },
      { line: true },
    );
    expect(vm.pcall(vm.main, 0, 0)).toBe(LuaStatus.runtimeError);
    expect(vm.toText(vm.main, -1)).toBe('host: hook broke');
  });

  it('describes the functions on the stack', () => {
    const { vm } = startSession(engine);
    const infos: object[] = [];
    const look = (L: typeof vm.main): number => {
      for (let level = 0; level < 3; level++) {
        const activation = vm.getStack(L, level);
        if (activation) infos.push(vm.getInfo(L, activation));
      }
      expect(vm.executionPoint(L, 0)).toBeUndefined();
      expect(vm.executionPoint(L, 1)).toEqual({ source: '@policy.lua', line: 2 });
      return 0;
    };
    runWithHost(vm, look, 'local function asked(a, ...)\n  host()\nend\nasked(1, 2)\n');
    expect(infos).toMatchObject([
      { what: 'C', source: '=[C]', shortSource: '[C]', currentLine: -1, name: 'host' },
      {
        what: 'Lua',
        source: '@policy.lua',
        shortSource: 'policy.lua',
        currentLine: 2,
        lineDefined: 1,
        lastLineDefined: 3,
        name: 'asked',
        nameWhat: 'local',
        parameterCount: 1,
        isVararg: true,
        isTailCall: false,
      },
      { what: 'main', currentLine: 4, lineDefined: 0 },
    ]);
  });

  it('reads and writes locals and upvalues', () => {
    const { vm } = startSession(engine);
    const names: (string | undefined)[] = [];
    const look = (L: typeof vm.main): number => {
      const activation = vm.getStack(L, 1);
      if (activation === undefined) throw new Error('nobody called');
      for (let n = 1; n <= 2; n++) {
        names.push(vm.getLocal(L, activation, n));
        vm.pop(L, 1);
      }
      vm.pushInteger(L, 42);
      vm.setLocal(L, activation, 2);
      vm.pushActivationFunction(L, activation);
      names.push(vm.getUpvalue(L, -1, 1));
      vm.pop(L, 1);
      vm.pushText(L, 'written');
      vm.setUpvalue(L, -2, 1);
      vm.pop(L, 1);
      return 0;
    };
    runWithHost(
      vm,
      look,
      `local up = 'up'
      local function f(a)
        local b = up
        host()
        return a, b, up
      end
      return f(1)`,
    );
    expect(names).toEqual(['a', 'b', 'up']);
    expect(vm.toInteger(vm.main, 2)).toBe(42);
    expect(vm.toText(vm.main, 3)).toBe('written');
  });

  describe('the contents of a table', () => {
    const contentsOf = (expression: string, depth = 4): readonly TableItem[] | undefined => {
      const { vm, run } = startSession(engine);
      let contents: readonly TableItem[] | undefined = [];
      vm.pushFunction(vm.main, (L) => {
        contents = vm.tableContents(L, 1, depth)?.slice();
        return 0;
      });
      vm.setGlobal(vm.main, 'look');
      run(`look(${expression})`);
      return contents;
    };

    it('are its keys and values, those of tables in it in between', () => {
      const name = 'long '.repeat(20);
      expect(contentsOf(`{ ['${name}'] = '${name}' }`)).toEqual([name, name]);
      const outer = contentsOf('{ outer = { yes = true } }');
      expect(outer).toEqual(['outer', TABLE_BEGINS, 'yes', true, TABLE_ENDS]);
      expect(contentsOf('{ n = -7 }')).toEqual(['n', -7]);
      expect(contentsOf('{ no = false }')).toEqual(['no', false]);
      expect(contentsOf('{}')).toEqual([]);
      expect(
        contentsOf("(function() local t = { a = 1 } t.a = nil t.b = '\\u{e9}' return t end)()"),
      ).toEqual(['b', 'é']);
    });

    it('are not told when something else is in it, at whatever place', () => {
      for (const expression of [
        '{ 1 }',
        "{ [1] = 'a', a = 1 }",
        '{ a = 0.5 }',
        '{ a = 1.0 }',
        '{ a = print }',
        '{ [true] = 1 }',
        '(function() local t = { 1, 2, 3, 4, 5 } for i = 1, 4 do t[i] = nil end return t end)()',
        "'a'",
        'nil',
      ]) {
        expect([expression, contentsOf(expression)]).toEqual([expression, undefined]);
      }
    });

    it('are not told when it is too deep, or in itself', () => {
      expect(contentsOf('{ a = { b = {} } }', 2)).toBeUndefined();
      expect(contentsOf('(function() local t = {} t.t = t return t end)()')).toBeUndefined();
    });
  });

  it('observes a function of the engine without changing what it does', () => {
    const session = startSession(engine);
    const { vm } = session;
    const points: object[] = [];
    vm.getGlobal(vm.main, 'string');
    vm.getField(vm.main, -1, 'rep');
    vm.observeFunction(vm.main, (L) => points.push(vm.executionPoint(L, 1) ?? {}));
    vm.setField(vm.main, -2, 'rep');
    const failing =
      "\nlocal ok, why = pcall(function() return ('x'):rep({}) end) return ('ab'):rep(2), why";
    const unobserved = startSession(engine).run(failing);
    expect(session.run(failing)).toBe(unobserved);
    expect(points).toEqual([
      { source: '@probe.lua', line: 2 },
      { source: '@probe.lua', line: 2 },
    ]);
  });
});
