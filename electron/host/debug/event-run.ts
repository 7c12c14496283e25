/** A run that fires one event of a policy by hand and delivers nothing. */
import { KUMOMTA_VERSION } from '../../../lua-runtime/kumo/install-kumo.ts';
import { QUEUE_CONFIG_EVENT } from '../../../lua-runtime/kumod/queue-resolution.ts';
import type { Entry, JsonValue } from '../../../lua-runtime/recording/entries.ts';
import type { RunEnd } from '../delivery-run.ts';
import { failureSentence } from '../policy-failure.ts';
import type { PolicySource } from '../policy-source.ts';
import { brokerOfRun } from '../run-broker.ts';
import type { RunBroker } from '../run-broker.ts';
import { RunRecording } from '../run-recording.ts';
import { startPolicyWorker } from '../worker/start-policy-worker.ts';
import { PolicyWorkerEnded } from '../worker/worker-contract.ts';
import type { PolicyWorker, PolicyWorkerOptions } from '../worker/worker-contract.ts';

export interface EventRunOptions {
  readonly policy: PolicySource;
  readonly seed: number;
  readonly event: string;
  readonly args: readonly JsonValue[];
  /** The event is `main`, called as `kumod --script` does: each argument is a string. */
  readonly isScript?: boolean;
  /** It is fine when the policy registers nothing for the event. */
  readonly isOptional?: boolean | undefined;
  readonly broker: RunBroker;
  readonly onEntry: (entry: Entry) => void;
  /** How the Lua context is started; default: `startPolicyWorker`. */
  readonly startWorker?: (options: PolicyWorkerOptions) => PolicyWorker;
  /** Awaited when the handlers have returned and the broker has answered. */
  readonly afterEvent?: () => Promise<void>;
}

export class EventRun {
  readonly #options: EventRunOptions;
  readonly #recording: RunRecording;
  readonly #amqp: ReturnType<RunBroker['open']>;
  #worker: PolicyWorker | undefined;
  #isCancelled = false;

  constructor(options: EventRunOptions) {
    this.#options = options;
    this.#recording = new RunRecording(options.onEntry);
    this.#amqp = options.broker.open((entry) => this.#recording.add(entry));
  }

  /** Call once. Never rejects for what a policy or a broker does. */
  async run(): Promise<RunEnd> {
    const { policy, broker, seed } = this.#options;
    this.#recording.add({
      kind: 'run',
      at: now(),
      run_id: 'run-1',
      policy: policy.policyFile,
      engine: policy.engine,
      kumomta: KUMOMTA_VERSION,
      broker: brokerOfRun(broker),
      confirms: broker.confirms,
      ...(broker.fault === undefined ? {} : { fault: broker.fault }),
      seed,
    });
    let problem: Pick<RunEnd, 'problem' | 'bug'> = {};
    try {
      const said = await this.#fire();
      if (said !== undefined) problem = { problem: said };
    } catch (error) {
      if (!this.#isCancelled) problem = problemOf(error);
    }
    await this.#worker?.terminate();
    await this.#amqp.close(this.#isCancelled ? 'abandon' : 'drain');
    const cancelled = this.#isCancelled;
    this.#recording.add({ kind: 'end', at: now(), messages: 0, ...(cancelled && { cancelled }) });
    if (problem.problem !== undefined) return { state: 'failed', done: 0, ...problem };
    return { state: cancelled ? 'cancelled' : 'finished', done: 0 };
  }

  cancel(): void {
    this.#isCancelled = true;
    void this.#worker?.terminate();
    void this.#amqp.close('abandon');
  }

  /** @returns what went wrong, as a sentence. */
  async #fire(): Promise<string | undefined> {
    const { policy, seed, event, args, isScript, isOptional, afterEvent } = this.#options;
    const { startWorker = startPolicyWorker } = this.#options;
    if (event === QUEUE_CONFIG_EVENT && typeof args[0] !== 'string') {
      return 'get_queue_config takes a domain; give the arguments as ["example.com"].';
    }
    const worker = startWorker({
      ...policy,
      seed,
      handleCall: this.#amqp.handleCall,
      onEntries: (entries) => {
        for (const entry of entries) this.#recording.add(entry);
      },
    });
    this.#worker = worker;
    const loaded = await worker.load();
    if (!loaded.ok) return failureSentence(loaded.failure);
    const end = await (isScript === true
      ? worker.runScript(args.map(String))
      : worker.fireEvent(event, args));
    await this.#amqp.settled(undefined);
    await afterEvent?.();
    await worker.close();
    if (!end.registered && isOptional !== true) {
      return `The policy registers nothing for the event ${event}.`;
    }
    return end.failure === undefined ? undefined : failureSentence(end.failure);
  }
}

function problemOf(error: unknown): Pick<RunEnd, 'problem' | 'bug'> {
  const said = error instanceof Error ? error.message : String(error);
  const isLimit =
    error instanceof PolicyWorkerEnded &&
    (error.reason === 'deadline' || error.reason === 'memory');
  return isLimit ? { problem: said } : { problem: said, bug: true };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
