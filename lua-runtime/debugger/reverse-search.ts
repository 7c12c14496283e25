/**
 * Looks for a place in the past. Nothing runs backwards: the recording is replayed up to where the
 * script stands, with this in the place of the debugger, and what came last before is the answer.
 */
import type { EntryBody } from '../recording/entries.ts';
import { isHostAuthored } from '../recording/host-authored.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LineTrace } from '../vm/line-trace.ts';
import { BreakpointHits } from './breakpoint-hits.ts';
import { Breakpoints } from './breakpoints.ts';
import type { BreakpointSet, Intervention, Tick, VariableLocation } from './debugger-contract.ts';
import { describeEntry } from './entry-stops.ts';
import { LineHistory } from './line-history.ts';
import { ScriptView } from './script-view.ts';
import { tailCallDepth } from './stepping.ts';
import { MAIN_THREAD } from './threads.ts';
import { pushVariable } from './variable-path.ts';

export type ReverseSearch =
  /** The line before, of the function that runs at `from` or of one that called it. */
  | { readonly kind: 'step-back'; readonly from: Tick }
  /** The newest place before where one of these would have stopped. */
  | { readonly kind: 'breakpoint'; readonly from: Tick; readonly breakpoints: BreakpointSet }
  /** The line that gave the variable the value it has at `from`. */
  | { readonly kind: 'last-change'; readonly from: Tick; readonly variable: VariableLocation };

export interface ReverseSearchParts {
  readonly vm: LuaVm;
  readonly readFile: (path: string) => Uint8Array | undefined;
  readonly search: ReverseSearch;
  /** Of the run, done again where they were done. */
  readonly interventions?: readonly Intervention[];
  /**
   * Told once, in the script's thread, when the replay has reached `from`: the tick, or undefined when
   * there is nothing earlier. The replay is of no use after that.
   */
  readonly found: (tick: Tick | undefined) => void;
}

/**
 * Driven as `LuaDebugger` is: `attach` once the libraries are open, `observe` and `uncaught` while it
 * runs, and `end` when the replay is over.
 */
export class ReverseSearcher {
  private readonly parts: ReverseSearchParts;
  private readonly view: ScriptView;
  private readonly finder: Finder;
  private trace: LineTrace | undefined;
  private isOver = false;

  constructor(parts: ReverseSearchParts) {
    const { vm, readFile, search } = parts;
    this.parts = parts;
    this.view = new ScriptView(vm, readFile, {
      trace: () => this.trace,
      // What is done again here is in the recording already.
      intervened: () => undefined,
    });
    this.finder = createFinder(search, vm, readFile, this.view);
  }

  get tick(): Tick {
    return this.trace?.ticks ?? 0;
  }

  /** See `LuaDebugger.isLooking`. */
  get isLooking(): boolean {
    return this.view.evaluator.isLooking;
  }

  attach(): void {
    const { vm, interventions = [] } = this.parts;
    this.view.interventions.expect(interventions);
    this.trace = vm.trace((L, event, line, activation) => this.onEvent(L, event, line, activation));
    vm.setErrorObserver((L) => {
      if (this.isOver || this.view.evaluator.isRunning) return;
      this.nextEvent();
      this.finder.raised?.(L, this.tick);
    });
    this.finder.start(this.trace);
    this.trace.callFrom = 0;
  }

  observe(entry: EntryBody): void {
    if (this.isOver || this.view.evaluator.isRunning || isHostAuthored(entry)) return;
    this.view.handlers.observe(entry);
    this.nextEvent();
    this.finder.observe?.(entry, this.tick);
    this.schedule();
  }

  uncaught(): void {
    if (this.isOver || this.view.evaluator.isRunning) return;
    this.nextEvent();
    this.finder.uncaught?.(this.tick);
  }

  /** The replay is over, before or after `from` was reached. */
  end(): void {
    this.finish();
  }

  detach(): void {
    this.isOver = true;
    this.trace?.stop();
    this.trace = undefined;
    this.parts.vm.setErrorObserver(undefined);
  }

  private nextEvent(): void {
    this.view.interventions.nextEvent(this.tick);
    this.view.intervene();
  }

  private onEvent(L: LuaState, event: HookEvent, line: number, activation: LuaActivation): void {
    const { view, finder, trace } = this;
    if (trace === undefined || this.isOver) return;
    if (view.evaluator.isRunning) {
      view.evaluator.onEvent(L, event, activation);
      return;
    }
    if (event !== 'line') {
      finder.called(L, event, activation, this.tick);
      this.schedule();
      return;
    }
    const { tick } = this;
    if (tick === 1) view.takeSnapshot(L);
    if (view.threads.enter(L)) finder.meets?.(L);
    view.interventions.nextLine(tick);
    view.intervene();
    if (tick >= this.parts.search.from) {
      this.finish(L);
      return;
    }
    finder.line(L, line, activation, tick);
    this.schedule();
  }

  private schedule(): void {
    if (this.trace === undefined || this.trace.ticks === 0) return;
    this.trace.callFrom = Math.min(
      this.finder.callFrom(),
      this.parts.search.from,
      this.view.interventions.nextTick,
    );
  }

  private finish(L?: LuaState): void {
    if (this.isOver) return;
    this.isOver = true;
    const tick = this.finder.answer(L ?? this.view.threads.current());
    if (this.trace !== undefined) this.trace.callFrom = Number.POSITIVE_INFINITY;
    this.parts.found(tick);
  }
}

/** What one kind of search remembers on the way. */
interface Finder {
  start(trace: LineTrace): void;
  /** From which tick on `line` is to be called for each line. */
  callFrom(): Tick;
  line(L: LuaState, line: number, activation: LuaActivation, tick: Tick): void;
  called(L: LuaState, event: HookEvent, activation: LuaActivation, tick: Tick): void;
  /** A thread runs its first line. */
  meets?(L: LuaState): void;
  raised?(L: LuaState, tick: Tick): void;
  observe?(entry: EntryBody, tick: Tick): void;
  uncaught?(tick: Tick): void;
  /** At `from`, in the thread that runs there. */
  answer(L: LuaState): Tick | undefined;
}

function createFinder(
  search: ReverseSearch,
  vm: LuaVm,
  readFile: (path: string) => Uint8Array | undefined,
  view: ScriptView,
): Finder {
  switch (search.kind) {
    case 'step-back':
      return new LineBefore(vm, view);
    case 'breakpoint':
      return new NewestHit(vm, view, new Breakpoints(vm, readFile), search.breakpoints);
    case 'last-change':
      return new LastChange(vm, view, search.variable);
  }
}

class LineBefore implements Finder {
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

class NewestHit implements Finder {
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

class LastChange implements Finder {
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
