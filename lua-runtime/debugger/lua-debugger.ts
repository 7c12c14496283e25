/**
 * The debugger in the thread of the script: counts lines, decides where to stop, and answers
 * questions while the script stands still. Knows neither threads nor the Debug Adapter Protocol.
 */
import type { EntryBody } from '../recording/entries.ts';
import { isHostAuthored } from '../recording/host-authored.ts';
import { LuaStatus } from '../vm/lua-vm.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LineTrace } from '../vm/line-trace.ts';
import { isRejection } from '../kumo/error-objects.ts';
import { BreakpointHits } from './breakpoint-hits.ts';
import { Breakpoints } from './breakpoints.ts';
import { NO_BREAKPOINTS } from './debugger-contract.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebuggerPort,
  DomainEvent,
  Intervention,
  Resume,
  Stop,
  StopReason,
  Tick,
} from './debugger-contract.ts';
import { describeEntry } from './entry-stops.ts';
import { raisedFailure } from './raised-failure.ts';
import { ScriptView } from './script-view.ts';
import { Stepping } from './stepping.ts';

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

/** What a stop says besides where it is. */
interface Cause {
  readonly reason: StopReason;
  readonly description: string;
  readonly breakpoints?: readonly number[];
}

export class LuaDebugger {
  private readonly parts: LuaDebuggerParts;
  private readonly view: ScriptView;
  private readonly breakpoints: Breakpoints;
  private readonly hits: BreakpointHits;
  private readonly stepping: Stepping;
  private trace: LineTrace | undefined;
  private start: DebuggerStart = { breakpoints: NO_BREAKPOINTS };
  /** A position that is run to, and past everything before it. */
  private targetTick = Number.POSITIVE_INFINITY;
  private targetLine: { readonly file: string; readonly line: number } | undefined;
  private pauseWanted = false;
  /** The handler that kumod is about to enter, where that is a stop. */
  private enteredHandler: { readonly ids: readonly number[]; readonly event: string } | undefined;
  private enteredFunction: { readonly ids: readonly number[]; readonly name: string } | undefined;
  /** The error that is on its way stopped the script already. */
  private isUncaughtTold = false;

