/** Looking into a Lua 5.4 state: call stacks, their variables, functions, threads. */
import { linesWithCode } from '../function-prototype.ts';
import type { FunctionPrototype, InstructionPoint } from '../function-prototype.ts';
import type {
  ActivationInfo,
  ExecutionPoint,
  LuaInspection,
  PendingWrite,
} from '../lua-inspection.ts';
import type { LuaActivation, LuaState, LuaStatus } from '../lua-vm.ts';
import { encodeUtf8 } from '../platform.ts';
import { LUA_DEBUG, readActivation, readFunction } from './lua54-activation.ts';
import { Lua54Calls } from './lua54-calls.ts';
import { address, record, state } from './lua54-handles.ts';
import { pendingWriteOf, registerPointer } from './lua54-pending-write.ts';
import { prototypeSource, readPrototype } from './lua54-prototype.ts';
import {
  CALL,
  CLOSURE,
  PROTOTYPE,
  STATE,
  callDepth,
  callOf,
  prototypeOfCall,
  threadsOf,
} from './lua54-structures.ts';

export abstract class Lua54Inspection extends Lua54Calls implements LuaInspection {
  private readonly stackActivation = this.memory.allocate(LUA_DEBUG.sizeBytes);
  /** Apart from stackActivation, which callers of getStack may still hold. */
  private readonly pointActivation = this.memory.allocate(LUA_DEBUG.sizeBytes);
  private readonly executionPointFields = this.name('Sl');

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

  pendingWrite(_L: LuaState, activation: LuaActivation): PendingWrite | undefined {
    return pendingWriteOf(this.instance, callOf(this.instance, record(activation)));
  }

  registerPointer(_L: LuaState, activation: LuaActivation, register: number): number {
    return registerPointer(this.instance, callOf(this.instance, record(activation)), register);
  }

  getLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return this.variableName(this.lua.lua_getlocal(address(L), record(activation), n));
  }

  setLocal(L: LuaState, activation: LuaActivation, n: number): string | undefined {
    return this.variableName(this.lua.lua_setlocal(address(L), record(activation), n));
  }

  pushActivationFunction(L: LuaState, activation: LuaActivation): void {
    this.lua.lua_getinfo(address(L), this.name('f'), record(activation));
  }

  functionInfo(L: LuaState): ReturnType<typeof readFunction> {
    this.lua.lua_getinfo(address(L), this.name('>S'), this.stackActivation);
    return readFunction(this.instance, this.memory, this.stackActivation);
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

  getUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return this.variableName(this.lua.lua_getupvalue(address(L), functionIndex, n));
  }

  setUpvalue(L: LuaState, functionIndex: number, n: number): string | undefined {
    return this.variableName(this.lua.lua_setupvalue(address(L), functionIndex, n));
  }

  upvalueIdentity(L: LuaState, functionIndex: number, n: number): number {
    return this.lua.lua_upvalueid(address(L), functionIndex, n);
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

  private variableName(pointer: number): string | undefined {
    return pointer === 0 ? undefined : this.memory.readCText(pointer);
  }
}
