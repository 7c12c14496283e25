/** The delivery runs of a workbench: starts, cancels, and leads what they give to its readers. */
import { BridgeError } from '../bridge/bridge-error.ts';
import type { MessageForm, RunState } from '../bridge/runs.ts';
import type { ConsoleStream } from './console-stream.ts';
import type { DeliveryHistory } from './delivery-history.ts';
import { deliveryRowOf } from './delivery-row.ts';
import { DeliveryRun } from './delivery-run.ts';
import type { EventStream } from './event-stream.ts';
import { HandlerCounts } from './language/handler-counts.ts';
import type { WorkspaceLanguage } from './language/workspace-language.ts';
import { createMessageFactory, messageSourceOf } from './message-form.ts';
import type { PublishedNames } from './published-names.ts';
import type { PolicySource } from './policy-source.ts';
import type { RunBroker } from './run-broker.ts';
import { RunProgress } from './run-progress.ts';

const RUNS_AT_ONCE = 8;

export interface RunRequest {
  readonly form: MessageForm;
  readonly count: number;
  readonly seconds?: number | undefined;
  readonly sessions: number;
  readonly policy: PolicySource;
  readonly broker: RunBroker;
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
  readonly #running = new Map<string, { readonly run: DeliveryRun; readonly end: Promise<void> }>();
  #lastRun = 0;

  constructor(readers: RunReaders) {
    this.#readers = readers;
  }

  /** Starts and answers at once; throws for a form that makes no message. */
  start({ form, count, seconds, sessions, policy, broker }: RunRequest): string {
    if (this.#running.size >= RUNS_AT_ONCE) {
      throw new BridgeError('refused', `${RUNS_AT_ONCE} runs are going on; cancel one first.`);
    }
    if (policy.policyFile === '') {
      throw new BridgeError('refused', 'The folder has no policy yet; create init.lua first.');
    }
    const runId = `run-${++this.#lastRun}`;
    const seed = Math.floor(Math.random() * 0xffff_ffff);
    const { history, console, published, language } = this.#readers;
    const handlers = new HandlerCounts();
    const progress = new RunProgress({ count, seconds });
    const goal = { runId, total: count, ...(seconds === undefined ? {} : { seconds }) };
    const run = new DeliveryRun({
      runId,
      policy,
      seed,
      queue: form.queue,
      count,
      seconds,
      sessions,
      makeMessage: createMessageFactory(messageSourceOf(form), seed),
      broker,
      onEntry: (entry) => {
        if (entry.message === undefined) history.addShared(runId, entry);
        console.addEntry(entry);
        handlers.add(entry);
      },
      onFinished: ({ message, told, entries }) => {
        history.add(deliveryRowOf(runId, message, told, entries), entries);
        published.add(runId, entries);
        this.tellDeliveries();
        this.#tellRun(runId, () => ({
          ...goal,
          done: run.done,
          ...progress.now(run.done),
          state: 'running',
        }));
      },
    });
    const end = run.run().then(({ state, done, problem, summary }) => {
      this.#running.delete(runId);
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
      this.#tellRun(runId, () => ended);
    });
    this.#running.set(runId, { run, end });
    this.#tellRun(runId, () => ({ ...goal, done: 0, ...progress.now(0), state: 'running' }));
    return runId;
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
