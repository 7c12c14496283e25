/** What an adapter knows between two messages: the client, its breakpoints, the run. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DebugEvents, DebugLaunch, DebugTarget } from '../debug-target.ts';
import type { Stop } from '../debugger-contract.ts';
import type { EngineId } from '../../vm/lua-vm.ts';
import { BreakpointRegistry } from './breakpoint-registry.ts';
import { clientLine } from './client-conventions.ts';
import { Cancellations } from './cancellations.ts';
import type { ClientConventions } from './client-conventions.ts';
import { DebuggedRun } from './debugged-run.ts';
import type { LaunchDefaults, ReadLaunch } from './launch-arguments.ts';
import { Outbox } from './outbox.ts';
import { OutputLimit } from './output-limit.ts';
import { RequestProblem } from './request-problem.ts';
import { RunEvents } from './run-events.ts';
import { RunSources } from './run-sources.ts';
import { SourcePaths } from './source-paths.ts';
import { stoppedBody } from './stop-bodies.ts';
import { ThreadNumbers } from './thread-numbers.ts';

/** What an adapter is built upon. */
export interface AdapterParts {
  readonly send: (message: DebugProtocol.Response | DebugProtocol.Event) => void;
  /** Rejects with one sentence for the person when there is nothing to run. */
  readonly createTarget: (launch: DebugLaunch, events: DebugEvents) => Promise<DebugTarget>;
  /** What a launch's arguments stand for, where a client says it in its own way. Throws a sentence. */
  readonly launchArguments?: (args: LaunchArguments) => LaunchArguments;
  /** Heard after the client took leave and was answered: nothing more will be sent. */
  readonly onDisconnected: () => void;
  readonly defaults: LaunchDefaults;
  /** Follows links; gives back what it got when there is nothing at that place. */
  readonly realPath: (path: string) => string;
  /** The bytes of a file, latin1-decoded; undefined when it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
  /** The lines with code of a text (its bytes, latin1-decoded); none when it does not compile. */
  readonly codeLines: (engine: EngineId, text: string) => readonly number[];
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

export type LaunchArguments = { readonly [name: string]: unknown };

type OutputBody = DebugProtocol.OutputEvent['body'];

interface OutputPlace {
  readonly file: string;
  readonly line: number;
}

export class DapSession {
  readonly parts: AdapterParts;
  readonly outbox: Outbox;
  readonly breakpoints: BreakpointRegistry;
  readonly threads = new ThreadNumbers();
  run: DebuggedRun | undefined;
  /** `configurationDone` came. */
  configured = false;
  /** How many were told of, so that each has a name of its own. */
  progresses = 0;
  readonly #limit: OutputLimit;
  readonly cancellations = new Cancellations();
  #client: ClientConventions | undefined;
  #opening = false;
  #lastOutput = '';
  #closed = false;

  constructor(parts: AdapterParts) {
    this.parts = parts;
    this.outbox = new Outbox(parts.send);
    this.breakpoints = new BreakpointRegistry((breakpoint) =>
      this.outbox.event('breakpoint', { reason: 'changed', breakpoint }),
    );
    this.#limit = new OutputLimit(parts.now);
  }

