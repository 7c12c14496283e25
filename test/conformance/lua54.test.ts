import { describe, expect, it } from 'vitest';
import { LuaType } from '../../lua-runtime/vm/lua-vm.ts';
import { load, startSession, startVm } from './engine-session.ts';

describe('Lua 5.4', () => {
  it.each([2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n])(
    'keeps the 64-bit integer %d',
    (integer) => {
      const vm = startVm('lua54');
      vm.pushInteger(vm.main, integer);
      expect(vm.toInteger(vm.main, -1)).toBe(integer);
    },
  );

  it('raises a clean error at its memory limit and recovers', () => {
    const session = startSession('lua54', { memoryLimitBytes: 8 * 1024 * 1024 });
    const bomb = 'local t = {} for i = 1, 1e9 do t[i] = { i } end';
    expect(session.run(bomb)).toBe('raised: not enough memory');
    expect(session.run('return ("still"):upper()')).toBe('STILL');
    expect(session.vm.memoryInUse()).toBeLessThan(8 * 1024 * 1024);
  });

  it('collects the userdata of a host object', () => {
    const { vm } = startSession('lua54');
    const L = vm.main;
    vm.newMetatable(L, 'thing');
    vm.pop(L, 1);
    vm.newUserdata(L, {}, 'thing');
    const weak = 'local kept = ... weak = setmetatable({ kept }, { __mode = "v" })';
    load(vm, weak);
    vm.insert(L, -2);
    vm.pcall(L, 1, 0);
    vm.collectGarbage();
    vm.getGlobal(L, 'weak');
    vm.rawGetIndex(L, -1, 1);
    expect(vm.type(L, -1)).toBe(LuaType.nil);
  });

  it('keeps the order of pairs whatever the memory limit is', () => {
    const order =
      'local r = {} for k in pairs({ a = 1, b = 2, c = 3, d = 4 }) do r[#r + 1] = k end return table.concat(r)';
    const limits = [undefined, 4 * 1024 * 1024, 64 * 1024 * 1024];
    const orders = limits.map((limit) =>
      startSession('lua54', limit === undefined ? {} : { memoryLimitBytes: limit }).run(order),
    );
    expect(new Set(orders).size).toBe(1);
  });
});
