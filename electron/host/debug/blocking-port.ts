/**
 * How the debugger in a script's thread speaks with the host: a stop blocks the thread, and the script
 * in it, until the host says how to go on.
 */
import type { LuaDebugger } from '../../../lua-runtime/debugger/lua-debugger.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswer,
  DebuggerPort,
  DebugQuery,
  Intervention,
  LoggedLine,
  Resume,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { CommandInbox } from './command-inbox.ts';
import type { DebugReport } from './debug-messages.ts';

export interface BlockingPortParts {
  readonly inbox: CommandInbox;
  readonly post: (report: DebugReport) => void;
  /** Runs a wait, and what is evaluated in it, off the script's clock. */
  readonly standStill: <T>(wait: () => T) => T;
  readonly intervened: (intervention: Intervention) => void;
  /** Of a replay. */
  readonly gate?: PortGate;
}

/** Where a replay ends that must not go further than its recording. */
export interface PortGate {
  /** Asked while the script runs, often. */
  readonly isClosed: () => boolean;
  /** The gate is closed: asks for a pause by returning, or leaves the script by throwing. */
  readonly passed: () => void;
  /** A stop as it is to be shown. May leave the script by throwing. */
  readonly stopping: (stop: Stop) => Stop;
  /** The host wants the script left: throws. */
  readonly leave: () => never;
  /** A question, to be answered by `answer` or not at all. */
  readonly answer: (query: DebugQuery, answer: AnswerQuery) => ReturnType<AnswerQuery>;
}

export type AnswerQuery = (query: DebugQuery) => DebugAnswer<DebugQuery['kind']>;

export class BlockingPort implements DebuggerPort {
  readonly #parts: BlockingPortParts;
  #debugger: LuaDebugger | undefined;
  #isAnswering = false;

  constructor(parts: BlockingPortParts) {
    this.#parts = parts;
  }

  /** The debugger that this is the port of. */
  serve(debug: LuaDebugger): void {
    this.#debugger = debug;
  }

  /** Whether a question is being answered: whatever runs now was asked for by a person. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  stopped(stop: Stop, answer: AnswerQuery): Resume {
    const shown = this.#parts.gate?.stopping(stop) ?? stop;
    this.#parts.post({ kind: 'stopped', stop: shown });
    return this.#parts.standStill(() => {
      for (;;) {
        const command = this.#parts.inbox.wait();
        switch (command.kind) {
          case 'ask':
            this.#answer(command.id, command.query, answer);
            break;
          case 'breakpoints':
            this.placed(this.#debugger?.setBreakpoints(command.set) ?? []);
            break;
          case 'resume':
            return command.resume;
          case 'leave':
            this.#parts.gate?.leave();
            break;
          case 'pause':
            // It stands still already.
            break;
        }
      }
    });
  }

  wantsAttention(): boolean {
    return this.#parts.inbox.hasNews || this.#parts.gate?.isClosed() === true;
  }

  takeRequests(): { readonly pause: boolean; readonly breakpoints?: BreakpointSet } {
    let pause = false;
    let breakpoints: BreakpointSet | undefined;
    for (let command = this.#parts.inbox.take(); command; command = this.#parts.inbox.take()) {
      switch (command.kind) {
        case 'pause':
          pause = true;
          break;
        case 'breakpoints':
          breakpoints = command.set;
          break;
        case 'leave':
          this.#parts.gate?.leave();
          break;
        case 'ask':
          this.#refuse(command.id);
          break;
        case 'resume':
          // Meant for a stop that is over.
          break;
      }
    }
    if (this.#parts.gate?.isClosed() === true) {
      this.#parts.gate.passed();
      pause = true;
    }
    return { pause, ...(breakpoints === undefined ? {} : { breakpoints }) };
  }

  logged(line: LoggedLine): void {
    this.#parts.post({ kind: 'logged', line });
  }

  placed(places: readonly BreakpointPlace[]): void {
    this.#parts.post({ kind: 'placed', places });
  }

  intervened(intervention: Intervention): void {
    this.#parts.intervened(intervention);
  }

  #answer(id: number, query: DebugQuery, answer: AnswerQuery): void {
    this.#isAnswering = true;
    try {
      const { gate, post } = this.#parts;
      post({ kind: 'answer', id, answer: gate?.answer(query, answer) ?? answer(query) });
    } finally {
      this.#isAnswering = false;
    }
  }

  #refuse(id: number): void {
    const error = 'The script is running; pause it first.';
    this.#parts.post({ kind: 'answer', id, answer: { ok: false, error } });
  }
}