  constructor(parts: LuaDebuggerParts) {
    const { vm, port, readFile } = parts;
    this.parts = parts;
    this.view = new ScriptView(vm, readFile, {
      trace: () => this.trace,
      intervened: (intervention) => port.intervened(intervention),
    });
    this.breakpoints = new Breakpoints(vm, readFile);
    this.hits = new BreakpointHits(this.view, port);
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
    this.targetTick = start.runToTick ?? Number.POSITIVE_INFINITY;
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
    if (this.isRunningToTick) return;
    if (entry.kind === 'call') {
      const ids = this.breakpoints.onEvent('handler', entry.event);
      this.enteredHandler = ids.length === 0 ? undefined : { ids, event: entry.event };
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
    if (this.isRunningToTick) return;
    const ids = this.breakpoints.onEvent('uncaught');
    if (ids.length === 0 || this.isUncaughtTold || isRejection(this.parts.vm, L, 1)) return;
    this.isUncaughtTold = true;
    // The message handler itself is no part of the script.
    this.view.stack.hiddenLevels = 1;
    try {
      this.stopOnError(L, { status: LuaStatus.runtimeError, index: 1 }, 'uncaught', ids);
    } finally {
      this.view.stack.hiddenLevels = 0;
    }
  }

  /** The run is over, and the script stands still at its end. */
  stopAtEnd(description: string): Resume {
    this.view.handlers.reset();
    this.view.interventions.nextEvent(this.tick);
    this.intervene();
    this.targetTick = Number.POSITIVE_INFINITY;
    return this.stop({ reason: 'end', description });
  }

  /** Takes the hook away. What the debugger made in Lua stays. */
  detach(): void {
    this.trace?.stop();
    this.trace = undefined;
    this.parts.vm.setErrorObserver(undefined);
    this.view.release();
  }

  private get isRunningToTick(): boolean {
    return this.targetTick !== Number.POSITIVE_INFINITY;
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
    if (this.isRunningToTick) {
      this.hits.count(this.breakpoints.passedAt(L, line, activation));
      if (tick >= this.targetTick) return { reason: 'goto', description: `Position ${tick}` };
      return this.pauseWanted ? PAUSED : undefined;
    }
    const armed = this.breakpoints.passedAt(L, line, activation);
    const hit = armed.length === 0 ? undefined : this.hits.pass(armed, L);
    if (tick === 1 && this.start.stopOnEntry === true) {
      return { reason: 'entry', description: 'Before the first line of the policy' };
    }
    if (hit !== undefined) return { reason: 'breakpoint', ...hit };
    if (this.enteredFunction !== undefined) {
      const { ids, name } = this.enteredFunction;
      this.enteredFunction = undefined;
      return {
        reason: 'function-breakpoint',
        description: `Function ${name} is called`,
        breakpoints: ids,
      };
    }
    if (this.enteredHandler !== undefined && L === this.parts.vm.main) {
      const { ids, event } = this.enteredHandler;
      return { reason: 'handler', description: `kumod calls ${event}`, breakpoints: ids };
    }
    if (this.targetLine?.line === line && this.isIn(L, activation, this.targetLine.file)) {
      return { reason: 'goto', description: `Line ${line} of ${this.targetLine.file}` };
    }
    if (this.stepping.endsAt(L)) return { reason: 'step', description: 'Step' };
    return this.pauseWanted ? PAUSED : undefined;
  }

  private isIn(L: LuaState, activation: LuaActivation, file: string): boolean {
    return this.parts.vm.activationSource(L, activation) === `@${file}`;
  }

  private onCall(L: LuaState, event: HookEvent, activation: LuaActivation): void {
    const { trace, stepping } = this;
    if (stepping.isActive && event === 'tail call') stepping.tailCalls(L);
    if (this.breakpoints.functions.length > 0 && !this.isRunningToTick) {
      const entered = this.hits.enter(this.breakpoints.functions, L, activation);
      if (entered !== undefined) {
        if (this.parts.vm.instructionAt(L, activation) === undefined) {
          // A function of the host has no line to stop at.
          this.stopFor('function-breakpoint', `Function ${entered.name} is called`, entered.ids);
        } else {
          this.enteredFunction = entered;
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
    const isTold = this.isUncaughtTold;
    // On its way out of a coroutine the error is raised again in those that wait for it.
    if (L === this.parts.vm.main) this.isUncaughtTold = false;
    if (!isTold && !this.isRunningToTick) this.stopOnRaised(L, status);
    this.stepping.raises(L);
  }

  private stopOnRaised(L: LuaState, status: LuaStatus): void {
    // In a coroutine this is the last moment at which its stack stands.
    const { vm } = this.parts;
    const leaves = L !== vm.main && this.view.catchers.leavesScript() && !isRejection(vm, L, -1);
    const uncaught = leaves ? this.breakpoints.onEvent('uncaught') : [];
    const event = uncaught.length > 0 ? 'uncaught' : 'thrown';
    const ids = uncaught.length > 0 ? uncaught : this.breakpoints.onEvent('thrown');
    if (ids.length === 0) return;
    this.isUncaughtTold = event === 'uncaught';
    this.stopOnError(L, { status, index: -1 }, event, ids);
  }

  private stopOnError(
    L: LuaState,
    error: { readonly status: LuaStatus; readonly index: number },
    event: DomainEvent,
    ids: readonly number[],
  ): void {
    const failure = raisedFailure(this.parts.vm, L, error, this.view.stack);
    this.stopFor(event, failure.summary, ids, failure);
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
    this.targetTick = Number.POSITIVE_INFINITY;
    this.targetLine = undefined;
    this.pauseWanted = false;
    this.enteredHandler = undefined;
    this.enteredFunction = undefined;
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
        this.targetLine = resume;
        break;
      case 'run-to-tick':
        this.targetTick = resume.tick;
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
    if (pause) this.pauseWanted = true;
  }

  private intervene(): void {
    this.view.intervene();
  }

  /** Tells the trace what to look out for. */
  private watch(): void {
    const { trace, view } = this;
    if (trace === undefined) return;
    const lines = this.breakpoints.lineNumbers(this.isRunningToTick);
    if (this.targetLine !== undefined) lines.add(this.targetLine.line);
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
    const isAlert =
      stepping.isActive ||
      this.pauseWanted ||
      this.enteredHandler !== undefined ||
      this.enteredFunction !== undefined ||
      trace.ticks === 0;
    trace.callFrom = isAlert
      ? 0
      : Math.min(
          trace.ticks + LINES_BETWEEN_LOOKS,
          this.targetTick,
          this.view.interventions.nextTick,
        );
  }
}

const PAUSED: Cause = { reason: 'pause', description: 'Paused' };
