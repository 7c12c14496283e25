/**
 * Sends what a worker has to tell to the host: in order, in few posts, and never faster than the
 * host takes them. Each post wakes the host's thread, which costs more than all that is in it.
 */
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';
import type { ScriptStateWriter } from './script-state.ts';
import type { WorkerMessage } from './worker-messages.ts';

const MAX_BATCH = 256;
/** Batches of entries on their way at most: a script that prints for ever must not fill the host's memory. */
const MAX_IN_FLIGHT = 32;
/** Entries of one handler that are sent at once, because a person waits for them. */
const SENT_AT_ONCE = 64;
/** What nobody waits for while the script runs, and what a message follows anyway. */
const UNHURRIED: ReadonlySet<EntryBody['kind']> = new Set([
  'message',
  'call',
  'return',
  'host-call',
  'host-result',
]);

export interface EntrySenderOptions {
  readonly post: (messages: readonly WorkerMessage[]) => void;
  readonly state: ScriptStateWriter;
  /**
   * Whether a script that hangs is asked to flush before it is killed. Where it is not, everything
   * is sent before a script starts and while it runs.
   */
  readonly flushedBeforeKill: boolean;
  /** Told when something begins to wait, and when nothing waits any more. */
  readonly onWaiting: (waits: boolean) => void;
}

export class EntrySender {
  private readonly options: EntrySenderOptions;
  private waiting: WorkerMessage[] = [];
  /** The entries at the end of `waiting`. */
  private batch: EntryBody[] | undefined;
  private batches = 0;
  private urgentLeft = 0;

  constructor(options: EntrySenderOptions) {
    this.options = options;
  }

  add(entry: EntryBody): void {
    if (this.batch === undefined) {
      this.batch = [];
      this.batches++;
      this.wait({ kind: 'entries', entries: this.batch });
    }
    this.batch.push(entry);
    const isUrgent = this.urgentLeft > 0 && !this.canWait(entry);
    if (isUrgent) this.urgentLeft--;
    if (isUrgent || this.batch.length >= MAX_BATCH) this.flush();
  }

  scriptStarts(): void {
    if (!this.options.flushedBeforeKill) this.flush();
    this.urgentLeft = SENT_AT_ONCE;
  }

  scriptEnds(): void {
    this.urgentLeft = 0;
  }

  /** Sends `message` with the next post, after what was added. */
  later(message: WorkerMessage): void {
    this.wait(message);
    if (this.waiting.length >= MAX_BATCH) this.flush();
    else this.batch = undefined;
  }

  /** Posts what was added, and `message` after it in the same post. */
  flush(message?: WorkerMessage): void {
    if (!this.isWaiting && message === undefined) return;
    const { post, state } = this.options;
    const messages = this.waiting;
    this.waiting = [];
    this.options.onWaiting(false);
    if (this.batch !== undefined) {
      this.batch = undefined;
      state.waitForBatches(this.batches, MAX_IN_FLIGHT);
    }
    if (message !== undefined) messages.push(message);
    post(messages);
  }

  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Posts `message` before what was added: the host does it first, and takes the rest meanwhile. */
  overtake(message: WorkerMessage): void {
    this.options.post([message]);
    this.flush();
  }

  private wait(message: WorkerMessage): void {
    if (this.waiting.push(message) === 1) this.options.onWaiting(true);
  }

  private canWait({ kind }: EntryBody): boolean {
    return kind === 'host-call' || (this.options.flushedBeforeKill && UNHURRIED.has(kind));
  }
}
