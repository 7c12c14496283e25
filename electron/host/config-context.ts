/**
 * The warm Lua context that answers "where does this go?": loaded when a workspace is opened or a
 * file is saved, asked again and again as the form is typed. Also says whether the policy loads.
 */
import type { PolicyState } from '../bridge/runs.ts';
import { parseQueueName } from '../../lua-runtime/kumod/queue-name.ts';
import type {
  EntryBody,
  PolicyFailure,
  QueueResolution,
} from '../../lua-runtime/recording/entries.ts';
import type { PolicySource } from './policy-source.ts';
import type { RunAmqp } from './run-broker.ts';
import { startPolicyWorker } from './worker/start-policy-worker.ts';
import type { PolicyWorker } from './worker/worker-contract.ts';

export interface ResolutionAnswer {
  readonly resolution: QueueResolution;
  readonly loadFailure?: PolicyFailure | undefined;
  readonly entries: readonly EntryBody[];
}

export interface ConfigContextOptions {
  /** Scripts that connect while they load reach the same broker as a delivery would. */
  readonly openAmqp: (emit: (entry: EntryBody) => void) => RunAmqp;
  readonly onState: (state: PolicyState) => void;
  /** What the main chunk prints and raises when it is loaded. */
  readonly onLoadEntries: (entries: readonly EntryBody[]) => void;
}

interface LoadedContext {
  readonly worker: PolicyWorker;
  readonly amqp: RunAmqp;
  /** Undefined: it loads. */
  readonly failure: PolicyFailure | undefined;
}

const NO_POLICY: PolicyFailure = {
  text: 'The folder has no policy yet.',
  summary: 'The folder has no policy yet; create init.lua.',
  traceback: [],
};

export class ConfigContext {
  readonly #options: ConfigContextOptions;
  #policy: PolicySource | undefined;
  #context: Promise<LoadedContext> | undefined;
  #collecting: EntryBody[] = [];
  #state: PolicyState = { state: 'none', handlers: [] };
  /** Questions are answered one after the other: the entries in between belong to one of them. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ConfigContextOptions) {
    this.#options = options;
  }

  get state(): PolicyState {
    return this.#state;
  }

  /** Loads `policy` in a fresh context; what was loaded before is gone. Undefined: there is none. */
  load(policy: PolicySource | undefined): void {
    const before = this.#context;
    this.#policy = policy;
    this.#context = policy ? this.#start(policy) : undefined;
    // Whoever asks next hears of it.
    this.#context?.catch(() => undefined);
    if (!policy) this.#tell({ state: 'none', handlers: [] });
    void before?.then(endContext, () => undefined);
  }

  /** Never rejects for what the policy does. */
  resolve(queue: string): Promise<ResolutionAnswer> {
    const answer = this.#turn.then(() => this.#resolveNow(queue));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    this.#policy = undefined;
    await context?.then(endContext, () => undefined);
  }

  async #resolveNow(queue: string): Promise<ResolutionAnswer> {
    const policy = this.#policy;
    if (!policy) return failedAnswer(queue, NO_POLICY, []);
    const starting = (this.#context ??= this.#start(policy));
    const context = await starting;
    if (context.failure) return failedAnswer(queue, context.failure, []);
    this.#collecting = [];
    try {
      const [resolution] = await context.worker.resolve([queue]);
      if (!resolution) throw new Error('The worker answered no resolution.');
      return { resolution, entries: this.#collecting };
    } catch (error) {
      const entries = this.#collecting;
      // A limit ended the context (or a save replaced it): the next question gets a fresh one.
      if (this.#context === starting) this.#context = undefined;
      void endContext(context);
      const failure = failureOfEnd(error, entries);
      return { ...failedAnswer(queue, failure, entries), loadFailure: undefined };
    }
  }

  async #start(policy: PolicySource): Promise<LoadedContext> {
    const started = performance.now();
    const loadEntries: EntryBody[] = [];
    let loading = true;
    const take = (entry: EntryBody) => (loading ? loadEntries : this.#collecting).push(entry);
    const amqp = this.#options.openAmqp(take);
    const worker = startPolicyWorker({
      ...policy,
      seed: 1,
      handleCall: amqp.handleCall,
      onEntries: (entries) => {
        for (const entry of entries) take(entry);
      },
    });
    this.#tell({ state: 'loading', handlers: [] });
    let failure: PolicyFailure | undefined;
    try {
      const loaded = await worker.load();
      if (!loaded.ok) failure = loaded.failure;
    } catch (error) {
      failure = failureOfEnd(error, loadEntries);
    }
    loading = false;
    // A newer load has taken the place of this one: nobody is interested any more.
    if (this.#policy === policy) {
      const load = loadEntries.find((entry) => entry.kind === 'load');
      this.#tell({
        state: failure ? 'fails' : 'loads',
        durationMs: Math.round(performance.now() - started),
        ...(failure ? { failure } : {}),
        handlers: [...(load?.handlers ?? [])],
      });
      this.#options.onLoadEntries(loadEntries);
    }
    return { worker, amqp, failure };
  }

  #tell(state: PolicyState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

async function endContext({ worker, amqp }: LoadedContext): Promise<void> {
  await worker.terminate();
  await amqp.close();
}

function failedAnswer(
  queue: string,
  failure: PolicyFailure,
  entries: readonly EntryBody[],
): ResolutionAnswer {
  const resolution: QueueResolution = {
    queue,
    parts: parseQueueName(queue),
    handlers_asked: 0,
    fields_set: [],
    error: failure,
    duration_us: 0,
  };
  return { resolution, loadFailure: failure, entries };
}

/** The limit that ended a context as a failure with its place, when the entries tell it. */
function failureOfEnd(error: unknown, entries: readonly EntryBody[]): PolicyFailure {
  const limit = entries.findLast((entry) => entry.kind === 'limit');
  const text = limit?.text ?? (error instanceof Error ? error.message : String(error));
  return {
    text,
    summary: text,
    traceback: [],
    ...(limit?.location ? { location: limit.location } : {}),
  };
}
