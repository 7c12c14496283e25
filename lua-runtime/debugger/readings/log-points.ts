/**
 * Print statements added afterwards: the log points of a debugger, which never stops, in a run that is
 * replayed. Whatever a log point of a live run can say, these say too, and in the same words.
 */
import { asideHost } from '../../kumod/aside-host.ts';
import type { RuntimeHost } from '../../kumod/runtime-contract.ts';
import type { EntryBody } from '../../recording/entries.ts';
import type { LuaState, LuaVm } from '../../vm/lua-vm.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebuggerPort,
  LineBreakpoint,
  LoggedLine,
  Resume,
  Stop,
} from '../debugger-contract.ts';
import { LuaDebugger } from '../lua-debugger.ts';
import type { LogPointReading, LogPointValue, ReadingRequest } from '../run-reading.ts';
import type { ContextProgress, ContextReading, Reading } from './reading.ts';

type LogPointsRequest = Extract<ReadingRequest, { kind: 'log-points' }>;
type LogPoint = LogPointsRequest['points'][number];

/** What came of one log point so far. */
class Collected {
  readonly point: LogPoint;
  passes = 0;
  line: number | undefined;
  problem: string | undefined;
  readonly values: LogPointValue[] = [];

  constructor(point: LogPoint) {
    this.point = point;
  }

  reading(notes: readonly string[]): LogPointReading {
    const problem = this.problem ?? notes[0];
    return {
      id: this.point.id,
      ...(this.line === undefined ? undefined : { line: this.line }),
      passes: this.passes,
      values: this.values,
      ...(problem === undefined ? undefined : { problem }),
    };
  }
}

export class LogPointsReading implements Reading<readonly LogPointReading[]> {
  readonly #collected: ReadonlyMap<number, Collected>;
  readonly #limit: number;

  constructor({ points, limit }: LogPointsRequest) {
    this.#collected = new Map(points.map((point) => [point.id, new Collected(point)]));
    this.#limit = limit;
  }

  readContext(progress: ContextProgress): ContextReading {
    return new ContextLogPoints(progress, this.#collected, this.#limit);
  }

  result(notes: readonly string[]): readonly LogPointReading[] {
    return [...this.#collected.values()].map((collected) => collected.reading(notes));
  }
}

class ContextLogPoints implements ContextReading, DebuggerPort {
  readonly #progress: ContextProgress;
  readonly #collected: ReadonlyMap<number, Collected>;
  readonly #limit: number;
  #debugger: LuaDebugger | undefined;
  /** One has its fill since the breakpoints were set: from here on it shall only count. */
  #hasFilled = false;
  #checked = 0;

  constructor(progress: ContextProgress, collected: ReadonlyMap<number, Collected>, limit: number) {
    this.#progress = progress;
    this.#collected = collected;
    this.#limit = limit;
  }

  librariesOpen(vm: LuaVm): void {
    const debug = new LuaDebugger({
      vm,
      port: this,
      readFile: (path) => this.#progress.sourceOf(path),
    });
    this.#debugger = debug;
    debug.attach({ breakpoints: this.#breakpoints(), interventions: this.#progress.interventions });
    this.placed(debug.setBreakpoints(this.#breakpoints()));
  }

  entry(entry: EntryBody): void {
    this.#debugger?.observe(entry);
  }

  around(host: RuntimeHost): RuntimeHost {
    return asideHost(host, () => this.#debugger?.isLooking ?? false);
  }

  uncaught(L: LuaState): void {
    this.#debugger?.uncaught(L);
  }

  logged({ breakpoint, tick, text }: LoggedLine): void {
    const collected = this.#collected.get(breakpoint);
    const { lastTick, context, message } = this.#progress;
    if (collected === undefined || tick > lastTick) return;
    collected.passes++;
    if (collected.values.length >= this.#limit) return;
    collected.values.push({
      context,
      tick,
      ...(message === undefined ? undefined : { message }),
      text,
    });
    if (collected.values.length === this.#limit) this.#hasFilled = true;
  }

  /** Only a condition that fails stops a log point. */
  stopped({ breakpoints, description }: Stop): Resume {
    for (const id of breakpoints) {
      const collected = this.#collected.get(id);
      if (collected !== undefined) collected.problem ??= description;
    }
    return { kind: 'continue' };
  }

  placed(places: readonly BreakpointPlace[]): void {
    for (const { id, line, message } of places) {
      const collected = this.#collected.get(id);
      if (collected === undefined) continue;
      if (line !== undefined) collected.line = line;
      const { file } = collected.point;
      const isLoaded = this.#progress.sourceOf(file) !== undefined;
      const problem = isLoaded ? message : `${file} was not loaded in this run.`;
      if (problem !== undefined) collected.problem ??= problem;
    }
  }

  /** Asked every now and then, not at each line. */
  wantsAttention(): boolean {
    const tick = this.#debugger?.tick ?? 0;
    this.#progress.check(tick - this.#checked);
    this.#checked = tick;
    return this.#hasFilled;
  }

  takeRequests(): ReturnType<DebuggerPort['takeRequests']> {
    if (!this.#hasFilled) return { pause: false };
    this.#hasFilled = false;
    return { pause: false, breakpoints: this.#breakpoints() };
  }

  intervened(): void {
    // A log point only looks.
  }

  #breakpoints(): BreakpointSet {
    const lines = [...this.#collected.values()].map(({ point, values }): LineBreakpoint => {
      const { id, file, line, condition, logMessage } = point;
      return {
        id,
        file,
        line,
        ...(condition === undefined ? undefined : { condition }),
        logMessage: values.length < this.#limit ? logMessage : '',
      };
    });
    return { lines, functions: [], events: [] };
  }
}
