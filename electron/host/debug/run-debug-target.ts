/** A debugged run behind the `DebugTarget` contract. */
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswers,
  DebugQuery,
  LoggedLine,
  Resume,
  RunPosition,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type {
  Cancellation,
  DebugEvents,
  DebugLaunch,
  DebugTarget,
} from '../../../lua-runtime/debugger/debug-target.ts';
import type { RunReading } from '../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { ScriptWhereabouts } from '../worker/worker-contract.ts';
import type { DebugParts } from './debug-parts.ts';
import { DebugRecording } from './debug-recording.ts';
import type { Mark } from './debug-recording.ts';
import { Past } from './past.ts';
import { Present } from './present.ts';
import { readInWorker } from './read-in-worker.ts';
import { Stage } from './stage.ts';
import { TimeTravel } from './time-travel.ts';

/** How long a pause is awaited before it is said that the script cannot be paused. */
const PAUSE_WITHIN_MS = 500;
/** The thread starts and compiles the policy, which has no line yet to stop at. */
const BEGINS_WITHIN_MS = 20_000;

export class RunDebugTarget implements DebugTarget {
  readonly root: string;
  readonly #launch: DebugLaunch;
  readonly #entries: readonly Entry[] | undefined;
  readonly #recording = new DebugRecording();
  readonly #stage: Stage;
  readonly #present: Present;
  readonly #past: Past;
  readonly #travel: TimeTravel;
  readonly #terminated = new AbortController();
  #breakpoints: BreakpointSet = NO_BREAKPOINTS;

