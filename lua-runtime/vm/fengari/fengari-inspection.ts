/** Looking into a fengari state: call stacks, their variables, functions, threads. */
import { lauxlib, lua } from 'fengari';
import type { FengariDebug, FengariPrototype } from 'fengari';
import { linesWithCode } from '../function-prototype.ts';
import type { FunctionPrototype, InstructionPoint } from '../function-prototype.ts';
import type {
  ActivationInfo,
  ExecutionPoint,
  LuaInspection,
  PendingWrite,
} from '../lua-inspection.ts';
import type { LuaActivation, LuaState, LuaStatus } from '../lua-vm.ts';
import { decodeUtf8, encodeUtf8 } from '../platform.ts';
import { FengariCalls } from './fengari-calls.ts';
import { inner, outer, record } from './fengari-handles.ts';
import { statusOf } from './fengari-status.ts';
import {
  callDepth,
  pendingWriteOf,
  prototypeOfCall,
  readPrototype,
  registerValue,
} from './fengari-structures.ts';
import { FengariThreadNumbers } from './fengari-thread-numbers.ts';

export abstract class FengariInspection extends FengariCalls implements LuaInspection {
  private readonly sources = new WeakMap<Uint8Array, string>();
  private readonly threadNumbers = new FengariThreadNumbers();

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

  pendingWrite(L: LuaState, activation: LuaActivation): PendingWrite | undefined {
    return pendingWriteOf(inner(L), record(activation).i_ci, (object) => this.numberOf(object));
  }

  registerPointer(L: LuaState, activation: LuaActivation, register: number): number {
    return this.numberOf(registerValue(inner(L), record(activation).i_ci, register));
  }

  getLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return variableName(lua.lua_getlocal(inner(L), record(activation), n));
  }

  setLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return variableName(lua.lua_setlocal(inner(L), record(activation), n));
  }

  pushActivationFunction(L: LuaState, activation: LuaActivation): void {
    lua.lua_getinfo(inner(L), this.name('f'), record(activation));
  }

  functionInfo(L: LuaState): ReturnType<typeof functionOf> {
    const ar = new lua.lua_Debug();
    lua.lua_getinfo(inner(L), this.name('>S'), ar);
    return functionOf(ar);
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

  getUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return variableName(lua.lua_getupvalue(inner(L), functionIndex, n));
  }

  setUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return variableName(lua.lua_setupvalue(inner(L), functionIndex, n));
  }

  upvalueIdentity(L: LuaState, functionIndex: number, n: number): unknown {
    return lua.lua_upvalueid(inner(L), functionIndex, n);
  }

  threadStatus(L: LuaState): LuaStatus {
    return statusOf(lua.lua_status(inner(L)));
  }

  threadNumber(L: LuaState): number {
    return this.threadNumbers.of(inner(L));
  }

  setThreadNumber(L: LuaState, number: number): void {
    this.threadNumbers.set(inner(L), number);
  }

  numberedThreads(): LuaState[] {
    return this.threadNumbers.alive().map(outer);
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
