/**
 * What scripts print and log, as console lines: batched, bounded, floods counted and skipped. The
 * newest are kept for pages that are loaded later.
 */
import type { ConsoleBatch, ConsoleLine } from '../bridge/console.ts';
import type { EntryBody } from '../../lua-runtime/recording/entries.ts';

/** More than this in one frame nobody can read. */
const LINES_A_FRAME = 200;
const LINE_LENGTH = 10_000;
const LINES_KEPT = 1_000;

type LineText = Omit<ConsoleLine, 'id'>;

export class ConsoleStream {
  readonly #onPending: () => void;
  #lines: ConsoleLine[] = [];
  #skipped = 0;
  readonly #kept: ConsoleLine[] = [];
  // From the clock, so that they go on where those of a host before this one ended.
  #lastId = Date.now() * 1_000;
  #clearedId = this.#lastId;

  /** `onPending` is called when there is something to `take`. */
  constructor(onPending: () => void) {
    this.#onPending = onPending;
  }

  /** Takes an entry; those that are not for the console are ignored. */
  addEntry(entry: EntryBody): void {
    const line = consoleLineOf(entry);
    if (line) this.add(line);
  }

  /** Something that the workbench itself has to say. */
  say(level: ConsoleLine['level'], text: string): void {
    this.add({ at: Date.now(), level, source: 'workbench', text });
  }

  add(line: LineText): void {
    const id = ++this.#lastId;
    if (this.#lines.length >= LINES_A_FRAME) {
      this.#skipped++;
      return;
    }
    const shown = { ...line, id, text: shortened(line.text) };
    this.#lines.push(shown);
    this.#kept.push(shown);
    if (this.#kept.length > LINES_KEPT) this.#kept.shift();
    this.#onPending();
  }

  /** The lines since the last call, and how many were skipped; undefined when there are none. */
  take(): ConsoleBatch | undefined {
    if (this.#lines.length === 0) return undefined;
    const batch = { lines: this.#lines, skipped: this.#skipped };
    this.#lines = [];
    this.#skipped = 0;
    return batch;
  }

  /** What has come after the line `afterId` or, without it, since the console was cleared. */
  recent(afterId = 0): ConsoleBatch {
    const after = Math.max(afterId, this.#clearedId);
    const lines = this.#kept.filter(({ id }) => id > after);
    return { lines, skipped: Math.max(this.#lastId - after - lines.length, 0) };
  }

  clear(): void {
    this.#clearedId = this.#lastId;
    this.#kept.length = 0;
    this.#lines = [];
    this.#skipped = 0;
  }
}

function consoleLineOf(entry: EntryBody): LineText | undefined {
  const at = entry.at;
  const where = entry.location ? { file: entry.location.file, line: entry.location.line } : {};
  switch (entry.kind) {
    case 'print':
      return { at, level: entry.level, source: entry.source, text: entry.text, ...where };
    case 'error': {
      const place = entry.failure.location;
      return {
        at,
        level: 'error',
        source: 'error',
        text: entry.failure.text,
        ...(place ? { file: place.file, line: place.line } : where),
      };
    }
    case 'limit':
      return { at, level: 'error', source: 'limit', text: entry.text, ...where };
    case 'warning':
      // Losses have a column of their own; as lines they would be a flood.
      if (entry.message !== undefined) return undefined;
      return { at, level: 'warn', source: 'workbench', text: entry.text, ...where };
    default:
      return undefined;
  }
}

function shortened(text: string): string {
  if (text.length <= LINE_LENGTH) return text;
  return `${text.slice(0, LINE_LENGTH)} … (${text.length - LINE_LENGTH} more characters)`;
}
