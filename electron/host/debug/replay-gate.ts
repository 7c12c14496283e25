/**
 * Keeps a replay within its recording: what lies behind the newest tick has not happened, and the end
 * of a run is shown as a stop.
 */
import type { ReverseSearch } from '../../../lua-runtime/debugger/reverse-search.ts';
import type {
  DebugQuery,
  Stop,
  StopReason,
  Tick,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { AnswerQuery, PortGate } from './blocking-port.ts';
import type { ReplayPass } from './replay-pass.ts';
import type { ReplayEnd, ReplayStart } from './replay-messages.ts';

/** What a search before the replay found. */
export interface SearchResult {
  readonly search: ReverseSearch;
  readonly found: Tick | undefined;
}

export interface ReplayGateParts {
  readonly start: ReplayStart;
  readonly result: SearchResult | undefined;
  readonly pass: () => ReplayPass;
  /** Where the script is now. */
  readonly tick: () => number;
}

export class ReplayGate implements PortGate {
  readonly #parts: ReplayGateParts;
  #end: ReplayEnd = { kind: 'done' };
  #isEndShown = false;
  #isArrived = false;

  constructor(parts: ReplayGateParts) {
    this.#parts = parts;
  }

  /** Why the pass is over. */
  get end(): ReplayEnd {
    return this.#end;
  }

  /** Whether the end of the run is still to be shown. */
  get owesEnd(): boolean {
    const { kind } = this.#parts.start.limit;
    return !this.#isEndShown && (kind === 'show-end' || kind === 'cut-off');
  }

  get endDescription(): string {
    const { limit } = this.#parts.start;
    return 'description' in limit ? limit.description : 'The recording ends here.';
  }

  isClosed(): boolean {
    const pass = this.#parts.pass();
    if (pass.isLeft || this.#isEndShown) return true;
    const { limit } = this.#parts.start;
    switch (limit.kind) {
      case 'frontier':
        return this.#parts.tick() > limit.tick;
      case 'show-end':
        return this.#parts.tick() >= limit.tick;
      case 'cut-off':
        return pass.isAtEnd;
      case 'none':
        return false;
    }
  }

  passed(): void {
    this.#parts.pass().throwIfLeft();
    if (this.#isEndShown) this.#leaveWith({ kind: 'done' });
    if (this.#parts.start.limit.kind === 'frontier') this.#leaveWith({ kind: 'frontier' });
  }

  stopping(stop: Stop): Stop {
    this.#parts.pass().throwIfLeft();
    const { limit } = this.#parts.start;
    if (limit.kind === 'frontier' && stop.tick >= limit.tick) {
      this.#leaveWith({ kind: 'frontier', stop });
    }
    if (stop.reason === 'end' || this.#isEnd(stop)) {
      this.#isEndShown = true;
      return { ...stop, reason: 'end', description: this.endDescription };
    }
    const isFirst = !this.#isArrived;
    this.#isArrived = true;
    const { result } = this.#parts;
    return result !== undefined && isFirst && stop.reason === 'goto'
      ? this.#arrival(stop, result)
      : stop;
  }

  /** Whether the end is reached, which is more than any other reason to stop there. */
  #isEnd({ reason }: Stop): boolean {
    if (!this.owesEnd || !this.isClosed()) return false;
    if (reason === 'pause' || reason === 'goto') return true;
    // A script that was cut off may go on for ever, and pass its breakpoints again and again.
    const isPlace =
      reason === 'breakpoint' || reason === 'step' || reason === 'function-breakpoint';
    return isPlace && this.#parts.start.limit.kind === 'cut-off';
  }

  leave(): never {
    return this.#leaveWith({ kind: 'left' });
  }

  answer(query: DebugQuery, answer: AnswerQuery): ReturnType<AnswerQuery> {
    if (query.kind === 'set-variable') return { ok: false, error: PAST };
    if (query.kind !== 'evaluate' || query.context !== 'repl') return answer(query);
    // Looking at something is fine; the debugger says what would change it, and to use the console.
    const looked = answer({ ...query, context: 'watch' });
    return looked.ok || !/\b(?:Use|in) the console\b/.test(looked.error)
      ? looked
      : { ok: false, error: PAST };
  }

  /** The script wants to do more than is recorded. */
  reachedEnd(): never {
    if (this.#parts.start.limit.kind === 'frontier') this.#leaveWith({ kind: 'frontier' });
    return this.#leaveWith({ kind: 'done' });
  }

  #arrival(stop: Stop, { search, found }: SearchResult): Stop {
    if (found === undefined) {
      return { ...stop, reason: 'start', description: 'There is nothing earlier in this context.' };
    }
    return {
      ...stop,
      reason: FOUND[search.kind],
      description: DESCRIPTION[search.kind],
      breakpoints: search.kind === 'breakpoint' ? this.#breakpointsAt(stop) : [],
    };
  }

  #breakpointsAt({ location }: Stop): number[] {
    return this.#parts.start.breakpoints.lines
      .filter(({ file, line }) => file === location?.file && line === location.line)
      .map(({ id }) => id);
  }

  #leaveWith(end: ReplayEnd): never {
    const pass = this.#parts.pass();
    if (!pass.isLeft) this.#end = end;
    return pass.leave();
  }
}

const PAST = 'The past cannot be changed; continue to the newest line first.';

const FOUND: { readonly [K in ReverseSearch['kind']]: StopReason } = {
  'step-back': 'step',
  breakpoint: 'breakpoint',
  'last-change': 'step',
};

const DESCRIPTION: { readonly [K in ReverseSearch['kind']]: string } = {
  'step-back': 'Step back',
  breakpoint: 'The newest breakpoint before',
  'last-change': 'The line that gave the variable its value',
};
