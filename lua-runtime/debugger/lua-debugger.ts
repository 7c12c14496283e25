/**
 * The debugger in the thread of the script: counts lines, decides where to stop, and answers
 * questions while the script stands still. Knows neither threads nor the Debug Adapter Protocol.
 */
import type { EntryBody } from '../recording/entries.ts';
import { isHostAuthored } from '../recording/host-authored.ts';
import type { HookEvent, LuaActivation, LuaState, LuaStatus, LuaVm } from '../vm/lua-vm.ts';
import type { LineTrace } from '../vm/line-trace.ts';
import { BreakpointHits } from './breakpoint-hits.ts';
import { Breakpoints } from './breakpoints.ts';
import { NO_BREAKPOINTS } from './debugger-contract.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebuggerPort,
  Intervention,
  Resume,
  Stop,
  StopReason,
  Tick,
} from './debugger-contract.ts';
import { describeEntry } from './entry-stops.ts';
import { ErrorStops } from './error-stops.ts';
import type { ErrorStop } from './error-stops.ts';
import { ScriptView } from './script-view.ts';
import { Stepping } from './stepping.ts';
import { StopTargets } from './stop-targets.ts';
import type { Cause } from './stop-targets.ts';

export interface LuaDebuggerParts {
  readonly vm: LuaVm;
  readonly port: DebuggerPort;
  /** A file of the workspace by its path relative to the root. */
  readonly readFile: (path: string) => Uint8Array | undefined;
}

export interface DebuggerStart {
  readonly breakpoints: BreakpointSet;
  readonly stopOnEntry?: boolean;
  /** Stops there first, past all breakpoints. */
  readonly runToTick?: Tick;
  /** Done again where they were done before. */
  readonly interventions?: readonly Intervention[];
}

/** How many lines may pass before the port is asked whether it wants something. */
const LINES_BETWEEN_LOOKS = 64;

export class LuaDebugger {
  private readonly parts: LuaDebuggerParts;
  private readonly view: ScriptView;
  private readonly breakpoints: Breakpoints;
  private readonly hits: BreakpointHits;
  private readonly stepping: Stepping;
  private readonly errors: ErrorStops;
  private readonly targets: StopTargets;
  private trace: LineTrace | undefined;
  private start: DebuggerStart = { breakpoints: NO_BREAKPOINTS };

  constructor(parts: LuaDebuggerParts) {
    const { vm, port, readFile } = parts;
    this.parts = parts;
    this.view = new ScriptView(vm, readFile, {
      trace: () => this.trace,
      intervened: (intervention) => port.intervened(intervention),
    });
    this.breakpoints = new Breakpoints(vm, readFile);
    this.hits = new BreakpointHits(this.view, port);
    this.errors = new ErrorStops(vm, this.view, this.breakpoints);
    this.targets = new StopTargets(vm);
    this.stepping = new Stepping({
      vm,
      setMask: (L, mask) => this.trace?.setMask(L, mask),
      luaDepth: (L) => this.view.stack.luaDepth(L),
      catcherDepth: (L) => this.view.catchers.depthIn(L),
    });
  }

  /** Line events of the context so far. */
  get tick(): Tick {
    return this.trace?.ticks ?? 0;
  }

  /** Whether something is evaluated that must leave no trace in the recording. */
  get isLooking(): boolean {
    return this.view.evaluator.isLooking;
  }

  /**
   * Sets the hook. To be called once the libraries are open and before the policy's main chunk is
   * loaded.
   */
  attach(start: DebuggerStart): void {
    const { vm } = this.parts;
    this.start = start;
    this.targets.tick = start.runToTick ?? Number.POSITIVE_INFINITY;
    this.view.interventions.expect(start.interventions ?? []);
    this.trace = vm.trace((L, event, line, activation) => this.onEvent(L, event, line, activation));
    vm.setErrorObserver((L, status) => this.onError(L, status));
    this.setBreakpoints(start.breakpoints);
    // The first line is where the library is told from the policy.
    this.trace.callFrom = 0;
  }

  setBreakpoints(set: BreakpointSet): readonly BreakpointPlace[] {
    const places = this.breakpoints.replace(set);
    this.watch();
    return places;
  }

