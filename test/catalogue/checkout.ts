/** Reads files of a KumoMTA checkout. */
import fs from 'node:fs';
import path from 'node:path';

export class Checkout {
  readonly #folder: string;
  readonly #texts = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error when the file is missing: the checkout is incomplete or of another age. */
  read(file: string): string {
    let text = this.#texts.get(file);
    if (text === undefined) {
      text = fs.readFileSync(path.join(this.#folder, file), 'utf8');
      this.#texts.set(file, text);
    }
    return text;
  }

  /** Files below a folder with an ending, sorted; paths from the checkout's root. */
  list(folder: string, ending: string): string[] {
    return fs
      .readdirSync(path.join(this.#folder, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(ending))
      .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
      .sort();
  }
}
