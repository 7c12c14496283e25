/**
 * The Lua contexts of a run, each in a thread: started, used for one session after the other, ended.
 * What their scripts write goes into the recording in its order.
 */
import { HeldEntries } from './held-entries.ts';
import { failureSentence } from './policy-failure.ts';
import type { PolicySource } from './policy-source.ts';
import type { RunBroker } from './run-broker.ts';
import { RunProblem } from './run-problem.ts';
import type { RunRecording } from './run-recording.ts';
import { startPolicyWorker } from './worker/start-policy-worker.ts';
import type { PolicyWorker, PolicyWorkerOptions } from './worker/worker-contract.ts';

export interface RunContextsOptions {
  readonly policy: PolicySource;
  readonly seed: number;
  readonly broker: RunBroker;
  readonly recording: RunRecording;
  /** How Lua contexts are started; default: `startPolicyWorker`. */
  readonly startWorker?: ((options: PolicyWorkerOptions) => PolicyWorker) | undefined;
}

export class RunContexts {
  readonly #options: RunContextsOptions;
  readonly #held: HeldEntries;
  readonly #workers = new Set<PolicyWorker>();
  /** What the scripts publish goes out here. */
  readonly amqp: ReturnType<RunBroker['open']>;

  constructor(options: RunContextsOptions) {
    const { broker, recording } = options;
    this.#options = options;
    this.#held = new HeldEntries((entry) => recording.add(entry));
    this.amqp = broker.open((entry) => this.#held.add(entry));
  }

  /** A thread with the main chunk run in a fresh context. Rejects when the policy does not load. */
  async start(): Promise<PolicyWorker> {
    const { policy, seed, recording, startWorker = startPolicyWorker } = this.#options;
    let held: number | undefined;
    const worker = startWorker({
      ...policy,
      seed,
      handleCall: (name, input, context) => {
        if (context.publish !== undefined && context.session !== undefined) {
          held = context.session;
          this.#held.hold(held);
        }
        return this.amqp.handleCall(name, input, context);
      },
      publishNumbers: this.amqp.publishNumbers,
      onEntries: (entries) => {
        for (const entry of entries) recording.add(entry);
      },
      onCaughtUp: () => {
        if (held === undefined) return;
        this.#held.release(held);
        held = undefined;
      },
    });
    this.#workers.add(worker);
    await load(worker);
    return worker;
  }

  /** The same thread with another context; undefined when it did not survive the one before. */
  async renew(worker: PolicyWorker): Promise<PolicyWorker | undefined> {
    if (!this.#workers.has(worker)) return undefined;
    await load(worker);
    return worker;
  }

  /** A session of this context is over: what of the broker's entries waited for it waits no more. */
  sessionOver(session: number): void {
    this.#held.release(session);
  }

  /** The context of a session that is over. */
  async end(worker: PolicyWorker, how: 'closed' | 'cancelled'): Promise<void> {
    try {
      // A debugged context has a thread of its own, which ends with it.
      const isDebugged = this.#options.startWorker !== undefined;
      if (isDebugged) this.#workers.delete(worker);
      if (how === 'cancelled') await worker.terminate();
      else await (isDebugged ? worker.close() : worker.endContext());
    } catch {
      // A script that hangs or fails in `close` has said so in the recording.
      this.#workers.delete(worker);
    }
  }

  /** Ends the scripts of all threads at once, wherever they are. */
  async terminateAll(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }
}

async function load(worker: PolicyWorker): Promise<void> {
  const loaded = await worker.load();
  if (!loaded.ok) throw new RunProblem(failureSentence(loaded.failure));
}
