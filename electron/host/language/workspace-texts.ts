/** The texts of a workspace's policies and data files for the language service: the editor's before the disk's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageService } from '../../../lua-runtime/analysis/service/language-service.ts';

/** Reads this many files at once. */
const READ_AT_ONCE = 32;

export class WorkspaceTexts {
  readonly #service: Pick<LanguageService, 'setText' | 'remove' | 'clear'>;
  readonly #edited = new Set<string>();
  #root: string | undefined;
  #files = new Set<string>();

  constructor(service: Pick<LanguageService, 'setText' | 'remove' | 'clear'>) {
    this.#service = service;
  }

  /** @param files those of the folder that are analysed; those that are known stay as they are. */
  async open(root: string, files: readonly string[]): Promise<void> {
    if (root !== this.#root) {
      this.#root = root;
      this.#files = new Set();
      this.#edited.clear();
      this.#service.clear();
    }
    const before = this.#files;
    this.#files = new Set(files);
    for (const path of before) {
      if (!this.#files.has(path) && !this.#edited.has(path)) this.#service.remove(path);
    }
    const added = files.filter((path) => !before.has(path));
    for (let i = 0; i < added.length; i += READ_AT_ONCE) {
      await Promise.all(added.slice(i, i + READ_AT_ONCE).map((path) => this.changed(path)));
    }
  }

  /** Reads a file again, unless an editor has it. */
  async changed(path: string): Promise<void> {
    if (this.#root === undefined || this.#edited.has(path)) return;
    if (!this.#files.has(path)) return;
    try {
      this.#service.setText(path, await readFile(join(this.#root, path), 'utf8'));
    } catch {
      // Gone, or not to be read: then there is nothing to say about it.
      this.#service.remove(path);
    }
  }

  /** @param text undefined: no editor has it any more */
  async edit(path: string, text: string | undefined): Promise<void> {
    if (text !== undefined) {
      this.#edited.add(path);
      this.#service.setText(path, text);
      return;
    }
    if (!this.#edited.delete(path)) return;
    if (this.#files.has(path)) await this.changed(path);
    else this.#service.remove(path);
  }
}
