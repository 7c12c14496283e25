/** The line that gave a variable its value. */
import type { LineTrace } from '../../vm/line-trace.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import type { Tick, VariableLocation } from '../debugger-contract.ts';
import type { ScriptView } from '../script-view.ts';
import { tailCallDepth } from '../stepping.ts';
import { MAIN_THREAD } from '../threads.ts';
import { pushVariable } from '../variable-path.ts';
import type { Finder } from './finder.ts';
import { LineHistory } from './line-history.ts';

export class LastChange implements Finder {
  private readonly vm: LuaVm;
  private readonly view: ScriptView;
  private readonly variable: VariableLocation;
  private readonly history: LineHistory;
  /** The variable's thread, once it runs. */
  private thread: LuaState | undefined;
  /** Of the value; undefined while there was none. */
  private identity: unknown;
  private newest: Tick | undefined;

  constructor(vm: LuaVm, view: ScriptView, variable: VariableLocation) {
    this.vm = vm;
    this.view = view;
    this.variable = variable;
    this.history = new LineHistory(vm);
  }

  start(trace: LineTrace): void {
    trace.setMask(this.vm.main, { calls: true, returns: true });
    if (this.variable.thread === MAIN_THREAD) this.thread = this.vm.main;
  }

  callFrom(): Tick {
    return 0;
  }

  meets(L: LuaState): void {
    this.history.forget(L);
    if (this.view.threads.numberOf(L) === this.variable.thread) this.thread = L;
  }

  line(L: LuaState, _line: number, _activation: LuaActivation, tick: Tick): void {
    // What kumod handed over is there from the first line on.
    this.look(this.history.newestAt(L, this.vm.stackDepth(L)) ?? tick);
    this.history.line(L, tick);
  }

  called(L: LuaState, event: HookEvent): void {
    if (event === 'count') return;
    const depth = event === 'tail call' ? tailCallDepth(this.vm, L) : this.vm.stackDepth(L);
    // What ran until now is the function that returns, or the one that calls.
    this.look(this.history.newestAt(L, event === 'call' ? depth - 1 : depth));
    if (event === 'call') this.history.called(L);
    const isAnotherCall = event !== 'return' && depth === this.variable.depth && L === this.thread;
    if (isAnotherCall && this.variable.root.kind !== 'global') {
      this.identity = undefined;
      this.newest = undefined;
    }
  }

  raised(L: LuaState): void {
    this.look(this.history.newestAt(L, this.vm.stackDepth(L)));
  }

  answer(L: LuaState): Tick | undefined {
    this.look(this.history.newestAt(L, this.vm.stackDepth(L)));
    return this.newest;
  }

  /** @param tick of the line that ran until now. */
  private look(tick: Tick | undefined): void {
    const identity = this.read();
    // A variable that is out of sight, because another block runs, has not changed.
    if (identity === undefined || Object.is(identity, this.identity)) return;
    this.identity = identity;
    this.newest = tick;
  }

  /** Something that stays the same as long as the value does; undefined while there is no variable. */
  private read(): unknown {
    const { vm, view, variable, thread } = this;
    const isGlobal = variable.root.kind === 'global';
    const L = isGlobal ? vm.main : thread;
    if (L === undefined || (!isGlobal && vm.stackDepth(L) < variable.depth)) return undefined;
    const frame = { L, depth: variable.depth };
    if (!vm.checkStack(L, 4) || !pushVariable(vm, view.frames, frame, variable, L)) {
      return undefined;
    }
    const identity = vm.valueIdentity(L);
    vm.pop(L, 1);
    return identity;
  }
}
