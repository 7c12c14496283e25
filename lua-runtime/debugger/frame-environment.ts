/**
 * The names of a frame as the `_ENV` of a chunk that is evaluated there: a table without content whose
 * metamethods read and write the frame's locals, its upvalues, and the globals behind them.
 */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { noteHostFunction } from '../vm/host-function-notes.ts';
import type { FramePlace } from './call-stack.ts';
import type { FrameVariables } from './frame-variables.ts';

/** Where the names of one evaluation mean something. */
interface Sight {
  readonly frame: FramePlace | undefined;
  /** After the evaluation what it left behind, a function say, sees the globals only. */
  isOver: boolean;
}

export class FrameEnvironment {
  private readonly vm: LuaVm;
  private readonly frames: FrameVariables;
  private sight: Sight = { frame: undefined, isOver: true };
  /** For evaluations that leave nothing behind. */
  private shared: number | undefined;
  private readonly sights = new Map<number, Sight>();
  private lastSight = 0;

  constructor(vm: LuaVm, frames: FrameVariables) {
    this.vm = vm;
    this.frames = frames;
  }

  /**
   * Pushes the environment for what `look` and its calls evaluate; `end` must follow.
   * @param lasting true when functions made by the evaluation may outlive it
   */
  begin(L: LuaState, frame: FramePlace | undefined, lasting: boolean): void {
    const { vm } = this;
    this.sight = { frame, isOver: false };
    if (lasting) {
      const number = ++this.lastSight;
      this.sights.set(number, this.sight);
      this.pushEnvironment(L, number);
      return;
    }
    if (this.shared === undefined) {
      this.pushEnvironment(L, 0);
      vm.pushValue(L, -1);
      this.shared = vm.ref(L);
    } else {
      vm.pushRef(L, this.shared);
    }
  }

  end(): void {
    this.sight.isOver = true;
    this.sights.clear();
  }

  private pushEnvironment(L: LuaState, number: number): void {
    const { vm } = this;
    vm.newTable(L);
    vm.newTable(L);
    vm.pushInteger(L, number);
    vm.pushFunction(L, this.index, 1);
    vm.setField(L, -2, '__index');
    vm.pushInteger(L, number);
    vm.pushFunction(L, this.newIndex, 1);
    vm.setField(L, -2, '__newindex');
    vm.setMetatable(L, -2);
  }

  private frameOf(L: LuaState): FramePlace | undefined {
    const number = Number(this.vm.toInteger(L, this.vm.upvalueIndex(1)) ?? 0);
    const sight = number === 0 ? this.sight : this.sights.get(number);
    return sight === undefined || sight.isOver ? undefined : sight.frame;
  }

  private readonly index = noteHostFunction(
    (L) => {
      const { vm, frames } = this;
      const frame = this.frameOf(L);
      const name = vm.type(L, 2) === LuaType.string ? vm.toText(L, 2) : undefined;
      if (frame !== undefined && name !== undefined) {
        const local = frames.visibleLocal(frame, name);
        if (local !== undefined && frames.pushLocal(frame, local.index, L)) return 1;
        const upvalue = frames.upvalues(frame).find((candidate) => candidate.name === name);
        if (upvalue !== undefined && frames.pushUpvalue(frame, upvalue.index, L)) return 1;
      }
      frames.pushEnvironment(frame, L);
      vm.pushValue(L, 2);
      vm.getTable(L, -2);
      return 1;
    },
    { name: '_ENV', onlyReads: true },
  );

  private readonly newIndex = noteHostFunction(
    (L) => {
      const { vm, frames } = this;
      const frame = this.frameOf(L);
      const name = vm.type(L, 2) === LuaType.string ? vm.toText(L, 2) : undefined;
      vm.setTop(L, 3);
      if (frame !== undefined && name !== undefined) {
        const local = frames.visibleLocal(frame, name);
        if (local !== undefined) {
          frames.setLocal(frame, local.index, L);
          return 0;
        }
        const upvalue = frames.upvalues(frame).find((candidate) => candidate.name === name);
        if (upvalue !== undefined) {
          frames.setUpvalue(frame, upvalue.index, L);
          return 0;
        }
      }
      frames.pushEnvironment(frame, L);
      vm.insert(L, 2);
      vm.setTable(L, 2);
      return 0;
    },
    { name: '_ENV', onlyReads: false },
  );
}