  get client(): ClientConventions {
    if (this.#client) return this.#client;
    throw new RequestProblem('The first request must be `initialize`.');
  }

  /** Throws when the client has not said yet who it is. */
  checkIntroduced(): void {
    if (!this.#client) throw new RequestProblem('The first request must be `initialize`.');
  }

  introduce(client: ClientConventions): void {
    if (this.#client) throw new RequestProblem('This session has been initialized already.');
    this.#client = client;
  }

  /** Between `launch` and its answer. */
  get opening(): boolean {
    return this.#opening;
  }

  launched(): DebuggedRun {
    if (!this.run) throw new RequestProblem('Nothing has been launched yet.', 'notStopped');
    if (this.run.state === 'over') throw new RequestProblem('The run is over.');
    return this.run;
  }

  stopped(): DebuggedRun {
    const run = this.launched();
    if (run.state === 'stopped') return run;
    if (run.state === 'configuring') {
      throw new RequestProblem('The run has not been started yet.', 'notStopped');
    }
    throw new RequestProblem('The script is running; pause it first.', 'notStopped');
  }

  /** Makes the target of a launch and gives it the breakpoints that are known so far. */
  async open(read: ReadLaunch): Promise<DebuggedRun> {
    this.#opening = true;
    this.configured = false;
    try {
      const events = new RunEvents(this);
      const target = await this.parts.createTarget(read.launch, events);
      if (this.#closed) {
        await target.terminate();
        throw new RequestProblem('The session was ended meanwhile.');
      }
      const { realPath, readFile } = this.parts;
      const sources = new RunSources({
        paths: new SourcePaths({ root: target.root, client: this.client, realPath }),
        entries: () => target.entries(),
        readFile,
        finished: read.launch.recording !== undefined,
      });
      const run = new DebuggedRun(read, target, sources);
      events.run = run;
      this.run = run;
      await this.breakpoints.apply(run);
      for (const breakpoint of this.breakpoints.all(this.client, run)) {
        this.outbox.event('breakpoint', { reason: 'changed', breakpoint });
      }
      return run;
    } finally {
      this.#opening = false;
    }
  }

  async start(run: DebuggedRun): Promise<void> {
    // What the client sent before must hold from the first line on.
    await this.breakpoints.apply(undefined);
    if (run.state !== 'configuring') return;
    run.state = 'running';
    try {
      await run.target.start();
    } catch (error) {
      this.over(run);
      throw error;
    }
  }

  /**
   * Lets a script that stands still go on by `how`. At the end of the run there is nowhere to go on
   * to, so that a person who tries is done with it.
   */
  async move(
    how: (run: DebuggedRun) => Promise<void>,
    direction: 'on' | 'anywhere' = 'anywhere',
  ): Promise<void> {
    const run = this.stopped();
    if (direction === 'on' && run.stop?.reason === 'end') {
      await this.terminate(run);
      return;
    }
    const stop = run.stop;
    run.state = 'running';
    try {
      await how(run);
    } catch (error) {
      run.staysAt(stop);
      throw error;
    }
  }

  async terminate(run: DebuggedRun): Promise<void> {
    run.ending = true;
    await run.target.terminate();
    this.over(run);
  }

  /** Nothing more is heard of the run. */
  async drop(): Promise<void> {
    const { run } = this;
    this.run = undefined;
    if (run && run.state !== 'over') await run.target.terminate();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.drop();
  }

  over(run: DebuggedRun): void {
    if (run.state === 'over') return;
    run.state = 'over';
    this.#remarkOnOutput();
    this.outbox.event('terminated');
  }

  showStop(run: DebuggedRun, stop: Stop): void {
    run.references.forget();
    run.state = 'stopped';
    run.stop = stop;
    this.#remarkOnOutput();
    const position = run.target.position();
    this.outbox.event('kumo/position', position);
    const thread = this.threads.numberOf(position.context, stop.thread);
    this.outbox.event('stopped', stoppedBody(stop, thread));
  }

  /** Something for the client's console, line end and all, with where it comes from. */
  output(
    category: NonNullable<OutputBody['category']>,
    text: string,
    place?: OutputPlace,
    data?: unknown,
  ): void {
    if (!this.#limit.admits()) return;
    this.#remarkOnOutput();
    this.#lastOutput = text.trimEnd();
    const located = place && this.run;
    const body: OutputBody = {
      category,
      output: text,
      ...(located
        ? {
            source: located.sources.sourceOf(place.file),
            line: clientLine(this.client, place.line),
          }
        : {}),
      ...(data === undefined ? {} : { data: data }),
    };
    this.outbox.event('output', body);
  }

  /** Why a run failed; what the script's own output said last is not said twice. */
  problem(sentence: string): void {
    if (this.#lastOutput !== sentence) this.output('important', `${sentence}\n`);
  }

  #remarkOnOutput(): void {
    const remark = this.#limit.takeRemark();
    if (remark !== undefined) {
      this.outbox.event('output', { category: 'console', output: `${remark}\n` });
    }
  }
}
