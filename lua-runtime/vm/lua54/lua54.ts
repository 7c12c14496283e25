/**
 * Lua 5.4, the engine that kumod embeds (KumoMTA crates/config/Cargo.toml 12), as the WebAssembly
 * module of wasmoon 1.16.0 behind the `LuaVm` interface. Each vm is an instance with memory of its
 * own; the compiled module is shared by all of them and can be posted to worker threads.
 *
 * How errors travel: a Lua error is a JavaScript throw of `luaThrow` through the frames between it
 * and its pcall. A host function's own exception is turned into a Lua error where it leaves the
 * host function, because Lua's pcall would not see it otherwise.
 */
import { HOOK_EVENTS, LUA_DEBUG, readActivation, readFunction } from './lua54-activation.ts';
import { ENGINE_CALL, TRACE, createBridge } from './lua54-bridge.ts';
import type { BridgeExports } from './lua54-bridge.ts';
import { linesWithCode } from '../function-prototype.ts';
import type { FunctionPrototype, InstructionPoint } from '../function-prototype.ts';
import type { LineTrace, TraceHandler } from '../line-trace.ts';
import { instantiateLua54, reserveAboveLimit } from './lua54-instance.ts';
import type { Lua54Exports, Lua54Instance } from './lua54-instance.ts';
import { verifyLayout } from './lua54-layout-check.ts';
import type { InterruptTarget } from './lua54-interrupt.ts';
import { pendingWriteOf, registerPointer } from './lua54-pending-write.ts';
import { prototypeSource, readPrototype } from './lua54-prototype.ts';
import {
  CALL,
  CLOSURE,
  LONG_JUMP,
  PROTOTYPE,
  REGISTRY_INDEX,
  STATE,
  TAG_VARIANT_BITS,
  VALUE,
  callDepth,
  callOf,
  prototypeOfCall,
  threadsOf,
} from './lua54-structures.ts';
import { withSharedMemory } from './lua54-shared-memory.ts';
import { Lua54Memory } from './lua54-memory.ts';
import { Lua54TableContents, integerOf } from './lua54-table-contents.ts';
import { Lua54Trace } from './lua54-trace.ts';
import { LUA_TYPE_NAMES, LuaStatus, LuaType, describeException } from '../lua-vm.ts';
import type {
  ActivationInfo,
  EngineId,
  ErrorObserver,
  ExecutionPoint,
  Hook,
  HookMask,
  HostFunction,
  LuaActivation,
  LuaState,
  LuaVm,
  LuaVmOptions,
  PendingWrite,
} from '../lua-vm.ts';
import { WebAssembly, encodeUtf8 } from '../platform.ts';
import type { TableItem } from '../table-contents.ts';
import type { WasmModule } from '../platform.ts';

const GLOBALS_KEY = 2;
const MASK = { call: 1, return: 2, line: 4, count: 8 } as const;
const COUNT_EVENT = 3;

const address = (L: LuaState): number => L as unknown as number;
const state = (pointer: number): LuaState => pointer as unknown as LuaState;
const record = (activation: LuaActivation): number => activation as unknown as number;

interface HostObject {
  readonly object: object;
  readonly typeName: string;
}

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

class Lua54Vm implements LuaVm {
  readonly engine: EngineId = 'lua54';
  readonly version = 'Lua 5.4';
  readonly registryIndex = REGISTRY_INDEX;
  readonly main: LuaState;

  private readonly module: WasmModule;
  private readonly instance: Lua54Instance;
  private readonly lua: Lua54Exports;
  private readonly bridge: BridgeExports;
  private readonly memory: Lua54Memory;
  private readonly contents: Lua54TableContents;
  private readonly tableIndex: Record<'call' | 'engine' | 'hook' | 'trace' | 'release', number>;
  private readonly functions: HostFunction[] = [];
  private readonly functionIds = new Map<HostFunction, number>();
  /** By the address of the userdata, until Lua collects it. */
  private readonly objects = new Map<number, HostObject>();
  private readonly stackActivation: number;
  /** Apart from stackActivation, which callers of getStack may still hold. */
  private readonly pointActivation: number;
  private readonly executionPointFields: number;
  private readonly name: (text: string) => number;
  private readonly traceBlock: number;
  private readonly engineBlock: number;
  private beforeEngineCall: ((L: LuaState) => void) | undefined;
  private hook: Hook | undefined;
  private traceHandler: TraceHandler | undefined;
  private pushHostError: (L: LuaState, exception: unknown) => void;
  private closed = false;
  /** A thread of our own for calls into Lua's garbage collector, and the function that reaches it. */
  private service: { readonly thread: LuaState; readonly collector: number } | undefined;

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
    this.setThreadNumber(this.main, 0);
    if (memoryLimitBytes !== undefined) reserveAboveLimit(this.instance, memoryLimitBytes);