  /**
   * To be told of each entry of this context as it is emitted, in the script's thread. The call blocks
   * while the script stands still there.
   */
  observe(entry: EntryBody): void {
    if (this.view.evaluator.isRunning || isHostAuthored(entry)) return;
    this.view.handlers.observe(entry);
    this.view.interventions.nextEvent(this.tick);
    this.intervene();
    if (this.trace !== undefined && this.parts.port.wantsAttention()) this.trace.callFrom = 0;
    if (this.targets.isTick) return;
    if (entry.kind === 'call') {
      const ids = this.breakpoints.onEvent('handler', entry.event);
      this.targets.handler = ids.length === 0 ? undefined : { ids, event: entry.event };
      if (ids.length > 0 && this.trace !== undefined) this.trace.callFrom = 0;
      return;
    }
    const told = describeEntry(entry);
    if (told === undefined) return;
    const ids = this.breakpoints.onEvent(told.event, told.name);
    if (ids.length > 0) this.stopFor(told.event, told.description, ids);
  }

  /** To be called by the message handler of an error that leaves the script, with it at index 1. */
  uncaught(L: LuaState): void {
    if (this.view.evaluator.isRunning) return;
    this.view.interventions.nextEvent(this.tick);
    this.intervene();
    if (this.targets.isTick) return;
    // The message handler itself is no part of the script.
    this.view.stack.hiddenLevels = 1;
    try {
      this.stopOnError(this.errors.uncaught(L));
    } finally {
      this.view.stack.hiddenLevels = 0;
    }
  }

  /** The run is over, and the script stands still at its end. */
  stopAtEnd(description: string): Resume {
    this.view.handlers.reset();
    this.view.interventions.nextEvent(this.tick);
    this.intervene();
    this.targets.tick = Number.POSITIVE_INFINITY;
    return this.stop({ reason: 'end', description });
  }

  /** Takes the hook away. What the debugger made in Lua stays. */
  detach(): void {
    this.trace?.stop();
    this.trace = undefined;
    this.parts.vm.setErrorObserver(undefined);
    this.view.release();
  }

  private onEvent(L: LuaState, event: HookEvent, line: number, activation: LuaActivation): void {
    const { trace, view } = this;
    if (trace === undefined) return;
    if (view.evaluator.isRunning) view.evaluator.onEvent(L, event, activation);
    else if (event === 'line') this.onLine(L, line, activation);
    else if (event === 'return') this.onReturn(L);
    else if (event === 'count') trace.setMask(L, this.mask);
    else this.onCall(L, event, activation);
  }

  private onLine(L: LuaState, line: number, activation: LuaActivation): void {
    const { view, parts } = this;
    const { tick } = this;
    if (tick === 1) view.takeSnapshot(L);
    if (view.threads.enter(L)) this.stepping.meets(L);
    view.interventions.nextLine(tick);
    this.intervene();
    if (parts.port.wantsAttention()) this.takeRequests();
    const cause = this.causeAt(L, line, activation, tick);
    if (cause !== undefined) this.stop(cause);
    this.schedule();
  }

  /** Why the script stops at a line, if it does. Log points are passed here. */
  private causeAt(
    L: LuaState,
    line: number,
    activation: LuaActivation,
    tick: Tick,
  ): Cause | undefined {
    if (this.targets.isTick) {
      this.hits.count(this.breakpoints.passedAt(L, line, activation));
      return this.targets.tickAt(tick);
    }
    const armed = this.breakpoints.passedAt(L, line, activation);
    const hit = armed.length === 0 ? undefined : this.hits.pass(armed, L);
    if (tick === 1 && this.start.stopOnEntry === true) {
      return { reason: 'entry', description: 'Before the first line of the policy' };
    }
    if (hit !== undefined) return { reason: 'breakpoint', ...hit };
    const reached = this.targets.lineAt(L, line, activation);
    if (reached !== undefined) return reached;
    if (this.stepping.endsAt(L)) return { reason: 'step', description: 'Step' };
    return this.targets.pause();
  }

