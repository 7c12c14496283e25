/**
 * Lua 5.4, the engine that kumod embeds (KumoMTA crates/config/Cargo.toml 12), as the WebAssembly
 * module of wasmoon 1.16.0 behind the `LuaVm` interface. Each vm is an instance with memory of its
 * own; the compiled module is shared by all of them and can be posted to worker threads.
 *
 * The vm is built in layers, a class and a file each, so that its methods are called directly; each
 * implements the part of `LuaVm` that is named like it and uses those before it: machine, stack,
 * values, tables, userdata, calls, inspection, hooks.
 */
import type { LuaState, LuaVm, LuaVmOptions } from '../lua-vm.ts';
import { WebAssembly } from '../platform.ts';
import type { WasmModule } from '../platform.ts';
import { address } from './lua54-handles.ts';
import { Lua54Hooks } from './lua54-hooks.ts';
import { verifyLayout } from './lua54-layout-check.ts';
import { withSharedMemory } from './lua54-shared-memory.ts';

/** Compiles wasmoon's `dist/glue.wasm`. Once per process is enough: post the result to workers. */
export function compileLua54(bytes: Uint8Array): WasmModule {
  return new WebAssembly.Module(withSharedMemory(bytes));
}

/**
 * Starts a Lua 5.4 state in a fresh instance of the compiled module.
 * @throws Error when the module is not the wasmoon build whose memory layout is known here.
 */
export function createLua54Vm(module: WasmModule, options: LuaVmOptions): LuaVm {
  verifyLayout(module, () => new Lua54Vm(module, { seed: 0 }));
  return new Lua54Vm(module, options);
}

class Lua54Vm extends Lua54Hooks implements LuaVm {
  private closed = false;
  /** A thread of our own for calls into Lua's garbage collector, and the function that reaches it. */
  private service: { readonly thread: LuaState; readonly collector: number } | undefined;

  openLibraries(): void {
    const { lua, main } = this;
    const L = address(main);
    const libraries: readonly (readonly [string, unknown])[] = [
      ['_G', lua.luaopen_base],
      ['coroutine', lua.luaopen_coroutine],
      ['table', lua.luaopen_table],
      ['string', lua.luaopen_string],
      ['utf8', lua.luaopen_utf8],
      ['math', lua.luaopen_math],
    ];
    for (const [name, open] of libraries) {
      lua.luaL_requiref(L, this.name(name), this.addToTable(open), 1);
      lua.lua_settop(L, -2);
    }
    this.getGlobal(main, 'collectgarbage');
    const collector = this.ref(main);
    const thread = this.newThread(main);
    this.ref(main);
    this.service = { thread, collector };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.lua.lua_close(address(this.main));
    this.forgetFunctions();
    this.forgetObjects();
  }

  memoryInUse(): number | undefined {
    const kilobytes = this.callCollector('count');
    return kilobytes === undefined ? undefined : kilobytes * 1024;
  }

  collectGarbage(): void {
    this.callCollector('collect');
  }

  sibling(): LuaVm {
    return new Lua54Vm(this.module, { seed: 0 });
  }

  /** `collectgarbage(option)`: the module does not export lua_gc. Undefined when it fails. */
  private callCollector(option: string): number | undefined {
    if (this.service === undefined) return undefined;
    const { thread, collector } = this.service;
    this.pushRef(thread, collector);
    this.pushText(thread, option);
    const status = this.pcall(thread, 1, 1);
    const result = status === 0 ? this.toNumber(thread, -1) : undefined;
    this.pop(thread, 1);
    return result;
  }
}
