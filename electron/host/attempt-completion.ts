/**
 * The end of an attempt as the recording tells it: the script is done, what the broker does with
 * its publishes may come later. Waits for that, adds the loss warning, writes the record last.
 */
import type { AttemptOutcome, MessageInput } from '../../lua-runtime/kumod/runtime-contract.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import { lossWarning } from '../../lua-runtime/recording/loss-warning.ts';
import { entriesOfKind } from '../../lua-runtime/recording/recording-reader.ts';
import type { RunRecording } from './run-recording.ts';

/** Attempts of one session whose verdict may be out; the session waits beyond. */
const OUTSTANDING_ATTEMPTS = 512;

/** A message that came to its end, with everything recorded of it; the record is the last entry. */
export interface FinishedDelivery {
  readonly message: MessageInput;
  /** The first truth, in a few words. */
  readonly told: string;
  readonly entries: readonly Entry[];
}

export interface CompletionParts {
  readonly recording: RunRecording;
  /** Resolves when every publish of the message has its verdict. */
  readonly settled: (message: number) => Promise<void>;
  readonly onFinished: (delivery: FinishedDelivery) => void;
}

/** Of one session: its messages end in the order in which they were delivered. */
export class AttemptCompletion {
  readonly #parts: CompletionParts;
  #tail: Promise<void> = Promise.resolve();
  #outstanding = 0;

  constructor(parts: CompletionParts) {
    this.#parts = parts;
  }

  add(message: MessageInput, outcome: AttemptOutcome, session: number): void {
    const settled = this.#parts.settled(message.message);
    this.#outstanding++;
    this.#tail = this.#tail
      .then(() => settled)
      .then(() => {
        this.#outstanding--;
        this.#finish(message, outcome, session);
      });
  }

  /** Resolves when all that were added have ended. */
  async allEnded(): Promise<void> {
    await this.#tail;
  }

  /** Keeps the memory of a fast session on a slow broker flat. */
  async roomForMore(): Promise<void> {
    if (this.#outstanding >= OUTSTANDING_ATTEMPTS) await this.#tail;
  }

  #finish(message: MessageInput, outcome: AttemptOutcome, session: number): void {
    const { recording, onFinished } = this.#parts;
    const stamp = {
      at: performance.timeOrigin + performance.now(),
      message: message.message,
      session,
    };
    const verdicts = entriesOfKind(recording.of(message.message), 'verdict');
    const warning = lossWarning(outcome.record, verdicts);
    if (warning) recording.add({ ...stamp, ...warning });
    recording.add({
      kind: 'record',
      ...stamp,
      record: outcome.record,
      ...(outcome.next_attempt ? { next_attempt: outcome.next_attempt } : {}),
    });
    onFinished({ message, told: outcome.told, entries: recording.take(message.message) });
  }
}