  private onCall(L: LuaState, event: HookEvent, activation: LuaActivation): void {
    const { trace, stepping } = this;
    if (stepping.isActive && event === 'tail call') stepping.tailCalls(L);
    if (this.breakpoints.functions.length > 0 && !this.targets.isTick) {
      const entered = this.hits.enter(this.breakpoints.functions, L, activation);
      if (entered !== undefined) {
        if (this.parts.vm.instructionAt(L, activation) === undefined) {
          // A function of the host has no line to stop at.
          this.stopFor('function-breakpoint', `Function ${entered.name} is called`, entered.ids);
        } else {
          this.targets.function = entered;
          if (trace !== undefined) trace.callFrom = 0;
        }
      }
      return;
    }
    if (!stepping.isActive) trace?.setMask(L, this.mask);
  }

  private onReturn(L: LuaState): void {
    if (this.stepping.isActive) this.stepping.returns(L);
    else this.trace?.setMask(L, this.mask);
  }

  private onError(L: LuaState, status: LuaStatus): void {
    const { view } = this;
    if (view.evaluator.isRunning) return;
    view.interventions.nextEvent(this.tick);
    this.intervene();
    this.stopOnError(this.errors.raised(L, status, !this.targets.isTick));
    this.stepping.raises(L);
  }

  private stopOnError(stop: ErrorStop | undefined): void {
    if (stop === undefined) return;
    const { event, breakpoints, failure } = stop;
    this.stopFor(event, failure.summary, breakpoints, failure);
  }

  private stopFor(
    reason: StopReason,
    description: string,
    breakpoints: readonly number[],
    failure?: Stop['failure'],
  ): void {
    this.stop({ reason, description, breakpoints }, failure);
    this.schedule();
  }

  private stop(
    { reason, description, breakpoints = [] }: Cause,
    failure?: Stop['failure'],
  ): Resume {
    const { view, parts } = this;
    const L = view.threads.current();
    this.stepping.cancel();
    this.targets.clear();
    const location = view.stack.location(L);
    const stop: Stop = {
      reason,
      description,
      breakpoints,
      thread: view.threads.numberOf(L),
      tick: this.tick,
      ...(location === undefined ? undefined : { location }),
      ...(failure === undefined ? undefined : { failure }),
    };
    const resume = parts.port.stopped(stop, (query) => view.answers.to(query));
    view.release();
    this.resume(resume);
    return resume;
  }

  private resume(resume: Resume): void {
    switch (resume.kind) {
      case 'continue':
        break;
      case 'run-to':
        this.targets.line = resume;
        break;
      case 'run-to-tick':
        this.targets.tick = resume.tick;
        break;
      default:
        this.stepping.start(resume.kind, this.view.threads.chain());
    }
    this.watch();
  }

  /** What came while the script ran. */
  private takeRequests(): void {
    const { pause, breakpoints } = this.parts.port.takeRequests();
    if (breakpoints !== undefined) this.parts.port.placed(this.setBreakpoints(breakpoints));
    if (pause) this.targets.isPauseWanted = true;
  }

  private intervene(): void {
    this.view.intervene();
  }

  /** Tells the trace what to look out for. */
  private watch(): void {
    const { trace, view } = this;
    if (trace === undefined) return;
    const lines = this.breakpoints.lineNumbers(this.targets.isTick);
    if (this.targets.line !== undefined) lines.add(this.targets.line.line);
    trace.watchLines(lines);
    const { mask } = this;
    if (mask.calls) for (const L of view.threads.all()) trace.setMask(L, mask);
    this.schedule();
  }

  /** For threads in which no step is under way. */
  private get mask(): { readonly calls: boolean } {
    return { calls: this.breakpoints.functions.length > 0 };
  }

  private schedule(): void {
    const { trace, stepping } = this;
    if (trace === undefined) return;
    const isAlert = stepping.isActive || this.targets.isNear || trace.ticks === 0;
    trace.callFrom = isAlert
      ? 0
      : Math.min(
          trace.ticks + LINES_BETWEEN_LOOKS,
          this.targets.tick,
          this.view.interventions.nextTick,
        );
  }
}
