/**
 * Looks for a place in the past. Nothing runs backwards: the recording is replayed up to where the
 * script stands, with this in the place of the debugger, and what came last before is the answer.
 */
import type { EntryBody } from '../recording/entries.ts';
import { isHostAuthored } from '../recording/host-authored.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LineTrace } from '../vm/line-trace.ts';
import { Breakpoints } from './breakpoints.ts';
import type { BreakpointSet, Intervention, Tick, VariableLocation } from './debugger-contract.ts';
import type { Finder } from './reverse/finder.ts';
import { LastChange } from './reverse/last-change.ts';
import { LineBefore } from './reverse/line-before.ts';
import { NewestHit } from './reverse/newest-hit.ts';
import { ScriptView } from './script-view.ts';

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
