/**
 * fengari 0.1.5: Lua 5.3 written in JavaScript, the second engine. Its integers have 32 bits and
 * JavaScript's garbage collector is its own, so `collectgarbage`, finalizers and weak tables do
 * nothing; engine-differences.ts lists what a policy can notice.
 *
 * The vm is built in layers, a class and a file each, so that its methods are called directly; each
 * implements the part of `LuaVm` that is named like it and uses those before it: machine, stack,
 * values, tables, userdata, calls, inspection, hooks.
 */
import { lauxlib, lua, lualib } from 'fengari';
import type { FengariFunction } from 'fengari';
import type { LuaVm, LuaVmOptions } from '../lua-vm.ts';
import { FengariHooks } from './fengari-hooks.ts';
import { inner } from './fengari-handles.ts';
import { createRandomFunctions } from './fengari-random.ts';

/** Starts a fengari state. The memory limit is the caller's to enforce: fengari has no heap of its own. */
export function createFengariVm(options: LuaVmOptions): LuaVm {
  return new FengariVm(options);
}

class FengariVm extends FengariHooks implements LuaVm {
  private readonly seed: number;

  constructor(options: LuaVmOptions) {
    super();
    this.seed = options.seed >>> 0;
  }

  openLibraries(): void {
    const { main } = this;
    const libraries: readonly (readonly [string, FengariFunction])[] = [
      ['_G', lualib.luaopen_base],
      ['coroutine', lualib.luaopen_coroutine],
      ['table', lualib.luaopen_table],
      ['string', lualib.luaopen_string],
      ['utf8', lualib.luaopen_utf8],
      ['math', lualib.luaopen_math],
    ];
    for (const [name, open] of libraries) {
      lauxlib.luaL_requiref(inner(main), this.name(name), open, 1);
      this.pop(main, 1);
    }
    // fengari's own random functions draw from Math.random, or share one seed between all states.
    this.getGlobal(main, 'math');
    const { random, randomseed } = createRandomFunctions(this, this.seed);
    this.pushFunction(main, random);
    this.setField(main, -2, 'random');
    this.pushFunction(main, randomseed);
    this.setField(main, -2, 'randomseed');
    this.pop(main, 1);
  }

  close(): void {
    lua.lua_close(inner(this.main));
  }

  memoryInUse(): undefined {
    return undefined;
  }

  collectGarbage(): void {
    // JavaScript's collector decides.
  }

  sibling(): LuaVm {
    return new FengariVm({ seed: 0 });
  }
}
