/**
 * One run: a policy, a queue, messages, a broker. Resolves the queue, opens sessions as kumod does
 * (each a Lua context of its own), shares the messages among them and writes the recording.
 */
import { notDeliverableReason } from '../../lua-runtime/kumod/ready-queue.ts';
import { seededUuid } from '../../lua-runtime/kumod/message-id.ts';
import type { AttemptOutcome, MessageInput } from '../../lua-runtime/kumod/runtime-contract.ts';
import { KUMOMTA_VERSION } from '../../lua-runtime/kumo/install-kumo.ts';
import type { Entry, QueueResolution, SummaryEntry } from '../../lua-runtime/recording/entries.ts';
import { AttemptCompletion } from './attempt-completion.ts';
import type { FinishedDelivery } from './attempt-completion.ts';
import { ChunkPace } from './chunk-pace.ts';
import { brokerOfRun } from './run-broker.ts';
import type { RunBroker } from './run-broker.ts';
import { outcomeOfLimit } from './limit-outcome.ts';
import type { MessageFactory } from './message-form.ts';
import { MessageSupply } from './message-supply.ts';
import { failureSentence } from './policy-failure.ts';
import type { PolicySource } from './policy-source.ts';
import { RunContexts } from './run-contexts.ts';
import { RunProblem } from './run-problem.ts';
import { RunRecording } from './run-recording.ts';
import { RunSummary } from './run-summary.ts';
import { PolicyWorkerEnded } from './worker/worker-contract.ts';
import type { PolicyWorker, PolicyWorkerOptions } from './worker/worker-contract.ts';

/** A script that runs into its limit this often in a row will do so for every message. */
const LIMITS_IN_A_ROW = 3;

export interface DeliveryRunOptions {
  readonly runId: string;
  readonly policy: PolicySource;
  readonly seed: number;
  readonly queue: string;
  /** How many messages; when `seconds` is given, the most. */
  readonly count: number;
  /** Until when messages are begun, counted from the first. */
  readonly seconds?: number | undefined;
  readonly sessions: number;
  readonly makeMessage: MessageFactory;
  readonly broker: RunBroker;
  /** Every entry of the recording, in order. */
  readonly onEntry: (entry: Entry) => void;
  /** A message ended; its record is the last of its entries. */
  readonly onFinished: (delivery: FinishedDelivery) => void;
  /** How Lua contexts are started; default: `startPolicyWorker`. */
  readonly startWorker?: (options: PolicyWorkerOptions) => PolicyWorker;
  /**
   * Somebody follows the run step by step: a message begins only after the one before has ended and
   * this has resolved, and no context is started ahead.
   */
  readonly betweenMessages?: () => Promise<void>;
}

export interface RunEnd {
  readonly state: 'finished' | 'cancelled' | 'failed';
  /** Messages that ended in a record. */
  readonly done: number;
  /** Absent when the run had no messages to deliver. */
  readonly summary?: SummaryEntry;
  /** Why it failed, as a sentence. */
  readonly problem?: string;
  /** The workbench itself failed. */
  readonly bug?: true;
}

export class DeliveryRun {
  readonly #options: DeliveryRunOptions;
  readonly #recording: RunRecording;
  readonly #supply: MessageSupply;
  readonly #contexts: RunContexts;
  readonly #summary = new RunSummary();
  #sessions = 0;
  #limitsInARow = 0;
  #done = 0;
  #stopped = false;
  #cancelled = false;

  constructor(options: DeliveryRunOptions) {
    this.#options = options;
    this.#recording = new RunRecording(options.onEntry);
    this.#supply = new MessageSupply(options.makeMessage, options.count, options.sessions);
    this.#contexts = new RunContexts({ ...options, recording: this.#recording });
  }

  get done(): number {
    return this.#done;
  }

