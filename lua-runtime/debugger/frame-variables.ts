/** The variables that code in a frame can see: locals, extra arguments, upvalues, and the globals behind them. */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { CallStack, FramePlace } from './call-stack.ts';

/** A local of a frame; `isHidden` by a later one of the same name. */
export interface LocalVariable {
  readonly name: string;
  /** For `LuaVm.getLocal`. */
  readonly index: number;
  readonly isHidden: boolean;
}

export interface UpvalueVariable {
  readonly name: string;
  readonly index: number;
}

export const ENVIRONMENT = '_ENV';

export class FrameVariables {
  private readonly vm: LuaVm;
  private readonly stack: CallStack;

  constructor(vm: LuaVm, stack: CallStack) {
    this.vm = vm;
    this.stack = stack;
  }

  isLua(frame: FramePlace): boolean {
    const activation = this.stack.activation(frame);
    return activation !== undefined && this.vm.instructionAt(frame.L, activation) !== undefined;
  }

  /** In the order of their declaration. Lua's own, named in parentheses, are left out. */
  locals(frame: FramePlace): LocalVariable[] {
    const { vm } = this;
    const names: { name: string; index: number }[] = [];
    const activation = this.stack.activation(frame);
    if (activation === undefined || !vm.checkStack(frame.L, 2)) return [];
    for (let index = 1; ; index++) {
      const name = vm.getLocal(frame.L, activation, index);
      if (name === undefined) break;
      vm.pop(frame.L, 1);
      if (!name.startsWith('(')) names.push({ name, index });
    }
    const last = new Map(names.map(({ name, index }) => [name, index]));
    return names.map(({ name, index }) => ({ name, index, isHidden: last.get(name) !== index }));
  }

  /** What is on the stack of a host function: its arguments, as far as it still has them. */
  argumentCount(frame: FramePlace): number {
    return this.count(frame, 1, 1);
  }

  varargCount(frame: FramePlace): number {
    return this.count(frame, -1, -1);
  }

  upvalues(frame: FramePlace): UpvalueVariable[] {
    const { vm } = this;
    const upvalues: UpvalueVariable[] = [];
    if (!this.pushFunction(frame)) return upvalues;
    for (let index = 1; ; index++) {
      const name = vm.getUpvalue(frame.L, -1, index);
      if (name === undefined) break;
      vm.pop(frame.L, 1);
      upvalues.push({ name, index });
    }
    vm.pop(frame.L, 1);
    return upvalues;
  }

  /** Pushes a local (extra arguments have negative numbers) onto `to`. */
  pushLocal(frame: FramePlace, index: number, to: LuaState): boolean {
    const { vm } = this;
    const activation = this.stack.activation(frame);
    if (activation === undefined || !vm.checkStack(frame.L, 2)) return false;
    if (vm.getLocal(frame.L, activation, index) === undefined) return false;
    if (to !== frame.L) vm.xmove(frame.L, to, 1);
    return true;
  }

  /** The same while a variable of this name has the place. */
  pushNamedLocal(frame: FramePlace, index: number, name: string, to: LuaState): boolean {
    const { vm } = this;
    const activation = this.stack.activation(frame);
    if (activation === undefined || !vm.checkStack(frame.L, 2)) return false;
    const found = vm.getLocal(frame.L, activation, index);
    if (found === name && to !== frame.L) vm.xmove(frame.L, to, 1);
    else if (found !== undefined && found !== name) vm.pop(frame.L, 1);
    return found === name;
  }

  /** Pops a value from `from` into the local. */
  setLocal(frame: FramePlace, index: number, from: LuaState): boolean {
    const { vm } = this;
    const activation = this.stack.activation(frame);
    if (activation === undefined || !vm.checkStack(frame.L, 2)) return false;
    if (from !== frame.L) vm.xmove(from, frame.L, 1);
    if (vm.setLocal(frame.L, activation, index) !== undefined) return true;
    vm.pop(frame.L, 1);
    return false;
  }

  pushUpvalue(frame: FramePlace, index: number, to: LuaState): boolean {
    const { vm } = this;
    if (!this.pushFunction(frame)) return false;
    const found = vm.getUpvalue(frame.L, -1, index) !== undefined;
    if (found) {
      vm.remove(frame.L, -2);
      if (to !== frame.L) vm.xmove(frame.L, to, 1);
    } else {
      vm.pop(frame.L, 1);
    }
    return found;
  }

  /** Pops a value from `from` into the upvalue. */
  setUpvalue(frame: FramePlace, index: number, from: LuaState): boolean {
    const { vm } = this;
    if (!this.pushFunction(frame)) {
      vm.pop(from, 1);
      return false;
    }
    if (from === frame.L) vm.insert(frame.L, -2);
    else vm.xmove(from, frame.L, 1);
    const done = vm.setUpvalue(frame.L, -2, index) !== undefined;
    vm.pop(frame.L, done ? 1 : 2);
    return done;
  }

  /** Pushes the table that global names mean in a frame. */
  pushEnvironment(frame: FramePlace | undefined, to: LuaState): void {
    if (frame !== undefined) {
      const local = this.visibleLocal(frame, ENVIRONMENT);
      if (local !== undefined && this.pushLocal(frame, local.index, to)) return;
      const upvalue = this.upvalues(frame).find(({ name }) => name === ENVIRONMENT);
      if (upvalue !== undefined && this.pushUpvalue(frame, upvalue.index, to)) return;
    }
    this.vm.pushGlobalTable(to);
  }

  visibleLocal(frame: FramePlace, name: string): LocalVariable | undefined {
    return this.locals(frame).find((local) => local.name === name && !local.isHidden);
  }

  private pushFunction(frame: FramePlace): boolean {
    const { vm } = this;
    const activation = this.stack.activation(frame);
    if (activation === undefined || !vm.checkStack(frame.L, 3)) return false;
    vm.pushActivationFunction(frame.L, activation);
    if (vm.type(frame.L, -1) === LuaType.function && vm.nativeFunction(frame.L, -1) === undefined) {
      return true;
    }
    vm.pop(frame.L, 1);
    return false;
  }

  private count(frame: FramePlace, first: number, step: 1 | -1): number {
    const { vm } = this;
    const activation = this.stack.activation(frame);
    if (activation === undefined || !vm.checkStack(frame.L, 2)) return 0;
    let count = 0;
    for (let index = first; ; index += step) {
      if (vm.getLocal(frame.L, activation, index) === undefined) return count;
      vm.pop(frame.L, 1);
      count++;
    }
  }
}