  constructor(launch: DebugLaunch, events: DebugEvents, parts: DebugParts) {
    const { policy, entries } = parts;
    const recording = this.#recording;
    const breakpoints = () => this.#breakpoints;
    this.root = policy.workspaceRoot;
    this.#launch = launch;
    this.#entries = entries;
    const stage = new Stage(events, recording, () => void this.#past.end());
    this.#stage = stage;
    const replay = {
      engine: policy.engine,
      memoryBytes: policy.limits.memoryBytes,
      workspaceRoot: policy.workspaceRoot,
      onLogged: (context: number, line: LoggedLine) => stage.tellLogged(context, line),
    };
    this.#past = new Past(replay, recording);
    this.#travel = new TimeTravel({
      stage,
      past: this.#past,
      present: () => this.#present,
      recording,
      breakpoints,
      stopOnEnd: launch.stopOnEnd === true,
    });
    this.#present = new Present(
      {
        launch,
        parts,
        events,
        stage,
        recording,
        breakpoints,
        onStanding: () => this.#past.update(),
        showOutside: (stop) => this.#travel.showOutside(stop),
        onOver: () => this.#runIsOver(),
      },
      entries !== undefined,
    );
  }

  async setBreakpoints(set: BreakpointSet): Promise<readonly BreakpointPlace[]> {
    this.#breakpoints = set;
    this.#present.setBreakpoints(set);
    if (this.#stage.phase === 'ended') return placesAfterEnd(set);
    const places = await this.#past.place(set);
    this.#stage.knowPlaces(places);
    return places;
  }

  async start(): Promise<void> {
    this.#stage.begin();
    try {
      if (this.#entries === undefined) await this.#present.start();
      else await this.#startRecording(this.#entries);
    } catch (error) {
      await this.#past.end();
      throw error;
    }
  }

  async ask<K extends DebugQuery['kind']>(
    query: Extract<DebugQuery, { kind: K }>,
  ): Promise<DebugAnswers[K]> {
    const shown = this.#stage.standing();
    const { channel } = this.#present;
    if (shown.isLive && channel !== undefined) return channel.ask(query);
    const { worker } = this.#past;
    try {
      return await worker.ask(query);
    } catch (error) {
      // The past can be run to once more.
      if (worker.hangs && this.#stage.shown === shown) {
        this.#travel.showAgain(shown).catch((problem: unknown) => this.#stage.say(problem));
      }
      throw error;
    }
  }

  async resume(resume: Resume): Promise<void> {
    const shown = this.#stage.standing();
    if (shown.isLive) this.#present.resume(resume);
    else this.#travel.resume(shown, resume);
  }

  async pause(): Promise<void> {
    const { phase, isInPast } = this.#stage;
    if (phase === 'stopped') return;
    if (phase === 'ended') this.#stage.standing();
    const rests = this.#stage.restsWithin(PAUSE_WITHIN_MS);
    const runner = isInPast ? this.#past.worker : this.#present;
    runner.pause();
    if (await rests) return;
    if (isYetToBegin(runner.whereabouts()) && (await this.#stage.restsWithin(BEGINS_WITHIN_MS))) {
      return;
    }
    const where = runner.whereabouts();
    const { position } = where ?? {};
    const place = position === undefined ? '' : ` at ${position.file}:${position.line}`;
    throw new Error(
      where?.isRunning === true
        ? `The script does not come to its next line: it is in ${where.during}${place}, inside one function of Lua, which cannot be paused. It stops at its next line; it can be ended at any time.`
        : 'The script waits for an answer from outside; it stops at its next line.',
    );
  }

  async stepBack(): Promise<void> {
    const shown = this.#stage.standing();
    await this.#travel.goBack(shown, { kind: 'step-back', from: shown.tick });
  }

  async reverseContinue(): Promise<void> {
    const shown = this.#stage.standing();
    const breakpoints = this.#breakpoints;
    await this.#travel.goBack(shown, { kind: 'breakpoint', from: shown.tick, breakpoints });
  }

  async runBackToLastChange({
    ref,
    name,
  }: {
    readonly ref: number;
    readonly name: string;
  }): Promise<void> {
    const shown = this.#stage.standing();
    const variable = await this.ask<'locate'>({ kind: 'locate', ref, name });
    await this.#travel.goBack(shown, { kind: 'last-change', from: shown.tick, variable });
  }

  async seek(tick: number): Promise<void> {
    await this.#travel.seek(this.#stage.standing(), tick);
  }

  position(): RunPosition {
    const { context, shown, isInPast } = this.#stage;
    const last = this.#recording.lastTick(context);
    return { context, tick: shown?.tick ?? last, last, live: !isInPast };
  }

  async marks(): Promise<readonly Mark[]> {
    return this.#recording.marks(this.#stage.context);
  }

  async read<R>(reading: RunReading<R>, cancellation?: Cancellation): Promise<R> {
    const cancelled = new AbortController();
    cancellation?.onCancelled(() => cancelled.abort());
    const { newestContext } = this.#recording;
    // A script that is still at work is read up to where it stands.
    const lastTicks = this.#present.isOver
      ? undefined
      : new Map([[newestContext, this.#recording.lastTick(newestContext)]]);
    const result: unknown = await readInWorker(this.#recording.entries, reading, {
      ...(lastTicks === undefined ? {} : { lastTicks }),
      signal: AbortSignal.any([this.#terminated.signal, cancelled.signal]),
    });
    return result as R;
  }

  entries(): readonly Entry[] {
    return this.#recording.entries;
  }

  async terminate(): Promise<void> {
    this.#stage.close();
    this.#terminated.abort();
    await Promise.all([this.#past.end(), this.#present.terminate()]);
    this.#stage.end(this.#present.end);
  }

  async #startRecording(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.#recording.add(entry);
    const [context] = this.#recording.contexts;
    if (context === undefined) {
      throw new Error('No script ran in this recording, so there is nothing to debug in it.');
    }
    await this.#travel.begin(context, this.#launch.stopOnEntry === true);
  }

  async #runIsOver(): Promise<void> {
    const { end } = this.#present;
    if (this.#stage.isClosed || this.#launch.stopOnEnd !== true) {
      this.#stage.end(end);
      return;
    }
    this.#stage.exit(end);
    try {
      await this.#travel.showEnd();
    } catch (error) {
      this.#stage.say(error);
      this.#stage.end(end);
    }
  }
}

function placesAfterEnd({ lines, functions, events }: BreakpointSet): BreakpointPlace[] {
  const message = 'The run is over.';
  return [...lines, ...functions, ...events].map(({ id }) => ({ id, verified: false, message }));
}

/** No line was run yet. */
function isYetToBegin(where: ScriptWhereabouts | undefined): boolean {
  return where === undefined || (where.position === undefined && /^(load)?$/.test(where.during));
}
