/** Sends entries from the worker to the host: in order, in batches, and never faster than the host takes them. */
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';
import type { ScriptStateWriter } from './script-state.ts';
import type { WorkerMessage } from './worker-messages.ts';

const MAX_BATCH = 256;
/** Batches on their way at most: a script that prints for ever must not fill the host's memory. */
const MAX_IN_FLIGHT = 32;
/** Entries of one handler that are sent at once, because the script may hang and be killed next. */
const SENT_AT_ONCE = 64;

export class EntrySender {
  private readonly post: (message: WorkerMessage) => void;
  private readonly state: ScriptStateWriter;
  private pending: EntryBody[] = [];
  private batchesSent = 0;
  private urgentLeft = 0;

  constructor(post: (message: WorkerMessage) => void, state: ScriptStateWriter) {
    this.post = post;
    this.state = state;
  }

  add(entry: EntryBody): void {
    this.pending.push(entry);
    // A host call is followed by a message anyway.
    const isUrgent = this.urgentLeft > 0 && entry.kind !== 'host-call';
    if (isUrgent) this.urgentLeft--;
    if (isUrgent || this.pending.length >= MAX_BATCH) this.flush();
  }

  scriptStarts(): void {
    this.flush();
    this.urgentLeft = SENT_AT_ONCE;
  }

  scriptEnds(): void {
    this.urgentLeft = 0;
  }

  flush(): void {
    if (this.pending.length === 0) return;
    const entries = this.pending;
    this.pending = [];
    this.state.waitForBatches(++this.batchesSent, MAX_IN_FLIGHT);
    this.post({ kind: 'entries', entries });
  }
}
