/**
 * What a worker tells the host without being able to send a message: whether its script runs, since
 * when, and where it is. Lives in shared memory, because a script that never ends lets no message
 * be sent, and a killed worker answers no question.
 */

import type { ScriptWhereabouts } from './worker-contract.ts';

/** Of the memory: 32-bit fields, then 64-bit ones, then two texts. */
const FIELD = {
  reply: 0,
  phase: 1,
  change: 2,
  line: 3,
  batchesTaken: 4,
  fileLength: 5,
  duringLength: 6,
  positions: 7,
  outcomes: 8,
};
const FLOAT = { runningSince: 0, usedBefore: 1 };
const FLOATS_AT = 64;
const FILE_AT = 128;
const TEXT_BYTES = 1024;
const DURING_AT = FILE_AT + TEXT_BYTES;
const TOTAL_BYTES = DURING_AT + TEXT_BYTES;

const PHASE = { idle: 0, running: 1, waiting: 2 };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function allocateScriptState(): SharedArrayBuffer {
  return new SharedArrayBuffer(TOTAL_BYTES);
}

/** The same clock in every thread, in milliseconds. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

class SharedFields {
  protected readonly ints: Int32Array;
  protected readonly floats: Float64Array;
  protected readonly bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.ints = new Int32Array(memory, 0, FLOATS_AT / 4);
    this.floats = new Float64Array(memory, FLOATS_AT, 2);
    this.bytes = new Uint8Array(memory);
  }

  protected int(field: keyof typeof FIELD): number {
    return Atomics.load(this.ints, FIELD[field]);
  }
}

/** The worker's side. */
export class ScriptStateWriter extends SharedFields {
  private file = '';
  private handler = '';

  /** Script time of a new handler starts. */
  start(during: string): void {
    this.floats[FLOAT.usedBefore] = 0;
    this.floats[FLOAT.runningSince] = now();
    this.ints[FIELD.line] = 0;
    if (during !== this.handler) {
      this.handler = during;
      this.writeText(DURING_AT, 'duringLength', during);
    }
    this.enter(PHASE.running);
  }

  end(): void {
    this.enter(PHASE.idle);
  }

  /** Runs `wait` off the script's clock. */
  pause<T>(wait: () => T): T {
    const wasRunning = this.int('phase') === PHASE.running;
    if (!wasRunning) return wait();
    const since = this.floats[FLOAT.runningSince] as number;
    this.floats[FLOAT.usedBefore] = (this.floats[FLOAT.usedBefore] as number) + (now() - since);
    this.enter(PHASE.waiting);
    try {
      return wait();
    } finally {
      this.floats[FLOAT.runningSince] = now();
      this.enter(PHASE.running);
    }
  }

  /** Where the script is now. */
  publishPosition(file: string, line: number): void {
    if (file !== this.file) {
      this.file = file;
      this.writeText(FILE_AT, 'fileLength', file);
    }
    this.ints[FIELD.line] = line;
    Atomics.add(this.ints, FIELD.positions, 1);
  }

  /** A message has ended; that it did may be told later. */
  countOutcome(): void {
    Atomics.add(this.ints, FIELD.outcomes, 1);
  }

  /** Blocks until the host has answered the call. */
  waitForReply(): void {
    // The host stores, then notifies: an answer that is seen without waiting leaves a notification
    // behind that would end the next wait.
    while (this.int('reply') === 0) Atomics.wait(this.ints, FIELD.reply, 0);
    Atomics.store(this.ints, FIELD.reply, 0);
  }

  /** Blocks until the host has taken all but `inFlight` of the `sent` batches. */
  waitForBatches(sent: number, inFlight: number): void {
    for (;;) {
      const taken = this.int('batchesTaken');
      if (sent - taken <= inFlight) return;
      Atomics.wait(this.ints, FIELD.batchesTaken, taken);
    }
  }

  private enter(phase: number): void {
    Atomics.store(this.ints, FIELD.phase, phase);
    Atomics.add(this.ints, FIELD.change, 1);
  }

  private writeText(at: number, length: 'fileLength' | 'duringLength', text: string): void {
    const bytes = encoder.encode(text).subarray(0, TEXT_BYTES);
    this.bytes.set(bytes, at);
    Atomics.store(this.ints, FIELD[length], bytes.length);
  }
}

/** The host's side. */
export class ScriptStateReader extends SharedFields {
  /** Milliseconds of script time that the running handler has used; 0 when none runs. */
  scriptTime(): number {
    const change = this.int('change');
    const phase = this.int('phase');
    if (phase !== PHASE.running) return 0;
    const used =
      (this.floats[FLOAT.usedBefore] as number) +
      now() -
      (this.floats[FLOAT.runningSince] as number);
    // Read across a change of phase the two numbers do not belong together: ask again next time.
    return this.int('change') === change ? used : 0;
  }

  isRunning(): boolean {
    return this.int('phase') === PHASE.running;
  }

  /** The event or method whose handler runs or ran last. */
  during(): string {
    return this.text(DURING_AT, 'duringLength');
  }

  position(): { file: string; line: number } | undefined {
    const line = this.int('line');
    return line < 1 ? undefined : { file: this.text(FILE_AT, 'fileLength'), line };
  }

  whereabouts(): ScriptWhereabouts {
    const position = this.position();
    return {
      isRunning: this.isRunning(),
      during: this.during(),
      ...(position === undefined ? {} : { position }),
    };
  }

  /** How many positions were published: tells whether a new one has come. */
  positionsPublished(): number {
    return this.int('positions');
  }

  /** How many messages have ended, told or not. */
  outcomes(): number {
    return this.int('outcomes');
  }

  reply(): void {
    Atomics.store(this.ints, FIELD.reply, 1);
    Atomics.notify(this.ints, FIELD.reply);
  }

  takeBatch(): void {
    Atomics.add(this.ints, FIELD.batchesTaken, 1);
    Atomics.notify(this.ints, FIELD.batchesTaken);
  }

  private text(at: number, length: 'fileLength' | 'duringLength'): string {
    return decoder.decode(this.bytes.slice(at, at + this.int(length)));
  }
}
