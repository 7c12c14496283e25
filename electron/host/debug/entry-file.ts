/**
 * The entries of a run in a file that goes with the process, for reading them again once the run is
 * over: a hundred thousand messages are more than the memory should hold.
 */
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';

const WRITE_CHARACTERS = 256 * 1024;
/** Of all files that there are; one listener for them, however many runs are kept. */
const folders = new Set<string>();
const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
process.on('exit', () => folders.forEach(removeFolder));

export class EntryFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kumo-workbench-run-'));
  readonly #path = join(this.#folder, 'entries.jsonl');
  readonly #fd = openSync(this.#path, 'w', 0o600);
  #lines: string[] = [];
  #characters = 0;

  constructor() {
    folders.add(this.#folder);
  }

  add(entry: Entry): void {
    const line = `${JSON.stringify(entry)}\n`;
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#characters >= WRITE_CHARACTERS) this.#flush();
  }

  /** In order; may be asked for several times. */
  async *entries(): AsyncGenerator<Entry> {
    this.#flush();
    const input = createReadStream(this.#path, 'utf8');
    try {
      for await (const line of createInterface({ input, crlfDelay: Infinity })) {
        yield JSON.parse(line) as Entry;
      }
    } finally {
      input.destroy();
    }
  }

  remove(): void {
    closeSync(this.#fd);
    folders.delete(this.#folder);
    removeFolder(this.#folder);
  }

  #flush(): void {
    if (this.#lines.length > 0) writeSync(this.#fd, this.#lines.join(''));
    this.#lines = [];
    this.#characters = 0;
  }
}
