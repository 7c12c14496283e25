/** The live side of a debugged run: a delivery or an event, each of its Lua contexts with a debugger in it. */
import { readFile } from 'node:fs/promises';
import type { DebugLaunch } from '../../../lua-runtime/debugger/debug-target.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  LoggedLine,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { Entry, EntryBody } from '../../../lua-runtime/recording/entries.ts';
import { DeliveryRun } from '../delivery-run.ts';
import type { RunEnd } from '../delivery-run.ts';
import { createMessageFactory } from '../message-form.ts';
import type { PolicySource } from '../policy-source.ts';
import { startPolicyWorker } from '../worker/start-policy-worker.ts';
import type { PolicyWorker, PolicyWorkerOptions } from '../worker/worker-contract.ts';
import { DebugChannel } from './debug-channel.ts';
import type { DebugBroker } from './debug-parts.ts';
import { EventRun } from './event-run.ts';

/** As the command line's `deliver` sends when it is given no message. */
const DEFAULT_BODY = '{"type":"Delivery","queue":"example.com"}\n';

export interface LiveRunListener {
  readonly onStopped: (context: number, stop: Stop) => void;
  readonly onLogged: (context: number, line: LoggedLine) => void;
  readonly onPlaced: (places: readonly BreakpointPlace[]) => void;
  readonly onEntry: (entry: Entry) => void;
  /** An attempt has ended; the next one begins when this resolves. */
  readonly betweenMessages: () => Promise<void>;
}

export interface LiveRunOptions {
  readonly launch: DebugLaunch;
  readonly policy: PolicySource;
  readonly broker: DebugBroker;
  readonly message?: Uint8Array | undefined;
  readonly breakpoints: () => BreakpointSet;
  readonly listener: LiveRunListener;
}

/** A Lua context of the run while its thread lives. */
export interface LiveContext {
  readonly context: number;
  readonly channel: DebugChannel;
  readonly worker: PolicyWorker;
}

export class LiveRun {
  readonly #options: LiveRunOptions;
  readonly #seed = Math.floor(Math.random() * 0xffff_ffff);
  #run: DeliveryRun | EventRun | undefined;
  #contexts = 0;
  #current: LiveContext | undefined;
  /** A pause was asked for before there was a script to pause. */
  #isPauseWanted = false;
  /** Every message ended in a Delivery that the broker kept. */
  #isAllKept = true;

  constructor(options: LiveRunOptions) {
    this.#options = options;
  }

  /** The newest context; its thread may have ended. */
  get current(): LiveContext | undefined {
    return this.#current;
  }

  /** Call once, first. Throws an Error with a sentence when there is nothing that could be run. */
  async prepare(): Promise<void> {
    const { event } = this.#options.launch;
    this.#run = event === undefined ? await this.#delivery() : this.#event(event);
  }

  /** Resolves when the run is over and its connections are closed. Call once. */
  async run(): Promise<RunEnd & { readonly isFine: boolean }> {
    const { launch } = this.#options;
    if (this.#run === undefined) throw new Error('The run is not prepared.');
    const end = await this.#run.run();
    const count = launch.event === undefined ? (launch.delivery?.count ?? 1) : 0;
    const isComplete = end.state === 'finished' && end.done === count;
    return { ...end, isFine: isComplete && this.#isAllKept };
  }

  setBreakpoints(set: BreakpointSet): void {
    this.#current?.channel.setBreakpoints(set);
  }

  /** The newest context stops at its next line; the first one, when it has not begun, at its first. */
  pause(): void {
    if (this.#current === undefined) this.#isPauseWanted = true;
    else this.#current.channel.pause();
  }

  /** Ends the scripts at once. */
  cancel(): void {
    this.#run?.cancel();
  }

  async #delivery(): Promise<DeliveryRun> {
    const { launch, policy, broker, message, listener } = this.#options;
    const { delivery } = launch;
    if (delivery === undefined) {
      throw new Error('Say what is to be debugged: a queue, an event or a recording.');
    }
    const { queue, data, sender, recipient, meta, id, numAttempts, count } = delivery;
    return new DeliveryRun({
      runId: 'run-1',
      policy,
      seed: this.#seed,
      queue,
      count: count ?? 1,
      // Side by side they would stop side by side.
      sessions: 1,
      makeMessage: createMessageFactory(
        {
          queue,
          sender: sender ?? 'sender@example.com',
          recipient: recipient ?? '',
          meta: meta ?? {},
          id,
          numAttempts,
          data: message ?? (await dataOf(data)),
        },
        this.#seed,
      ),
      broker: broker.runBroker,
      onEntry: (entry) => this.#take(entry),
      onFinished: () => undefined,
      startWorker: (options) => this.#startWorker(options),
      betweenMessages: () => listener.betweenMessages(),
    });
  }

  #event({ name, args }: NonNullable<DebugLaunch['event']>): EventRun {
    const { policy, broker, listener } = this.#options;
    return new EventRun({
      policy,
      seed: this.#seed,
      event: name,
      args,
      broker: broker.runBroker,
      onEntry: (entry) => this.#take(entry),
      startWorker: (options) => this.#startWorker(options),
      afterEvent: () => listener.betweenMessages(),
    });
  }

  #take(entry: Entry): void {
    const isLost =
      entry.kind === 'warning' && (entry.code === 'silent-loss' || entry.code === 'possible-loss');
    const isFailed = entry.kind === 'record' && entry.record.type !== 'Delivery';
    if (isLost || isFailed) this.#isAllKept = false;
    this.#options.listener.onEntry(entry);
  }

  #startWorker(options: PolicyWorkerOptions): PolicyWorker {
    const { breakpoints, launch, listener } = this.#options;
    const context = ++this.#contexts;
    const channel = new DebugChannel({
      onStopped: (stop) => listener.onStopped(context, stop),
      onLogged: (line) => listener.onLogged(context, line),
      onPlaced: listener.onPlaced,
    });
    const worker = startPolicyWorker({
      ...options,
      onEntries: (entries) => options.onEntries(entries.map((entry) => inContext(entry, context))),
      debug: {
        part: {
          ...channel.wire,
          context,
          breakpoints: breakpoints(),
          stopOnEntry: context === 1 && launch.stopOnEntry === true,
        },
        onReport: (report) => channel.receive(report),
      },
    });
    this.#current = { context, channel, worker };
    if (this.#isPauseWanted) {
      this.#isPauseWanted = false;
      channel.pause();
    }
    return worker;
  }
}

/** A limit that ends a context before it has a session does not know which one it was. */
function inContext(entry: EntryBody, context: number): EntryBody {
  return entry.kind === 'limit' && entry.session === undefined ? { ...entry, context } : entry;
}

async function dataOf(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined) return new TextEncoder().encode(DEFAULT_BODY);
  try {
    return await readFile(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The message ${file} cannot be read (${why}); name a readable file as \`data\`.`,
    );
  }
}
