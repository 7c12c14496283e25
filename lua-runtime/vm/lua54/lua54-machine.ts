/**
 * A Lua 5.4 state in an instance of its own: the WebAssembly module, its memory, the bridge, and the
 * ways on which Lua calls back. The layers above (see lua54.ts) say what is done on each of them.
 */
import type { LuaState, LuaVmOptions } from '../lua-vm.ts';
import type { WasmModule } from '../platform.ts';
import { ENGINE_CALL, TRACE, createBridge } from './lua54-bridge.ts';
import type { BridgeExports } from './lua54-bridge.ts';
import { state } from './lua54-handles.ts';
import { instantiateLua54, reserveAboveLimit } from './lua54-instance.ts';
import type { Lua54Exports, Lua54Instance } from './lua54-instance.ts';
import { Lua54Memory } from './lua54-memory.ts';
import { REGISTRY_INDEX, STATE } from './lua54-structures.ts';

export abstract class Lua54Machine {
  readonly engine = 'lua54';
  readonly version = 'Lua 5.4';
  readonly registryIndex = REGISTRY_INDEX;
  readonly main: LuaState;

  protected readonly module: WasmModule;
  protected readonly instance: Lua54Instance;
  protected readonly lua: Lua54Exports;
  protected readonly bridge: BridgeExports;
  protected readonly memory: Lua54Memory;
  /** The numbers of the bridge's functions in Lua's function table. */
  protected readonly tableIndex: Record<'call' | 'engine' | 'hook' | 'trace' | 'release', number>;
  protected readonly traceBlock: number;
  protected readonly engineBlock: number;

  constructor(module: WasmModule, options: LuaVmOptions) {
    const { memoryLimitBytes, seed, onAllocationRefused } = options;
    this.module = module;
    this.instance = instantiateLua54(module, {
      memoryLimitBytes,
      timeSeconds: seed >>> 0,
      onAllocationRefused,
    });
    const { lua } = this.instance;
    this.lua = lua;
    const main = lua.luaL_newstate();
    if (main === 0) throw new Error('The Lua engine could not start: not enough memory.');
    this.main = state(main);
    // Threads begin with a copy of it.
    this.instance.i32[(main + STATE.extraSpace) >> 2] = 0;
    if (memoryLimitBytes !== undefined) reserveAboveLimit(this.instance, memoryLimitBytes);

    this.memory = new Lua54Memory(this.instance);
    // One more word, because allocations are aligned to 4 bytes at least.
    this.traceBlock = (this.memory.allocate(TRACE.sizeBytes + 8) + 7) & ~7;
    this.engineBlock = this.memory.allocate(ENGINE_CALL.sizeBytes);
    this.bridge = createBridge({
      memory: lua.memory,
      table: lua.__indirect_function_table,
      traceBlock: this.traceBlock,
      engineBlock: this.engineBlock,
      call: (L) => this.callHostFunction(L),
      hook: (L, activation) => {
        this.callHook(L, activation);
      },
      release: (L) => this.releaseObject(L),
      panic: (L) => this.panic(L),
      traced: (L, activation) => {
        this.callTraceHandler(L, activation);
      },
      entersEngine: (L) => {
        this.enterEngine(L);
      },
      lua_touserdata: lua.lua_touserdata,
      lua_pushinteger: lua.lua_pushinteger,
      lua_tointegerx: lua.lua_tointegerx,
      lua_rawgeti: lua.lua_rawgeti,
      lua_rawseti: lua.lua_rawseti,
    });
    this.tableIndex = {
      call: this.addToTable(this.bridge.call),
      engine: this.addToTable(this.bridge.engine),
      hook: this.addToTable(this.bridge.hook),
      trace: this.addToTable(this.bridge.trace),
      release: this.addToTable(this.bridge.release),
    };
    lua.lua_atpanic(main, this.addToTable(this.bridge.panic));
  }

  /** The function of the host that is running in `L`; returns how many results there are. */
  protected abstract callHostFunction(L: number): number;
  /** `L` is about to run an observed function of the engine. */
  protected abstract enterEngine(L: number): void;
  /** An error in `L` that no pcall is there for. */
  protected abstract panic(L: number): never;
  /** Lua collects the userdata that is the first argument. */
  protected abstract releaseObject(L: number): number;
  protected abstract callHook(L: number, activation: number): void;
  protected abstract callTraceHandler(L: number, activation: number): void;

  /** The address of a name that is kept for the life of the instance. */
  protected name(text: string): number {
    return this.memory.permanentName(text);
  }

  protected addToTable(fn: unknown): number {
    const table = this.lua.__indirect_function_table;
    const index = table.grow(1);
    table.set(index, fn);
    return index;
  }
}