    this.memory = new Lua54Memory(this.instance);
    this.contents = new Lua54TableContents(this.instance, this.memory);
    this.name = (text) => this.memory.permanentName(text);
    this.stackActivation = this.memory.allocate(LUA_DEBUG.sizeBytes);
    this.pointActivation = this.memory.allocate(LUA_DEBUG.sizeBytes);
    this.executionPointFields = this.name('Sl');
    this.pushHostError = (L, exception) => {
      this.pushText(L, `host: ${describeException(exception)}`);
    };
    // One more word, because allocations are aligned to 4 bytes at least.
    this.traceBlock = (this.memory.allocate(TRACE.sizeBytes + 8) + 7) & ~7;
    this.engineBlock = this.memory.allocate(ENGINE_CALL.sizeBytes);
    this.tellEngineCalls(true);
    this.bridge = createBridge({
      memory: lua.memory,
      table: lua.__indirect_function_table,
      traceBlock: this.traceBlock,
      engineBlock: this.engineBlock,
      call: (L) => this.callHostFunction(L),
      hook: (L, activation) => {
        this.callHook(L, activation);
      },
      release: (L) => {
        this.objects.delete(lua.lua_touserdata(L, 1));
        return 0;
      },
      panic: (L) => {
        throw new Error(
          `A Lua error outside of a protected call: ${this.toDisplayText(state(L), -1)}`,
        );
      },
      traced: (L, activation) => {
        this.callTraceHandler(L, activation);
      },
      entersEngine: (L) => this.beforeEngineCall?.(state(L)),
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
    this.functions.length = 0;
    this.functionIds.clear();
    this.objects.clear();
  }

  memoryInUse(): number | undefined {
    const kilobytes = this.callCollector('count');
    return kilobytes === undefined ? undefined : kilobytes * 1024;
  }

  collectGarbage(): void {
    this.callCollector('collect');
  }

  getTop(L: LuaState): number {
    return this.lua.lua_gettop(address(L));
  }

  setTop(L: LuaState, index: number): void {
    this.lua.lua_settop(address(L), index);
  }

  pop(L: LuaState, count: number): void {
    this.lua.lua_settop(address(L), -count - 1);
  }

  pushValue(L: LuaState, index: number): void {
    this.lua.lua_pushvalue(address(L), index);
  }

  remove(L: LuaState, index: number): void {
    this.lua.lua_rotate(address(L), index, -1);
    this.lua.lua_settop(address(L), -2);
  }

  insert(L: LuaState, index: number): void {
    this.lua.lua_rotate(address(L), index, 1);
  }

  absIndex(L: LuaState, index: number): number {
    return this.lua.lua_absindex(address(L), index);
  }

  checkStack(L: LuaState, extra: number): boolean {
    return this.lua.lua_checkstack(address(L), extra) !== 0;
  }

  xmove(from: LuaState, to: LuaState, count: number): void {
    this.lua.lua_xmove(address(from), address(to), count);
  }

  pushNil(L: LuaState): void {
    this.lua.lua_pushnil(address(L));
  }

  pushBoolean(L: LuaState, value: boolean): void {
    this.lua.lua_pushboolean(address(L), value ? 1 : 0);
  }

  pushInteger(L: LuaState, value: number | bigint): void {
    if (typeof value === 'number' && (value | 0) === value) {
      this.bridge.pushInt32(address(L), value);
    } else {
      this.lua.lua_pushinteger(address(L), BigInt(value));
    }
  }

  pushNumber(L: LuaState, value: number): void {
    this.lua.lua_pushnumber(address(L), value);
  }

  pushBytes(L: LuaState, value: Uint8Array): void {
    this.memory.withBytes(value, (pointer, size) =>
      this.lua.lua_pushlstring(address(L), pointer, size),
    );
  }

  pushText(L: LuaState, value: string): void {
    this.memory.withText(value, (pointer, size) =>
      this.lua.lua_pushlstring(address(L), pointer, size),
    );
  }

  /**
   * Host functions are kept until the vm closes, once each however often they are pushed: push the
   * same function object again rather than a new one made for each call.
   */
  pushFunction(L: LuaState, fn: HostFunction, upvalues = 0): void {
    let id = this.functionIds.get(fn);
    if (id === undefined) {
      id = this.functions.push(fn) - 1;
      this.functionIds.set(fn, id);
    }
    const { lua } = this;
    lua.lua_pushlightuserdata(address(L), id);
    if (upvalues > 0) lua.lua_rotate(address(L), -upvalues - 1, 1);
    lua.lua_pushcclosure(address(L), this.tableIndex.call, upvalues + 1);
  }

  upvalueIndex(n: number): number {
    // The first upvalue of every host function is its number.
    return REGISTRY_INDEX - (n + 1);
  }

  observeFunction(L: LuaState, before: (L: LuaState) => void): void {
    const { lua } = this;
    const original = lua.lua_tocfunction(address(L), -1);
    if (original === 0) return;
    if (lua.lua_getupvalue(address(L), -1, 1) !== 0) {
      this.pop(L, 1);
      return;
    }
    this.beforeEngineCall = before;
    this.pop(L, 1);
    lua.lua_pushlightuserdata(address(L), original);
    lua.lua_pushcclosure(address(L), this.tableIndex.engine, 1);
  }

  tellEngineCalls(told: boolean): void {
    this.instance.i32[(this.engineBlock + ENGINE_CALL.told) >> 2] = told ? 1 : 0;
  }

  pushGlobalTable(L: LuaState): void {
    this.bridge.rawGetInt32(address(L), REGISTRY_INDEX, GLOBALS_KEY);
  }

  pushThread(L: LuaState): void {
    this.lua.lua_pushthread(address(L));
  }

  newTable(L: LuaState, arraySize = 0, recordSize = 0): void {
    this.lua.lua_createtable(address(L), arraySize, recordSize);
  }

  newThread(L: LuaState): LuaState {
    return state(this.lua.lua_newthread(address(L)));
  }

  newUserdata(L: LuaState, object: object, typeName: string): void {
    const pointer = this.lua.lua_newuserdatauv(address(L), 1, 0);
    this.objects.set(pointer, { object, typeName });
    this.lua.luaL_setmetatable(address(L), this.name(typeName));
  }

  type(L: LuaState, index: number): LuaType {
    return this.lua.lua_type(address(L), index) as LuaType;
  }

  typeName(type: LuaType): string {
    return LUA_TYPE_NAMES[type + 1] as string;
  }

  isInteger(L: LuaState, index: number): boolean {
    return this.lua.lua_isinteger(address(L), index) !== 0;
  }

  toBoolean(L: LuaState, index: number): boolean {
    return this.lua.lua_toboolean(address(L), index) !== 0;
  }

  toNumber(L: LuaState, index: number): number | undefined {
    const { out } = this.memory;
    const value = this.lua.lua_tonumberx(address(L), index, out);
    return this.instance.i32[out >> 2] === 0 ? undefined : value;
  }

  toInteger(L: LuaState, index: number): number | bigint | undefined {
    const { out } = this.memory;
    if (this.bridge.toInteger(address(L), index, out) === 0) return undefined;
    const { i32 } = this.instance;
    const low = i32[out >> 2] as number;
    return integerOf(low, i32[(out >> 2) + 1] as number);
  }

  toBytes(L: LuaState, index: number): Uint8Array | undefined {
    const { out } = this.memory;
    const pointer = this.lua.lua_tolstring(address(L), index, out);
    if (pointer === 0) return undefined;
    return this.memory.readBytes(pointer, this.instance.i32[out >> 2] as number);
  }

  toText(L: LuaState, index: number): string | undefined {
    const { out } = this.memory;
    const pointer = this.lua.lua_tolstring(address(L), index, out);
    if (pointer === 0) return undefined;
    return this.memory.readText(pointer, this.instance.i32[out >> 2] as number);
  }

  toDisplayText(L: LuaState, index: number): string {
    const { out } = this.memory;
    const pointer = this.lua.luaL_tolstring(address(L), index, out);
    const text = this.memory.readText(pointer, this.instance.i32[out >> 2] as number);
    this.pop(L, 1);
    return text;
  }

  toObject(L: LuaState, index: number): object | undefined {
    return this.hostObject(L, index)?.object;
  }

  objectTypeName(L: LuaState, index: number): string | undefined {
    return this.hostObject(L, index)?.typeName;
  }

  toThread(L: LuaState, index: number): LuaState | undefined {
    const pointer = this.lua.lua_tothread(address(L), index);
    return pointer === 0 ? undefined : state(pointer);
  }

  toPointer(L: LuaState, index: number): number {
    return this.lua.lua_topointer(address(L), index);
  }

  valueIdentity(L: LuaState): string {
    const { i32, u8 } = this.instance;
    const slot = (i32[(address(L) + STATE.top) >> 2] as number) - VALUE.sizeBytes;
    const tag = (u8[slot + VALUE.tag] as number) & TAG_VARIANT_BITS;
    switch (this.type(L, -1)) {
      case LuaType.nil:
      case LuaType.boolean:
        return String(tag);
      case LuaType.number:
        return `${tag} ${i32[slot >> 2]} ${i32[(slot + 4) >> 2]}`;
      default:
        return `${tag} ${i32[slot >> 2]}`;
    }
  }

  rawLength(L: LuaState, index: number): number {
    return Number(this.lua.lua_rawlen(address(L), index));
  }

  rawEqual(L: LuaState, a: number, b: number): boolean {
    return this.lua.lua_rawequal(address(L), a, b) !== 0;
  }

  getField(L: LuaState, index: number, name: string): LuaType {
    const pointer = this.memory.internName(name);
    if (pointer !== undefined) {
      return this.lua.lua_getfield(address(L), index, pointer) as LuaType;
    }
    const table = this.absIndex(L, index);
    this.pushText(L, name);
    return this.getTable(L, table);
  }

  setField(L: LuaState, index: number, name: string): void {
    const pointer = this.memory.internName(name);
    if (pointer !== undefined) {
      this.lua.lua_setfield(address(L), index, pointer);
      return;
    }
    const table = this.absIndex(L, index);
    this.pushText(L, name);
    this.insert(L, -2);
    this.setTable(L, table);
  }

  getTable(L: LuaState, index: number): LuaType {
    return this.lua.lua_gettable(address(L), index) as LuaType;
  }

  setTable(L: LuaState, index: number): void {
    this.lua.lua_settable(address(L), index);
  }

  rawGet(L: LuaState, index: number): LuaType {
    return this.lua.lua_rawget(address(L), index) as LuaType;
  }

  rawSet(L: LuaState, index: number): void {
    this.lua.lua_rawset(address(L), index);
  }

  rawGetIndex(L: LuaState, index: number, n: number): LuaType {
    return this.bridge.rawGetInt32(address(L), index, n) as LuaType;
  }

  rawSetIndex(L: LuaState, index: number, n: number): void {
    this.bridge.rawSetInt32(address(L), index, n);
  }

  getGlobal(L: LuaState, name: string): LuaType {
    this.pushGlobalTable(L);
    const type = this.getField(L, -1, name);
    this.remove(L, -2);
    return type;
  }

  setGlobal(L: LuaState, name: string): void {
    this.pushGlobalTable(L);
    this.insert(L, -2);
    this.setField(L, -2, name);
    this.pop(L, 1);
  }

  next(L: LuaState, index: number): boolean {
    return this.lua.lua_next(address(L), index) !== 0;
  }

  tableContents(L: LuaState, index: number, maxDepth: number): readonly TableItem[] | undefined {
    if (this.type(L, index) !== LuaType.table) return undefined;
    return this.contents.read(this.lua.lua_topointer(address(L), index), maxDepth);
  }

  getMetatable(L: LuaState, index: number): boolean {
    return this.lua.lua_getmetatable(address(L), index) !== 0;
  }

  setMetatable(L: LuaState, index: number): void {
    this.lua.lua_setmetatable(address(L), index);
  }

  newMetatable(L: LuaState, typeName: string): boolean {
    if (this.lua.luaL_newmetatable(address(L), this.name(typeName)) === 0) return false;
    this.lua.lua_pushcclosure(address(L), this.tableIndex.release, 0);
    this.setField(L, -2, '__gc');
    // As mlua: scripts see `false` instead of the metatable, and so cannot call __gc themselves.
    this.pushBoolean(L, false);
    this.setField(L, -2, '__metatable');
    return true;
  }

  ref(L: LuaState): number {
    return this.lua.luaL_ref(address(L), REGISTRY_INDEX);
  }

  pushRef(L: LuaState, ref: number): void {
    this.bridge.rawGetInt32(address(L), REGISTRY_INDEX, ref);
  }

  unref(L: LuaState, ref: number): void {
    this.lua.luaL_unref(address(L), REGISTRY_INDEX, ref);
  }

  load(L: LuaState, source: Uint8Array, chunkName: string): LuaStatus {
    const { lua, memory } = this;
    const mode = this.name('t');
    return memory.withOwnedBytes(encodeUtf8(chunkName), (name) =>
      memory.withOwnedBytes(source, (data, size) =>
        lua.luaL_loadbufferx(address(L), data, size, name, mode),
      ),
    ) as LuaStatus;
  }

  pcall(L: LuaState, args: number, results: number, handler = 0): LuaStatus {
    return this.lua.lua_pcallk(address(L), args, results, handler, 0, 0) as LuaStatus;
  }

  call(L: LuaState, args: number, results: number): void {
    this.lua.lua_callk(address(L), args, results, 0, 0);
  }

  error(L: LuaState): never {
    this.lua.lua_error(address(L));
    throw new Error('lua_error returned, which it never does');
  }

  setHostErrorPusher(pusher: (L: LuaState, exception: unknown) => void): void {
    this.pushHostError = pusher;
  }

  traceback(L: LuaState, message: string | undefined, level: number): string {
    const pointer = address(L);
    const make = (text: number): void => {
      this.lua.luaL_traceback(pointer, pointer, text, level);
    };
    if (message === undefined) make(0);
    else this.memory.withOwnedBytes(encodeUtf8(message), make);
    const text = this.toText(L, -1) as string;
    this.pop(L, 1);
    return text;
  }

  getStack(L: LuaState, level: number): LuaActivation | undefined {
    const found = this.lua.lua_getstack(address(L), level, this.stackActivation);
    return found === 0 ? undefined : (this.stackActivation as unknown as LuaActivation);
  }

  getInfo(L: LuaState, activation: LuaActivation): ActivationInfo {
    this.lua.lua_getinfo(address(L), this.name('Slnut'), record(activation));
    return readActivation(this.instance, this.memory, record(activation));
  }

  executionPoint(L: LuaState, level: number): ExecutionPoint | undefined {
    const pointer = this.pointActivation;
    if (this.lua.lua_getstack(address(L), level, pointer) === 0) return undefined;
    this.lua.lua_getinfo(address(L), this.executionPointFields, pointer);
    const { i32 } = this.instance;
    const line = i32[(pointer + LUA_DEBUG.currentLine) >> 2] as number;
    if (line < 1) return undefined;
    const source = this.memory.readCachedText(
      i32[(pointer + LUA_DEBUG.source) >> 2] as number,
      i32[(pointer + LUA_DEBUG.sourceLength) >> 2] as number,
    );
    return { source, line };
  }

  activationSource(_L: LuaState, activation: LuaActivation): string {
    const { instance } = this;
    const prototype = prototypeOfCall(instance, callOf(instance, record(activation)));
    return prototype === 0 ? '=[C]' : prototypeSource(instance, this.memory, prototype);
  }

  stackDepth(L: LuaState): number {
    return callDepth(this.instance, address(L));
  }

  threadStatus(L: LuaState): LuaStatus {
    return this.lua.lua_status(address(L)) as LuaStatus;
  }

  threadNumber(L: LuaState): number {
    return this.instance.i32[(address(L) + STATE.extraSpace) >> 2] as number;
  }

  setThreadNumber(L: LuaState, number: number): void {
    this.instance.i32[(address(L) + STATE.extraSpace) >> 2] = number;
  }

  numberedThreads(): LuaState[] {
    return threadsOf(this.instance, address(this.main))
      .map(state)
      .filter((L) => this.threadNumber(L) !== 0);
  }

  sibling(): LuaVm {
    return new Lua54Vm(this.module, { seed: 0 });
  }

  functionPrototype(L: LuaState): FunctionPrototype | undefined {
    const isHost = this.lua.lua_iscfunction(address(L), -1) !== 0;
    const closure = this.lua.lua_topointer(address(L), -1);
    const found = isHost
      ? undefined
      : readPrototype(
          this.instance,
          this.memory,
          this.instance.i32[(closure + CLOSURE.prototype) >> 2] as number,
        );
    this.pop(L, 1);
    return found;
  }

  functionLines(L: LuaState): number[] {
    const prototype = this.functionPrototype(L);
    return prototype === undefined ? [] : linesWithCode(prototype);
  }

  instructionAt(_L: LuaState, activation: LuaActivation): InstructionPoint | undefined {
    const { instance } = this;
    const call = callOf(instance, record(activation));
    const prototype = prototypeOfCall(instance, call);
    if (prototype === 0) return undefined;
    const { i32 } = instance;
    const next = i32[(call + CALL.savedInstruction) >> 2] as number;
    const code = i32[(prototype + PROTOTYPE.code) >> 2] as number;
    return { prototype, instruction: ((next - code) >> 2) - 1 };
  }

  callIdentity(activation: LuaActivation): number {
    return callOf(this.instance, record(activation));
  }

  callerIdentity(activation: LuaActivation): number {
    const { instance } = this;
    return instance.i32[(callOf(instance, record(activation)) + CALL.previous) >> 2] as number;
  }

  nativeFunction(L: LuaState, index: number): unknown {
    const fn = this.lua.lua_tocfunction(address(L), index);
    const { call, engine } = this.tableIndex;
    if (fn !== call && fn !== engine) return fn === 0 ? undefined : fn;
    if (this.lua.lua_getupvalue(address(L), index, 1) === 0) return undefined;
    const number = this.lua.lua_touserdata(address(L), -1);
    this.pop(L, 1);
    return fn === engine ? number : this.functions[number];
  }

  upvalueIdentity(L: LuaState, functionIndex: number, n: number): number {
    return this.lua.lua_upvalueid(address(L), functionIndex, n);
  }

  setErrorObserver(observer: ErrorObserver | undefined): void {
    const { instance } = this;
    if (observer === undefined) {
      instance.onThrow = undefined;
      return;
    }
    instance.onThrow = (L) => {
      if (instance.u8[L + STATE.status] === LuaStatus.yield) return;
      const jump = instance.i32[(L + STATE.errorJump) >> 2] as number;
      const status = instance.i32[(jump + LONG_JUMP.status) >> 2] as LuaStatus;
      if (status !== LuaStatus.syntaxError) observer(state(L), status);
    };
  }

  pendingWrite(_L: LuaState, activation: LuaActivation): PendingWrite | undefined {
    return pendingWriteOf(this.instance, callOf(this.instance, record(activation)));
  }

  registerPointer(_L: LuaState, activation: LuaActivation, register: number): number {
    return registerPointer(this.instance, callOf(this.instance, record(activation)), register);
  }

  pushActivationFunction(L: LuaState, activation: LuaActivation): void {
    this.lua.lua_getinfo(address(L), this.name('f'), record(activation));
  }

  functionInfo(L: LuaState): ReturnType<typeof readFunction> {
    this.lua.lua_getinfo(address(L), this.name('>S'), this.stackActivation);
    return readFunction(this.instance, this.memory, this.stackActivation);
  }

  getLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return this.variableName(this.lua.lua_getlocal(address(L), record(activation), n));
  }

  setLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return this.variableName(this.lua.lua_setlocal(address(L), record(activation), n));
  }

  getUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return this.variableName(this.lua.lua_getupvalue(address(L), functionIndex, n));
  }

  setUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return this.variableName(this.lua.lua_setupvalue(address(L), functionIndex, n));
  }

  setHook(L: LuaState, hook: Hook | undefined, mask: HookMask): void {
    this.hook = hook;
    const count = mask.count ?? 0;
    const bits =
      (mask.call === true ? MASK.call : 0) |
      (mask.return === true ? MASK.return : 0) |
      (mask.line === true ? MASK.line : 0) |
      (count > 0 ? MASK.count : 0);
    if (hook === undefined || bits === 0) this.lua.lua_sethook(address(L), 0, 0, 0);
    else this.lua.lua_sethook(address(L), this.tableIndex.hook, bits, count);
  }

  trace(handler: TraceHandler): LineTrace {
    this.traceHandler = handler;
    const trace = new Lua54Trace(this.instance, this.traceBlock, this.tableIndex.trace, () => {
      this.traceHandler = undefined;
      this.lua.lua_sethook(address(this.main), 0, 0, 0);
    });
    trace.setMask(this.main, {});
    return trace;
  }

  interruptTarget(): InterruptTarget {
    return {
      memory: this.lua.memory,
      main: address(this.main),
      hook: this.tableIndex.hook,
      caller: this.engineBlock + ENGINE_CALL.thread,
    };
  }

  private callHostFunction(L: number): number {
    const fn = this.functions[this.lua.lua_touserdata(L, REGISTRY_INDEX - 1)] as HostFunction;
    try {
      return fn(state(L));
    } catch (exception) {
      if (exception === this.instance.luaThrow) throw exception;
      this.lua.lua_settop(L, 0);
      return this.raiseHostException(L, exception);
    }
  }

  private callHook(L: number, activation: number): void {
    if (this.hook === undefined) {
      // A coroutine that inherited a hook which has been removed since.
      this.lua.lua_sethook(L, 0, 0, 0);
      return;
    }
    const event = this.instance.i32[activation >> 2] as number;
    if (event === COUNT_EVENT) this.lua.lua_getinfo(L, this.name('l'), activation);
    this.runHook(this.hook, L, activation);
  }

  private callTraceHandler(L: number, activation: number): void {
    if (this.traceHandler === undefined) {
      this.lua.lua_sethook(L, 0, 0, 0);
      return;
    }
    this.runHook(this.traceHandler, L, activation);
    this.instance.i32[(this.traceBlock + TRACE.thread) >> 2] = L;
  }

  private runHook(hook: Hook, L: number, activation: number): void {
    const { i32 } = this.instance;
    const event = i32[activation >> 2] as number;
    try {
      hook(
        state(L),
        HOOK_EVENTS[event] as (typeof HOOK_EVENTS)[number],
        i32[(activation + LUA_DEBUG.currentLine) >> 2] as number,
        activation as unknown as LuaActivation,
      );
    } catch (exception) {
      if (exception === this.instance.luaThrow) throw exception;
      this.raiseHostException(L, exception);
    }
  }

  private raiseHostException(L: number, exception: unknown): never {
    const top = this.lua.lua_gettop(L);
    try {
      this.pushHostError(state(L), exception);
    } catch (failure) {
      if (failure === this.instance.luaThrow) throw failure;
      this.lua.lua_settop(L, top);
      this.pushText(state(L), `host: ${describeException(exception)}`);
    }
    return this.error(state(L));
  }

  private hostObject(L: LuaState, index: number): HostObject | undefined {
    const pointer = this.lua.lua_touserdata(address(L), index);
    // A light userdata could hold the same number, but only the host makes those.
    return pointer === 0 ? undefined : this.objects.get(pointer);
  }

  private variableName(pointer: number): string | undefined {
    return pointer === 0 ? undefined : this.memory.readCText(pointer);
  }

  private addToTable(fn: unknown): number {
    const table = this.lua.__indirect_function_table;
    const index = table.grow(1);
    table.set(index, fn);
    return index;
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
