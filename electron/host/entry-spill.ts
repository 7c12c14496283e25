/**
 * The entries of past deliveries on disk, so that a hundred thousand recordings cost no memory.
 * A delivery's entries are one line of JSON in a segment file; segments are removed whole.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '../../lua-runtime/recording/entries.ts';

/** Deliveries a segment file. */
const SEGMENT_SIZE = 16_384;
/** Collected in memory before it is written in one piece. */
const WRITE_BYTES = 256 * 1024;

class Segment {
  readonly #path: string;
  readonly #fd: number;
  /** End offset of each line; a line starts where the one before ends. */
  readonly #ends: number[] = [];
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, 'w+', 0o600);
  }

  append(line: string): void {
    const bytes = Buffer.from(line, 'utf8');
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#ends.push(this.#written + this.#pendingBytes);
    if (this.#pendingBytes >= WRITE_BYTES) this.#flush();
  }

  read(index: number): string | undefined {
    const end = this.#ends[index];
    if (end === undefined) return undefined;
    this.#flush();
    const start = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    const bytes = Buffer.alloc(end - start);
    readSync(this.#fd, bytes, 0, bytes.length, start);
    return bytes.toString('utf8');
  }

  #flush(): void {
    if (this.#pendingBytes === 0) return;
    writeSync(
      this.#fd,
      Buffer.concat(this.#pending, this.#pendingBytes),
      0,
      undefined,
      this.#written,
    );
    this.#written += this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  remove(): void {
    closeSync(this.#fd);
    rmSync(this.#path, { force: true });
  }
}

export class EntrySpill {
  #folder: string | undefined;
  readonly #segments = new Map<number, Segment>();

  /** `id` is the delivery's number; numbers come in order, without gaps. */
  append(id: number, entries: readonly Entry[]): void {
    const number = Math.floor(id / SEGMENT_SIZE);
    let segment = this.#segments.get(number);
    if (!segment) {
      segment = new Segment(join(this.#openFolder(), `${number}.jsonl`));
      this.#segments.set(number, segment);
      this.#firstOf.set(number, id);
    }
    segment.append(JSON.stringify(entries));
  }

  /** The number of the first delivery in a segment: after a clear it starts in the middle. */
  readonly #firstOf = new Map<number, number>();

  read(id: number): Entry[] | undefined {
    const number = Math.floor(id / SEGMENT_SIZE);
    const first = this.#firstOf.get(number);
    if (first === undefined || id < first) return undefined;
    const text = this.#segments.get(number)?.read(id - first);
    return text === undefined ? undefined : (JSON.parse(text) as Entry[]);
  }

  /** Removes the segments that hold nothing from `id` on. */
  dropBefore(id: number): void {
    const keepFrom = Math.floor(id / SEGMENT_SIZE);
    for (const [number, segment] of this.#segments) {
      if (number >= keepFrom) break;
      segment.remove();
      this.#segments.delete(number);
      this.#firstOf.delete(number);
    }
  }

  clear(): void {
    for (const segment of this.#segments.values()) segment.remove();
    this.#segments.clear();
    this.#firstOf.clear();
  }

  close(): void {
    this.clear();
    process.off('exit', this.#removeFolder);
    this.#removeFolder();
  }

  /** Made with the first delivery, gone with the process even when nobody closes. */
  #openFolder(): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), 'kumo-workbench-'));
      process.on('exit', this.#removeFolder);
    }
    return this.#folder;
  }

  readonly #removeFolder = (): void => {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  };
}
