import type { DebugEvents } from '../debug-target.ts';
import type { DapSession } from './dap-session.ts';
import type { DebuggedRun } from './debugged-run.ts';
import { entryOutput } from './entry-output.ts';

/** What a target says, for the client; of a run that was dropped nothing is passed on. */
export class RunEvents implements DebugEvents {
  readonly #session: DapSession;
  /** Unset while the target is being made. */
  run: DebuggedRun | undefined;

  constructor(session: DapSession) {
    this.#session = session;
  }

  #current(): DebuggedRun | undefined {
    return this.run && this.#session.run === this.run && this.run.state !== 'over'
      ? this.run
      : undefined;
  }

  readonly stopped: DebugEvents['stopped'] = (stop) => {
    const run = this.#current();
    if (run && !run.ending) this.#session.showStop(run, stop);
  };

  readonly continued: DebugEvents['continued'] = () => {
    const run = this.#current();
    // What the client itself asked for needs no event (DAP, "Continued").
    if (run?.state !== 'stopped') return;
    run.state = 'running';
    const thread = run.stop?.thread ?? 1;
    this.#session.outbox.event('continued', {
      threadId: this.#session.threads.numberOf(run.target.position().context, thread),
      allThreadsContinued: true,
    });
  };

  readonly output: DebugEvents['output'] = ({ category, text, location }) => {
    if (!this.run || this.#current()) this.#session.output(category, text, location);
  };

  readonly logged: DebugEvents['logged'] = ({ text, location }) => {
    if (this.#current()) this.#session.output('console', `${text}\n`, location);
  };

  readonly entry: DebugEvents['entry'] = (entry) => {
    const run = this.#current();
    if (!run) return;
    if (entry.kind === 'file') {
      const source = run.sources.sourceOf(entry.path);
      this.#session.outbox.event('loadedSource', { reason: 'new', source });
      return;
    }
    const output = entryOutput(entry);
    if (output) this.#session.output('console', output.text, entry.location, output.data);
  };

  readonly placed: DebugEvents['placed'] = (places) => {
    const run = this.#current();
    if (run) this.#session.breakpoints.placed(places, this.#session.client, run);
  };

  readonly exited: DebugEvents['exited'] = ({ exitCode, problem }) => {
    if (!this.#current()) return;
    if (problem !== undefined) this.#session.problem(problem);
    this.#session.outbox.event('exited', { exitCode });
  };

  readonly ended: DebugEvents['ended'] = () => {
    const run = this.#current();
    if (run) this.#session.over(run);
  };
}
