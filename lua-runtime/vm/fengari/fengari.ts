/**
 * fengari 0.1.5: Lua 5.3 written in JavaScript, the second engine. Its integers have 32 bits and
 * JavaScript's garbage collector is its own, so `collectgarbage`, finalizers and weak tables do
 * nothing; engine-differences.ts lists what a policy can notice.
 */
import { lauxlib, lua, lualib } from 'fengari';
import type { FengariDebug, FengariFunction, FengariPrototype, FengariState } from 'fengari';
import {
  callDepth,
  pendingWriteOf,
  prototypeOfCall,
  readPrototype,
  registerValue,
  watchErrors,
} from './fengari-inspection.ts';
import { createRandomFunctions } from './fengari-random.ts';
import { FengariTrace } from './fengari-trace.ts';
import { linesWithCode } from '../function-prototype.ts';
import type { FunctionPrototype, InstructionPoint } from '../function-prototype.ts';
import type { LineTrace, TraceHandler } from '../line-trace.ts';
import { LUA_TYPE_NAMES, LuaStatus, describeException } from '../lua-vm.ts';
import type {
  EngineId,
  HookEvent,
  HostFunction,
  LuaActivation,
  LuaState,
  LuaType,
  LuaVm,
  LuaVmOptions,
} from '../lua-vm.ts';
import type {
  ActivationInfo,
  ErrorObserver,
  ExecutionPoint,
  Hook,
  HookMask,
  PendingWrite,
} from '../lua-inspection.ts';
import { decodeUtf8, encodeUtf8 } from '../platform.ts';
import { contentsByNext } from '../table-contents.ts';
import type { TableItem } from '../table-contents.ts';

const MASK = { call: 1, return: 2, line: 4, count: 8 } as const;
const HOOK_EVENTS: readonly HookEvent[] = ['call', 'return', 'line', 'count', 'tail call'];
const LINE_EVENT = 2;
const COUNT_EVENT = 3;
/** Functions of fengari have no number of their own; these are beyond all of its objects'. */
const FIRST_FUNCTION_NUMBER = 2 ** 40;
/** Lua 5.3's LUA_ERRGCMM and LUA_ERRERR, which 5.4 numbers differently. */
const STATUS_5_3_GC_ERROR = 5;
const STATUS_5_3_HANDLER_ERROR = 6;
/** Collected threads are looked for when so many are known, or twice as many as the last time. */
const MIN_NUMBERED = 64;
const MAX_CACHED_NAMES = 4096;

const inner = (L: LuaState): FengariState => L as unknown as FengariState;
const outer = (L: FengariState): LuaState => L as unknown as LuaState;
const record = (activation: LuaActivation): FengariDebug => activation as unknown as FengariDebug;

interface HostObject {
  readonly hostObject: object;
  readonly hostTypeName: string;
}

/** Starts a fengari state. The memory limit is the caller's to enforce: fengari has no heap of its own. */
export function createFengariVm(options: LuaVmOptions): LuaVm {
  return new FengariVm(options);
}

class FengariVm implements LuaVm {
  readonly engine: EngineId = 'fengari';
  readonly version = 'Lua 5.3';
  readonly registryIndex = lua.LUA_REGISTRYINDEX;
  readonly main: LuaState;

  private readonly seed: number;
  private readonly names = new Map<string, Uint8Array>();
  private readonly identities = new WeakMap<object, number>();
  private nextIdentity = FIRST_FUNCTION_NUMBER;
  private readonly sources = new WeakMap<Uint8Array, string>();
  private hook: Hook | undefined;
  private hookBits = 0;
  private hookCount = 0;
  private tracing: FengariTrace | undefined;
  private errorObserver: ErrorObserver | undefined;
  private lastObserved: FengariState | undefined;
  /** Threads whose errors the observer is told of, whoever it is. */
  private readonly isObserved = new WeakSet<FengariState>();
  private readonly threadNumbers = new WeakMap<FengariState, number>();
  private readonly numbered = new Set<WeakRef<FengariState>>();
  private numberedAtLastLook = MIN_NUMBERED;
  private readonly runHook: (L: FengariState, ar: FengariDebug) => void;
  private pushHostError: (L: LuaState, exception: unknown) => void;

