/** The delivery runs of a workbench: starts, cancels, and leads what they give to its readers. */
import { BridgeError } from '../bridge/bridge-error.ts';
import type { DeliveryRow } from '../bridge/deliveries.ts';
import type { RunState } from '../bridge/runs.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import type { ConsoleStream } from './console-stream.ts';
import type { DeliveryHistory } from './delivery-history.ts';
import { deliveryRowOf } from './delivery-row.ts';
import { DeliveryRun } from './delivery-run.ts';
import type { RunEnd } from './delivery-run.ts';
import type { EventStream } from './event-stream.ts';
import { HandlerCounts } from './language/handler-counts.ts';
import type { WorkspaceLanguage } from './language/workspace-language.ts';
import { createMessageFactory } from './message-form.ts';
import type { MessageSource } from './message-form.ts';
import type { PublishedNames } from './published-names.ts';
import type { PolicySource } from './policy-source.ts';
import type { RunBroker } from './run-broker.ts';
import { placedEntry } from './scenarios/placed-recording.ts';
import type { Place } from './scenarios/placed-recording.ts';
import { RunProgress } from './run-progress.ts';

const RUNS_AT_ONCE = 8;

export interface RunRequest {
  readonly source: MessageSource;
  readonly count: number;
  readonly seconds?: number | undefined;
  readonly sessions: number;
  readonly policy: PolicySource;
  readonly broker: RunBroker;
  /** Default: any. */
  readonly seed?: number | undefined;
  /**
   * Somebody else than the form started it: it is in the history and the console, and neither the
   * form's progress nor what the editor and the broker's panel tell of the last run.
   */
  readonly scenario?: ScenarioListener | undefined;
}

export interface ScenarioListener {
  /** Where its files are, when they are not in the opened folder itself. */
  readonly place: Place | undefined;
  readonly onEntry: (entry: Entry) => void;
  readonly onRow: (row: DeliveryRow) => void;
}

export interface StartedRun {
  readonly runId: string;
  readonly ended: Promise<RunEnd>;
  cancel(): void;
}

export interface RunReaders {
  readonly events: EventStream;
  readonly console: ConsoleStream;
  readonly history: DeliveryHistory;
  readonly published: PublishedNames;
  readonly language: Pick<WorkspaceLanguage, 'runEnded'>;
}

export class RunManager {
  readonly #readers: RunReaders;
  readonly #running = new Map<
    string,
    { readonly run: DeliveryRun; readonly end: Promise<RunEnd> }
  >();
  #lastRun = 0;
  /** How the form's last run is now, and the folder whose policy it runs. */
  #latest: { readonly root: string; readonly state: () => RunState } | undefined;

  constructor(readers: RunReaders) {
    this.#readers = readers;
  }

  /** Starts and answers at once; throws for a form that makes no message. */
  start(request: RunRequest): StartedRun {
    const { source, count, seconds, sessions, policy, broker, scenario } = request;
    if (this.#running.size >= RUNS_AT_ONCE) {
      throw new BridgeError('refused', `${RUNS_AT_ONCE} runs are going on; cancel one first.`);
    }
    if (policy.policyFile === '') {
      throw new BridgeError('refused', 'The folder has no policy yet; create init.lua first.');
    }
    const runId = `run-${++this.#lastRun}`;
    const { seed = Math.floor(Math.random() * 0xffff_ffff) } = request;
    const { history, console, published, language } = this.#readers;
    const handlers = new HandlerCounts();
    const progress = new RunProgress({ count, seconds });
    const goal = { runId, total: count, ...(seconds === undefined ? {} : { seconds }) };
    let stateNow = (): RunState => ({
      ...goal,
      done: run.done,
      ...progress.now(run.done),
      state: 'running',
    });
    const run = new DeliveryRun({
      runId,
      policy,
      seed,
      queue: source.queue,
      count,
      seconds,
      sessions,
      makeMessage: createMessageFactory(source, seed),
      broker,
      onEntry: (entry) => {
        if (entry.message === undefined) history.addShared(runId, entry);
        console.addEntry(scenario?.place ? placedEntry(entry, scenario.place) : entry);
        if (scenario) scenario.onEntry(entry);
        else handlers.add(entry);
      },
      onFinished: ({ message, told, entries }) => {
        const row = history.add(deliveryRowOf(runId, message, told, entries), entries);
        this.tellDeliveries();
        scenario?.onRow(row);
        if (scenario) return;
        published.add(runId, entries);
        this.#tellRun(runId, stateNow);
      },
    });
    const end = run.run().then((end) => {
      const { state, done, problem, summary } = end;
      this.#running.delete(runId);
      if (scenario) return end;
      language.runEnded(policy.workspaceRoot, runId, done, handlers.lastRun);
      if (problem !== undefined) console.say('error', problem);
      const told = problem === undefined ? {} : { problem };
      const ended: RunState = {
        ...goal,
        done,
        ...progress.now(done),
        state,
        ...told,
        ...(summary === undefined ? {} : { summary }),
      };
      stateNow = () => ended;
      this.#tellRun(runId, stateNow);
      return end;
    });
    this.#running.set(runId, { run, end });
    if (!scenario) {
      this.#latest = { root: policy.workspaceRoot, state: () => stateNow() };
      this.#tellRun(runId, stateNow);
    }
    return { runId, ended: end, cancel: () => run.cancel() };
  }

  /** The form's last run of a policy of this folder, if that was the last one of all. */
  latestIn(root: string): RunState | undefined {
    return this.#latest?.root === root ? this.#latest.state() : undefined;
  }

  cancel(runId: string): void {
    this.#running.get(runId)?.run.cancel();
  }

  get runningIds(): ReadonlySet<string> {
    return new Set(this.#running.keys());
  }

  /** Tells the shell at the end of this frame how the history is now. */
  tellDeliveries(): void {
    this.#readers.events.emitThisFrame('deliveries', () => ({
      counts: this.#readers.history.counts(),
    }));
  }

  /** Cancels all and waits until they have ended. */
  async close(): Promise<void> {
    for (const { run } of this.#running.values()) run.cancel();
    await Promise.all([...this.#running.values()].map(({ end }) => end));
  }

  #tellRun(runId: string, state: () => RunState): void {
    this.#readers.events.emitThisFrame('run', state, runId);
  }
}
