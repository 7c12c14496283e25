/** One JSON file of the data folder: validated on reading, replaced whole on writing. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod';

export class JsonFile<Schema extends z.ZodType> {
  readonly #path: string;
  readonly #schema: Schema;
  readonly #mode: number;
  readonly #onBroken: (sentence: string) => void;

  /** `onBroken` is told in a sentence when the file could not be understood and was put aside. */
  constructor(
    path: string,
    schema: Schema,
    onBroken: (sentence: string) => void,
    options: { readonly mode?: number } = {},
  ) {
    this.#path = path;
    this.#schema = schema;
    this.#onBroken = onBroken;
    this.#mode = options.mode ?? 0o644;
  }

  /** The content, or `fallback` when there is none or it is broken. */
  read(fallback: z.output<Schema>): z.output<Schema> {
    if (!existsSync(this.#path)) return fallback;
    try {
      return this.#schema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch (error) {
      const aside = `${this.#path}.broken-${Date.now()}`;
      renameSync(this.#path, aside);
      const why = error instanceof SyntaxError ? error.message : 'its content has another shape';
      this.#onBroken(
        `${this.#path} could not be read (${why}); it was kept as ${aside} and the defaults are used.`,
      );
      return fallback;
    }
  }

  /** A reader never sees half a file: the new one is written beside it and renamed over it. */
  write(value: z.input<Schema>): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const beside = `${this.#path}.${process.pid}.new`;
    writeFileSync(beside, `${JSON.stringify(value, undefined, 2)}\n`, { mode: this.#mode });
    renameSync(beside, this.#path);
  }
}
