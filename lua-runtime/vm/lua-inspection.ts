/** What the debugger and the profiler ask of a Lua engine beyond running: the rest of `LuaVm`. */
import type { FunctionPrototype, InstructionPoint } from './function-prototype.ts';
import type { LineTrace, TraceHandler } from './line-trace.ts';
import type { HookEvent, LuaActivation, LuaState, LuaStatus } from './lua-vm.ts';
import type { InterruptTarget } from './lua54/lua54-interrupt.ts';

/** What `lua_getinfo` fills for `Slnut`. */
export interface ActivationInfo {
  /** Raw chunk name, with its leading `@` or `=` if it has one. */
  readonly source: string;
  readonly shortSource: string;
  readonly what: 'Lua' | 'C' | 'main';
  readonly currentLine: number;
  readonly lineDefined: number;
  readonly lastLineDefined: number;
  readonly name?: string;
  readonly nameWhat: string;
  readonly isTailCall: boolean;
  readonly upvalueCount: number;
  readonly parameterCount: number;
  readonly isVararg: boolean;
}

/** See `LuaVm.pendingWrite`. `creates`: a new table, which will be in this register. */
export type PendingWrite =
  | { readonly kind: 'table'; readonly pointer: number }
  | { readonly kind: 'upvalue' }
  | { readonly kind: 'creates'; readonly register: number };

/** Where a function is executing. */
export interface ExecutionPoint {
  /** Raw chunk name, with its leading `@` or `=` if it has one. */
  readonly source: string;
  readonly line: number;
}

/** The call stacks of the threads, their variables, and the functions of a state. */
export interface LuaInspection {
  /** Pushes nothing; returns the text `luaL_traceback` gives for `L`, from `level`. */
  traceback(L: LuaState, message: string | undefined, level: number): string;
  getStack(L: LuaState, level: number): LuaActivation | undefined;
  getInfo(L: LuaState, activation: LuaActivation): ActivationInfo;
  /**
   * Where the activation at `level` is executing, undefined for a host function or past the last
   * level. Much cheaper than `getStack` and `getInfo`; allocates nothing in Lua.
   */
  executionPoint(L: LuaState, level: number): ExecutionPoint | undefined;
  /** The raw chunk name of a Lua function's activation, as cheaply as a line hook needs it. */
  activationSource(L: LuaState, activation: LuaActivation): string;
  /** How many functions are on the stack of a thread: `getStack` knows the levels below. */
  stackDepth(L: LuaState): number;
  /** Where exactly an activation of a Lua function is; undefined for a host function. Cheap. */
  instructionAt(L: LuaState, activation: LuaActivation): InstructionPoint | undefined;
  /** Equal for the same call as long as it lasts; a later call may get it again. */
  callIdentity(activation: LuaActivation): unknown;
  /** The `callIdentity` of whoever called, in the same thread. */
  callerIdentity(activation: LuaActivation): unknown;
  /**
   * What a Lua function's next instruction is about to change beyond its own registers, asked in a
   * hook: the table at hand by its `toPointer`, or an upvalue. For telling whether code has effects.
   */
  pendingWrite(L: LuaState, activation: LuaActivation): PendingWrite | undefined;
  /** `toPointer` of what is in a register of a Lua function: see `PendingWrite`. */
  registerPointer(L: LuaState, activation: LuaActivation, register: number): number;
  /**
   * The negative `n` of `getLocal` are the extra arguments of a vararg function.
   * Pushes the local's value and returns its name; pushes nothing and returns undefined past the last.
   */
  getLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined;
  /** Pops a value into the local. */
  setLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined;
  pushActivationFunction(L: LuaState, activation: LuaActivation): void;
  /** Pops a Lua function and tells where it was defined. */
  functionInfo(
    L: LuaState,
  ): Pick<ActivationInfo, 'source' | 'shortSource' | 'what' | 'lineDefined' | 'lastLineDefined'>;
  /** Pops a Lua function and describes its code; undefined for a host function. */
  functionPrototype(L: LuaState): FunctionPrototype | undefined;
  /** Pops a Lua function: the lines with code, those of functions defined inside included, ascending. */
  functionLines(L: LuaState): number[];
  getUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined;
  setUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined;
  /** An identity that is equal for upvalues that are one variable (`lua_upvalueid`). */
  upvalueIdentity(L: LuaState, functionIndex: number, n: number): unknown;
  /** `lua_status`: `yield` for a suspended coroutine, an error's number for one that died of it. */
  threadStatus(L: LuaState): LuaStatus;
  /**
   * A number that a debugger gives a thread, 0 until then. It goes when Lua collects the thread, so it
   * tells a coroutine from another one that got the same `LuaState` later. Allocates nothing in Lua.
   */
  threadNumber(L: LuaState): number;
  setThreadNumber(L: LuaState, number: number): void;
  /** The threads with a number that have not been collected, in no order. Costs a walk over the heap. */
  numberedThreads(): LuaState[];
}

export interface HookMask {
  readonly call?: boolean;
  readonly return?: boolean;
  readonly line?: boolean;
  /** Fire every N instructions; 0 or absent: never. */
  readonly count?: number;
}
/** `currentLine` is -1 where the engine does not know it. */
export type Hook = (
  L: LuaState,
  event: HookEvent,
  currentLine: number,
  activation: LuaActivation,
) => void;

/** See `LuaVm.setErrorObserver`. */
export type ErrorObserver = (L: LuaState, status: LuaStatus) => void;

/** What the vm calls while scripts run. */
export interface LuaHooks {
  /**
   * One hook per state, inherited by coroutines made later; undefined removes it. With an empty mask
   * the hook runs only when another thread asks for it: see `interruptTarget`.
   */
  setHook(L: LuaState, hook: Hook | undefined, mask: HookMask): void;
  /**
   * Starts counting lines for a debugger, in the main thread and in coroutines made later. One trace
   * per vm. A hook set with `setHook` goes on where it needs no line, call or return events.
   */
  trace(handler: TraceHandler): LineTrace;
  /**
   * What another thread needs to make the hook run in a script that does not end (lua54-interrupt.ts);
   * undefined where the engine cannot be interrupted from outside.
   */
  interruptTarget(): InterruptTarget | undefined;
  /**
   * Told of every error as it is raised, before the stack of `L` unwinds, caught or not; its value is
   * on top of the stack for a `runtimeError` (after message handlers). Not told of syntax errors.
   * The observer must leave the stack as it is. Undefined removes it. What fengari cannot tell is
   * in engine-differences.ts.
   */
  setErrorObserver(observer: ErrorObserver | undefined): void;
}