  constructor(options: LuaVmOptions) {
    const L = lauxlib.luaL_newstate();
    if (L === null) throw new Error('The fengari engine could not start.');
    this.main = outer(L);
    this.seed = options.seed >>> 0;
    this.pushHostError = (thread, exception) => {
      this.pushText(thread, `host: ${describeException(exception)}`);
    };
    // Host functions' exceptions and fengari's own (JavaScript stack or memory exhausted) end here.
    lua.lua_atnativeerror(L, (thread) => {
      const exception = lua.lua_touserdata(thread, 1);
      lua.lua_settop(thread, 0);
      const limit = engineLimitText(exception);
      if (limit === undefined) this.pushHostError(outer(thread), exception);
      else this.pushText(outer(thread), limit);
      return 1;
    });
    this.runHook = (thread, ar) => {
      const { tracing } = this;
      if (tracing !== undefined) {
        if (thread !== this.lastObserved) this.observeErrorsOf(thread);
        const activation = ar as unknown as LuaActivation;
        if (ar.event === LINE_EVENT) {
          tracing.onLine(thread, ar.currentline, activation);
          return;
        }
        // A coroutine counts as the one that made it, which has no other hook to count for.
        const isCounted = this.hookCount === 0 || tracing.countsInstructions(thread);
        if (ar.event !== COUNT_EVENT || isCounted) {
          tracing.onEvent(thread, HOOK_EVENTS[ar.event] as HookEvent, activation);
          return;
        }
      }
      if (this.hook === undefined) {
        lua.lua_sethook(thread, null, 0, 0);
        return;
      }
      if (ar.event === COUNT_EVENT) lua.lua_getinfo(thread, this.name('l'), ar);
      this.hook(
        outer(thread),
        HOOK_EVENTS[ar.event] as HookEvent,
        ar.currentline,
        ar as unknown as LuaActivation,
      );
    };
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

  getTop(L: LuaState): number {
    return lua.lua_gettop(inner(L));
  }

  setTop(L: LuaState, index: number): void {
    lua.lua_settop(inner(L), index);
  }

  pop(L: LuaState, count: number): void {
    lua.lua_settop(inner(L), -count - 1);
  }

  pushValue(L: LuaState, index: number): void {
    lua.lua_pushvalue(inner(L), index);
  }

  remove(L: LuaState, index: number): void {
    lua.lua_rotate(inner(L), index, -1);
    lua.lua_settop(inner(L), -2);
  }

  insert(L: LuaState, index: number): void {
    lua.lua_rotate(inner(L), index, 1);
  }

  absIndex(L: LuaState, index: number): number {
    return lua.lua_absindex(inner(L), index);
  }

  checkStack(L: LuaState, extra: number): boolean {
    return Boolean(lua.lua_checkstack(inner(L), extra));
  }

  xmove(from: LuaState, to: LuaState, count: number): void {
    lua.lua_xmove(inner(from), inner(to), count);
  }

  pushNil(L: LuaState): void {
    lua.lua_pushnil(inner(L));
  }

  pushBoolean(L: LuaState, value: boolean): void {
    lua.lua_pushboolean(inner(L), value);
  }

  pushInteger(L: LuaState, value: number | bigint): void {
    const number = Number(value);
    if ((number | 0) === number) lua.lua_pushinteger(inner(L), number);
    else lua.lua_pushnumber(inner(L), number);
  }

  pushNumber(L: LuaState, value: number): void {
    lua.lua_pushnumber(inner(L), value);
  }

  pushBytes(L: LuaState, value: Uint8Array): void {
    lua.lua_pushstring(inner(L), value);
  }

  pushText(L: LuaState, value: string): void {
    lua.lua_pushstring(inner(L), encodeUtf8(value));
  }

  pushFunction(L: LuaState, fn: HostFunction, upvalues = 0): void {
    lua.lua_pushcclosure(inner(L), fn as unknown as FengariFunction, upvalues);
  }

  upvalueIndex(n: number): number {
    return lua.lua_upvalueindex(n);
  }

  observeFunction(L: LuaState, before: (L: LuaState) => void): void {
    const original = lua.lua_tocfunction(inner(L), -1);
    if (typeof original !== 'function') return;
    if (lua.lua_getupvalue(inner(L), -1, 1) !== null) {
      this.pop(L, 1);
      return;
    }
    this.pop(L, 1);
    this.pushFunction(L, (thread) => {
      before(thread);
      return original(inner(thread));
    });
  }

  tellEngineCalls(): void {}

  pushGlobalTable(L: LuaState): void {
    lua.lua_pushglobaltable(inner(L));
  }

  pushThread(L: LuaState): void {
    lua.lua_pushthread(inner(L));
  }

  newTable(L: LuaState, arraySize = 0, recordSize = 0): void {
    lua.lua_createtable(inner(L), arraySize, recordSize);
  }

  newThread(L: LuaState): LuaState {
    return outer(lua.lua_newthread(inner(L)));
  }

  newUserdata(L: LuaState, object: object, typeName: string): void {
    const data = lua.lua_newuserdata(inner(L), 0);
    Object.assign(data, { hostObject: object, hostTypeName: typeName } satisfies HostObject);
    lauxlib.luaL_setmetatable(inner(L), this.name(typeName));
  }

  type(L: LuaState, index: number): LuaType {
    return lua.lua_type(inner(L), index) as LuaType;
  }

  typeName(type: LuaType): string {
    return LUA_TYPE_NAMES[type + 1] as string;
  }

  isInteger(L: LuaState, index: number): boolean {
    return lua.lua_isinteger(inner(L), index);
  }

  toBoolean(L: LuaState, index: number): boolean {
    return lua.lua_toboolean(inner(L), index);
  }

  toNumber(L: LuaState, index: number): number | undefined {
    const value = lua.lua_tonumberx(inner(L), index);
    return value === false ? undefined : value;
  }

  toInteger(L: LuaState, index: number): number | undefined {
    const value = lua.lua_tointegerx(inner(L), index);
    if (value !== false) return value;
    // What does not fit 32 bits is a float here, and an integer for the caller all the same.
    const number = this.toNumber(L, index);
    return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
  }

  toBytes(L: LuaState, index: number): Uint8Array | undefined {
    return lua.lua_tolstring(inner(L), index)?.slice();
  }

  toText(L: LuaState, index: number): string | undefined {
    const bytes = lua.lua_tolstring(inner(L), index);
    return bytes === null ? undefined : decodeUtf8(bytes);
  }

  toDisplayText(L: LuaState, index: number): string {
    const text = decodeUtf8(lauxlib.luaL_tolstring(inner(L), index));
    this.pop(L, 1);
    return text;
  }

  toObject(L: LuaState, index: number): object | undefined {
    return this.hostObject(L, index)?.hostObject;
  }

  objectTypeName(L: LuaState, index: number): string | undefined {
    return this.hostObject(L, index)?.hostTypeName;
  }

  toThread(L: LuaState, index: number): LuaState | undefined {
    const thread = lua.lua_tothread(inner(L), index);
    return thread === null ? undefined : outer(thread);
  }

  toPointer(L: LuaState, index: number): number {
    return this.numberOf(lua.lua_topointer(inner(L), index));
  }

  private numberOf(identity: unknown): number {
    if ((typeof identity !== 'object' && typeof identity !== 'function') || identity === null) {
      return 0;
    }
    // The engine numbers its objects itself, the same in each run.
    if ('id' in identity && typeof identity.id === 'number') return identity.id;
    let number = this.identities.get(identity);
    if (number === undefined) {
      number = this.nextIdentity++;
      this.identities.set(identity, number);
    }
    return number;
  }

  valueIdentity(L: LuaState): unknown {
    const { stack, top } = inner(L);
    const slot = stack[top - 1];
    if (slot === undefined) return undefined;
    // Integers and floats have different types here.
    const { type, value } = slot;
    const isPrimitive = typeof value === 'number' || typeof value === 'boolean';
    return isPrimitive || value === null || value === undefined ? `${type} ${value}` : value;
  }

  rawLength(L: LuaState, index: number): number {
    return lua.lua_rawlen(inner(L), index);
  }

  rawEqual(L: LuaState, a: number, b: number): boolean {
    return Boolean(lua.lua_rawequal(inner(L), a, b));
  }

  getField(L: LuaState, index: number, name: string): LuaType {
    return lua.lua_getfield(inner(L), index, this.name(name)) as LuaType;
  }

  setField(L: LuaState, index: number, name: string): void {
    lua.lua_setfield(inner(L), index, this.name(name));
  }

  getTable(L: LuaState, index: number): LuaType {
    return lua.lua_gettable(inner(L), index) as LuaType;
  }

  setTable(L: LuaState, index: number): void {
    lua.lua_settable(inner(L), index);
  }

  rawGet(L: LuaState, index: number): LuaType {
    return lua.lua_rawget(inner(L), index) as LuaType;
  }

  rawSet(L: LuaState, index: number): void {
    lua.lua_rawset(inner(L), index);
  }

  rawGetIndex(L: LuaState, index: number, n: number): LuaType {
    return lua.lua_rawgeti(inner(L), index, n) as LuaType;
  }

  rawSetIndex(L: LuaState, index: number, n: number): void {
    lua.lua_rawseti(inner(L), index, n);
  }

  getGlobal(L: LuaState, name: string): LuaType {
    return lua.lua_getglobal(inner(L), this.name(name)) as LuaType;
  }

  setGlobal(L: LuaState, name: string): void {
    lua.lua_setglobal(inner(L), this.name(name));
  }

  next(L: LuaState, index: number): boolean {
    return lua.lua_next(inner(L), index) !== 0;
  }

  tableContents(L: LuaState, index: number, maxDepth: number): readonly TableItem[] | undefined {
    return contentsByNext(this, L, index, maxDepth);
  }

  getMetatable(L: LuaState, index: number): boolean {
    return lua.lua_getmetatable(inner(L), index);
  }

  setMetatable(L: LuaState, index: number): void {
    lua.lua_setmetatable(inner(L), index);
  }

  newMetatable(L: LuaState, typeName: string): boolean {
    if (lauxlib.luaL_newmetatable(inner(L), this.name(typeName)) === 0) return false;
    this.pushBoolean(L, false);
    this.setField(L, -2, '__metatable');
    return true;
  }

  ref(L: LuaState): number {
    return lauxlib.luaL_ref(inner(L), this.registryIndex);
  }

  pushRef(L: LuaState, ref: number): void {
    lua.lua_rawgeti(inner(L), this.registryIndex, ref);
  }

  unref(L: LuaState, ref: number): void {
    lauxlib.luaL_unref(inner(L), this.registryIndex, ref);
  }

  load(L: LuaState, source: Uint8Array, chunkName: string): LuaStatus {
    const status = lauxlib.luaL_loadbufferx(
      inner(L),
      source,
      source.length,
      encodeUtf8(chunkName),
      this.name('t'),
    );
    return statusOf(status);
  }

  pcall(L: LuaState, args: number, results: number, handler = 0): LuaStatus {
    return statusOf(lua.lua_pcall(inner(L), args, results, handler));
  }

  call(L: LuaState, args: number, results: number): void {
    lua.lua_call(inner(L), args, results);
  }

  error(L: LuaState): never {
    return lua.lua_error(inner(L));
  }

  setHostErrorPusher(pusher: (L: LuaState, exception: unknown) => void): void {
    this.pushHostError = pusher;
  }

  traceback(L: LuaState, message: string | undefined, level: number): string {
    const bytes = message === undefined ? null : encodeUtf8(message);
    lauxlib.luaL_traceback(inner(L), inner(L), bytes, level);
    const text = this.toText(L, -1) as string;
    this.pop(L, 1);
    return text.replaceAll('\n\t[JS]: in ', '\n\t[C]: in ');
  }

  getStack(L: LuaState, level: number): LuaActivation | undefined {
    const ar = new lua.lua_Debug();
    const found = lua.lua_getstack(inner(L), level, ar);
    return found === 0 ? undefined : (ar as unknown as LuaActivation);
  }

  getInfo(L: LuaState, activation: LuaActivation): ActivationInfo {
    const ar = record(activation);
    lua.lua_getinfo(inner(L), this.name('Slnut'), ar);
    return {
      ...functionOf(ar),
      currentLine: ar.currentline,
      ...(ar.name === null ? {} : { name: decodeUtf8(ar.name) }),
      nameWhat: ar.namewhat === null ? '' : decodeUtf8(ar.namewhat),
      isTailCall: Boolean(ar.istailcall),
      upvalueCount: ar.nups || 0,
      parameterCount: ar.nparams,
      isVararg: ar.isvararg,
    };
  }

  executionPoint(L: LuaState, level: number): ExecutionPoint | undefined {
    const ar = new lua.lua_Debug();
    if (lua.lua_getstack(inner(L), level, ar) === 0) return undefined;
    lua.lua_getinfo(inner(L), this.name('l'), ar);
    if (!(ar.currentline >= 1)) return undefined;
    return { source: this.sourceOf(ar), line: ar.currentline };
  }

  activationSource(_L: LuaState, activation: LuaActivation): string {
    const ar = record(activation);
    return prototypeOfCall(ar.i_ci) === undefined ? '=[C]' : this.sourceOf(ar);
  }

  stackDepth(L: LuaState): number {
    return callDepth(inner(L));
  }

  threadStatus(L: LuaState): LuaStatus {
    return statusOf(lua.lua_status(inner(L)));
  }

  threadNumber(L: LuaState): number {
    return this.threadNumbers.get(inner(L)) ?? 0;
  }

  setThreadNumber(L: LuaState, number: number): void {
    if (!this.threadNumbers.has(inner(L))) this.numbered.add(new WeakRef(inner(L)));
    this.threadNumbers.set(inner(L), number);
    if (this.numbered.size > this.numberedAtLastLook * 2) this.numberedThreads();
  }

  numberedThreads(): LuaState[] {
    const threads: LuaState[] = [];
    for (const reference of this.numbered) {
      const L = reference.deref();
      if (L === undefined) this.numbered.delete(reference);
      else threads.push(outer(L));
    }
    this.numberedAtLastLook = Math.max(MIN_NUMBERED, threads.length);
    return threads;
  }

  sibling(): LuaVm {
    return new FengariVm({ seed: 0 });
  }

  functionPrototype(L: LuaState): FunctionPrototype | undefined {
    const closure = lua.lua_topointer(inner(L), -1);
    this.pop(L, 1);
    return isLuaClosure(closure) ? readPrototype(closure.p) : undefined;
  }

  functionLines(L: LuaState): number[] {
    const prototype = this.functionPrototype(L);
    return prototype === undefined ? [] : linesWithCode(prototype);
  }

  instructionAt(_L: LuaState, activation: LuaActivation): InstructionPoint | undefined {
    const call = record(activation).i_ci;
    const prototype = prototypeOfCall(call);
    return prototype && { prototype: prototype.id, instruction: call.l_savedpc - 1 };
  }

  callIdentity(activation: LuaActivation): unknown {
    return record(activation).i_ci;
  }

  callerIdentity(activation: LuaActivation): unknown {
    return record(activation).i_ci.previous;
  }

  nativeFunction(L: LuaState, index: number): unknown {
    const fn = lua.lua_tocfunction(inner(L), index);
    return fn === null ? undefined : typeof fn === 'function' ? fn : fn.f;
  }

  upvalueIdentity(L: LuaState, functionIndex: number, n: number): unknown {
    return lua.lua_upvalueid(inner(L), functionIndex, n);
  }

  setErrorObserver(observer: ErrorObserver | undefined): void {
    this.errorObserver = observer;
    this.lastObserved = undefined;
    this.observeErrorsOf(inner(this.main));
  }

  pendingWrite(L: LuaState, activation: LuaActivation): PendingWrite | undefined {
    return pendingWriteOf(inner(L), record(activation).i_ci, (object) => this.numberOf(object));
  }

  registerPointer(L: LuaState, activation: LuaActivation, register: number): number {
    return this.numberOf(registerValue(inner(L), record(activation).i_ci, register));
  }

  pushActivationFunction(L: LuaState, activation: LuaActivation): void {
    lua.lua_getinfo(inner(L), this.name('f'), record(activation));
  }

  functionInfo(L: LuaState): ReturnType<typeof functionOf> {
    const ar = new lua.lua_Debug();
    lua.lua_getinfo(inner(L), this.name('>S'), ar);
    return functionOf(ar);
  }

  getLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return variableName(lua.lua_getlocal(inner(L), record(activation), n));
  }

  setLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return variableName(lua.lua_setlocal(inner(L), record(activation), n));
  }

  getUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return variableName(lua.lua_getupvalue(inner(L), functionIndex, n));
  }

  setUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return variableName(lua.lua_setupvalue(inner(L), functionIndex, n));
  }

  setHook(L: LuaState, hook: Hook | undefined, mask: HookMask): void {
    this.hook = hook;
    const count = hook === undefined ? 0 : (mask.count ?? 0);
    const bits =
      (mask.call === true ? MASK.call : 0) |
      (mask.return === true ? MASK.return : 0) |
      (mask.line === true ? MASK.line : 0) |
      (count > 0 ? MASK.count : 0);
    this.hookBits = hook === undefined ? 0 : bits;
    this.hookCount = count;
    if (this.tracing !== undefined) this.tracing.setMask(L, {});
    else if (this.hookBits === 0) lua.lua_sethook(inner(L), null, 0, 0);
    else lua.lua_sethook(inner(L), this.runHook, bits, count);
  }

  trace(handler: TraceHandler): LineTrace {
    const trace = new FengariTrace(
      handler,
      (L, mask) => {
        const count = mask.instructions ?? this.hookCount;
        const bits =
          MASK.line |
          (mask.calls === true ? MASK.call : 0) |
          (mask.returns === true ? MASK.return : 0) |
          (count > 0 ? MASK.count : 0);
        lua.lua_sethook(inner(L), this.runHook, bits, count);
      },
      () => {
        this.tracing = undefined;
        // Coroutines lose the hook when it is called the next time, unless there is another one.
        lua.lua_sethook(
          inner(this.main),
          this.hookBits === 0 ? null : this.runHook,
          this.hookBits,
          this.hookCount,
        );
      },
    );
    this.tracing = trace;
    trace.setMask(this.main, {});
    return trace;
  }

  interruptTarget(): undefined {
    return undefined;
  }

  /** Lua strings are byte arrays here; the ones for names are made once. */
  private name(text: string): Uint8Array {
    let bytes = this.names.get(text);
    if (bytes === undefined) {
      bytes = encodeUtf8(text);
      if (this.names.size < MAX_CACHED_NAMES) this.names.set(text, bytes);
    }
    return bytes;
  }

  /** Coroutines are met when they run their first line. */
  private observeErrorsOf(L: FengariState): void {
    if (this.errorObserver === undefined) return;
    this.lastObserved = L;
    if (this.isObserved.has(L)) return;
    this.isObserved.add(L);
    watchErrors(L, (status) => this.errorObserver?.(outer(L), status));
  }

  /** As getInfo's source, without making the shortened one, which costs more than all the rest. */
  private sourceOf(ar: FengariDebug): string {
    const bytes = ar.i_ci.func.value.p.source?.getstr();
    if (bytes === undefined) return '=?';
    let text = this.sources.get(bytes);
    if (text === undefined) {
      text = decodeUtf8(bytes);
      this.sources.set(bytes, text);
    }
    return text;
  }

  private hostObject(L: LuaState, index: number): HostObject | undefined {
    const data = lua.lua_touserdata(inner(L), index);
    return typeof data === 'object' && data !== null && 'hostObject' in data
      ? (data as HostObject)
      : undefined;
  }
}