  /** Call once. Never rejects for what a policy or a broker does. */
  async run(): Promise<RunEnd> {
    this.#addRunEntry();
    const began = performance.now();
    let problem: Pick<RunEnd, 'problem' | 'bug'> | undefined;
    try {
      await this.#deliverAll();
    } catch (error) {
      if (!this.#cancelled) problem = problemOf(error);
    } finally {
      this.#stopped = true;
      await this.#contexts.terminateAll();
      await this.#contexts.amqp.close(this.#cancelled ? 'abandon' : 'drain');
    }
    const summary = this.#summaryEntry(performance.now() - began);
    this.#recording.add(summary);
    this.#recording.add({
      kind: 'end',
      at: now(),
      messages: this.#done,
      ...(this.#cancelled ? { cancelled: true as const } : {}),
    });
    const done = this.#done;
    if (problem) return { state: 'failed', done, summary, ...problem };
    return { state: this.#cancelled ? 'cancelled' : 'finished', done, summary };
  }

  /** Ends the scripts at once; what the broker has not answered yet ends as unconfirmed. */
  cancel(): void {
    this.#cancelled = true;
    this.#stopped = true;
    void this.#contexts.terminateAll();
    void this.#contexts.amqp.close('abandon');
  }

  async #deliverAll(): Promise<void> {
    const { queue, sessions, count, seconds } = this.#options;
    const first = await this.#contexts.start();
    const resolution = (await first.resolve([queue]))[0];
    if (!resolution) throw new Error('The worker answered no resolution.');
    if (resolution.error) throw new RunProblem(failureSentence(resolution.error));
    const reason = notDeliverableReason(resolution);
    if (reason !== undefined) throw new RunProblem(reason);

    const timer =
      seconds === undefined ? undefined : setTimeout(() => this.#supply.end(), seconds * 1000);
    const all = Array.from({ length: Math.min(sessions, count) }, (_, index) =>
      this.#keepSessionOpen(resolution, index === 0 ? first : undefined),
    );
    const ended = await Promise.allSettled(all);
    clearTimeout(timer);
    const failed = ended.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Opens one session after the other, as kumod does when one ends and messages are left. */
  async #keepSessionOpen(resolution: QueueResolution, first?: PolicyWorker): Promise<void> {
    let worker = first;
    try {
      while (!this.#stopped && this.#supply.remaining > 0) {
        const context = worker ?? (await this.#contexts.start());
        await this.#runSession(context, resolution);
        worker = await this.#nextContext(context);
      }
    } catch (error) {
      // The other sessions must not go on in a run that has failed.
      this.#stopped = true;
      void this.#contexts.terminateAll();
      throw error;
    }
  }

  /** For the next session, when there is one; undefined also when the thread is gone. */
  async #nextContext(used: PolicyWorker): Promise<PolicyWorker | undefined> {
    if (this.#stopped || this.#supply.remaining === 0) return undefined;
    return await this.#contexts.renew(used);
  }

  async #runSession(worker: PolicyWorker, resolution: QueueResolution): Promise<void> {
    const session = ++this.#sessions;
    const { seed } = this.#options;
    const completion = new AttemptCompletion({
      recording: this.#recording,
      settled: (message) => this.#contexts.amqp.settled(message),
      onFinished: (delivery) => {
        this.#done++;
        this.#summary.add(delivery.entries);
        this.#options.onFinished(delivery);
      },
    });
    const spec = {
      session,
      session_id: seededUuid(seed, `session/${session}`),
      nodeid: seededUuid(seed, 'node'),
      resolution,
    };
    try {
      await worker.openSession(spec);
      const { betweenMessages, seconds } = this.#options;
      const pace = seconds === undefined ? undefined : new ChunkPace();
      let over = false;
      while (!over && !this.#stopped) {
        const chunk = this.#supply.takeChunk(betweenMessages ? 1 : pace?.most);
        if (chunk.length === 0) break;
        const began = performance.now();
        const end = await this.#deliverChunk(worker, chunk, (message, outcome) => {
          over ||= outcome.session_over;
          completion.add(message, outcome, session);
        });
        if (end.limit) {
          completion.add(end.limit, outcomeOfLimit(end.limit, spec, seed, end.text), session);
          over = true;
        }
        pace?.took(chunk.length, performance.now() - began);
        await completion.roomForMore();
        if (betweenMessages) {
          await completion.allEnded();
          await betweenMessages();
        }
      }
    } finally {
      this.#contexts.sessionOver(session);
      await completion.allEnded();
      await this.#contexts.end(worker, this.#cancelled ? 'cancelled' : 'closed');
    }
    if (this.#limitsInARow >= LIMITS_IN_A_ROW && this.#supply.remaining > 0) {
      throw new RunProblem(
        `The script ran into its limit ${LIMITS_IN_A_ROW} times in a row; the other ${this.#supply.remaining} messages were not tried.`,
      );
    }
  }

  /** Delivers until the chunk or the session is over; what was not tried goes back to the supply. */
  async #deliverChunk(
    worker: PolicyWorker,
    chunk: readonly MessageInput[],
    onOutcome: (message: MessageInput, outcome: AttemptOutcome) => void,
  ): Promise<{ limit?: undefined } | { limit: MessageInput; text: string }> {
    let ended = 0;
    try {
      await worker.deliver(chunk, (outcome) => {
        const message = chunk[ended++];
        if (message) onOutcome(message, outcome);
        this.#limitsInARow = 0;
      });
      this.#supply.giveBack(chunk.slice(ended));
      return {};
    } catch (error) {
      const running = chunk[ended];
      if (!running || !(error instanceof PolicyWorkerEnded) || !isLimit(error)) throw error;
      this.#limitsInARow++;
      this.#supply.giveBack(chunk.slice(ended + 1));
      return { limit: running, text: error.message };
    }
  }

  #summaryEntry(durationMs: number): SummaryEntry {
    const { count, seconds } = this.#options;
    const interrupted = this.#recording.begun;
    const asked = seconds === undefined ? count : this.#done + interrupted;
    const left = { interrupted, not_tried: asked - this.#done - interrupted };
    return this.#summary.entry(left, durationMs, now());
  }

  #addRunEntry(): void {
    const { runId, policy, broker, seed, count: messages, seconds, sessions } = this.#options;
    const timed = seconds === undefined ? {} : { seconds };
    this.#recording.add({
      kind: 'run',
      at: now(),
      run_id: runId,
      policy: policy.policyFile,
      engine: policy.engine,
      kumomta: KUMOMTA_VERSION,
      broker: brokerOfRun(broker),
      confirms: broker.confirms,
      ...(broker.fault === undefined ? {} : { fault: broker.fault }),
      ...(messages > 1 ? { load: { messages, ...timed, sessions } } : {}),
      seed,
    });
  }
}

function isLimit(error: PolicyWorkerEnded): boolean {
  return error.reason === 'deadline' || error.reason === 'memory';
}

function problemOf(error: unknown): Pick<RunEnd, 'problem' | 'bug'> {
  if (error instanceof RunProblem) return { problem: error.message };
  if (error instanceof PolicyWorkerEnded && isLimit(error)) return { problem: error.message };
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof PolicyWorkerEnded) return { problem: said, bug: true };
  return { problem: `The workbench itself failed: ${said}`, bug: true };
}

/** Milliseconds since the epoch with fractions, as the entries of the worker have them. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
