/** Going back to a breakpoint: the newest place where one of a set would have stopped. */
import type { EntryBody } from '../../recording/entries.ts';
import type { LineTrace } from '../../vm/line-trace.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import { BreakpointHits } from '../breakpoint-hits.ts';
import type { Breakpoints } from '../breakpoints.ts';
import type { BreakpointSet, Tick } from '../debugger-contract.ts';
import { describeEntry } from '../entry-stops.ts';
import type { ScriptView } from '../script-view.ts';
import type { Finder } from './finder.ts';

export class NewestHit implements Finder {
  private readonly vm: LuaVm;
  private readonly breakpoints: Breakpoints;
  private readonly set: BreakpointSet;
  private readonly hits: BreakpointHits;
  private newest: Tick | undefined;
  /** The next line is the first of a handler or function with a breakpoint. */
  private isEntering = false;

  constructor(vm: LuaVm, view: ScriptView, breakpoints: Breakpoints, set: BreakpointSet) {
    this.vm = vm;
    this.breakpoints = breakpoints;
    // Log points do not stop.
    this.set = { ...set, lines: set.lines.filter(({ logMessage }) => logMessage === undefined) };
    this.hits = new BreakpointHits(view, { logged: () => undefined });
  }

  start(trace: LineTrace): void {
    this.breakpoints.replace(this.set);
    trace.watchLines(this.breakpoints.lineNumbers(false));
    if (this.breakpoints.functions.length > 0) trace.setMask(this.vm.main, { calls: true });
  }

  callFrom(): Tick {
    return this.isEntering ? 0 : Number.POSITIVE_INFINITY;
  }

  line(L: LuaState, line: number, activation: LuaActivation, tick: Tick): void {
    if (this.isEntering) this.newest = tick;
    this.isEntering = false;
    const armed = this.breakpoints.passedAt(L, line, activation);
    if (armed.length > 0 && this.hits.pass(armed, L) !== undefined) this.newest = tick;
  }

  called(L: LuaState, event: HookEvent, activation: LuaActivation, tick: Tick): void {
    if (event !== 'call' && event !== 'tail call') return;
    if (this.hits.enter(this.breakpoints.functions, L, activation) === undefined) return;
    if (this.vm.instructionAt(L, activation) === undefined) this.newest = tick;
    else this.isEntering = true;
  }

  raised(_L: LuaState, tick: Tick): void {
    if (this.breakpoints.onEvent('thrown').length > 0) this.newest = tick;
  }

  observe(entry: EntryBody, tick: Tick): void {
    if (entry.kind === 'call') {
      if (this.breakpoints.onEvent('handler', entry.event).length > 0) this.isEntering = true;
      return;
    }
    const told = describeEntry(entry);
    if (told !== undefined && this.breakpoints.onEvent(told.event, told.name).length > 0) {
      this.newest = tick;
    }
  }

  uncaught(tick: Tick): void {
    if (this.breakpoints.onEvent('uncaught').length > 0) this.newest = tick;
  }

  answer(): Tick | undefined {
    return this.newest;
  }
}