function functionOf(
  ar: FengariDebug,
): Pick<ActivationInfo, 'source' | 'shortSource' | 'what' | 'lineDefined' | 'lastLineDefined'> {
  const what = decodeUtf8(ar.what);
  const isHost = what !== 'Lua' && what !== 'main';
  return {
    source: isHost ? '=[C]' : decodeUtf8(ar.source),
    shortSource: isHost ? '[C]' : decodeUtf8(ar.short_src),
    what: isHost ? 'C' : what,
    lineDefined: ar.linedefined,
    lastLineDefined: ar.lastlinedefined,
  };
}

function isLuaClosure(object: unknown): object is { readonly p: FengariPrototype } {
  return typeof object === 'object' && object !== null && 'p' in object;
}

function variableName(name: Uint8Array | null): string | undefined {
  return name === null ? undefined : decodeUtf8(name);
}

function statusOf(status: number): LuaStatus {
  if (status === STATUS_5_3_HANDLER_ERROR) return LuaStatus.handlerError;
  // -1: a JavaScript exception for which not even the error value could be made.
  if (status === STATUS_5_3_GC_ERROR || status < 0) return LuaStatus.runtimeError;
  return status as LuaStatus;
}

/** Lua's own words for what V8 says when fengari runs out of stack or of string memory. */
function engineLimitText(exception: unknown): string | undefined {
  if (!(exception instanceof RangeError)) return undefined;
  if (exception.message.includes('call stack')) return 'stack overflow';
  return /allocation failed|Invalid (typed )?(array|string)/.test(exception.message)
    ? 'not enough memory'
    : undefined;
}
