/** Stepping back: the line before, of the function that runs or of one that called it. */
import type { LineTrace } from '../../vm/line-trace.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import type { Tick } from '../debugger-contract.ts';
import type { ScriptView } from '../script-view.ts';
import type { Finder } from './finder.ts';
import { LineHistory } from './line-history.ts';

export class LineBefore implements Finder {
  private readonly vm: LuaVm;
  private readonly view: ScriptView;
  private readonly history: LineHistory;

  constructor(vm: LuaVm, view: ScriptView) {
    this.vm = vm;
    this.view = view;
    this.history = new LineHistory(vm);
  }

  start(trace: LineTrace): void {
    trace.setMask(this.vm.main, { calls: true });
  }

  callFrom(): Tick {
    return 0;
  }

  line(L: LuaState, _line: number, _activation: LuaActivation, tick: Tick): void {
    this.history.line(L, tick);
  }

  called(L: LuaState, event: HookEvent): void {
    if (event === 'call') this.history.called(L);
  }

  meets(L: LuaState): void {
    this.history.forget(L);
  }

  answer(): Tick | undefined {
    return this.history.newestOf(this.view.threads.chain());
  }
}
