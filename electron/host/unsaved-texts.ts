/**
 * Text that was typed and not saved, kept in the data folder so that it outlives every process: the
 * page, its browser, and the host itself, which may serve under another address the next time.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unsavedTextSchema, type UnsavedText } from '../bridge/unsaved.ts';

export class UnsavedTexts {
  readonly #folder: string;
  /** One write of a file after the other. */
  readonly #last = new Map<string, Promise<void>>();

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'unsaved');
  }

  /** Resolves when it is on disk; texts of one path are written in the order that they came. */
  keep(root: string, text: UnsavedText): Promise<void> {
    return this.#next(root, text.path, async (file) => {
      await mkdir(this.#folderOf(root), { recursive: true, mode: 0o700 });
      const beside = `${file}.${process.pid}.new`;
      await writeFile(beside, JSON.stringify(text), { mode: 0o600 });
      await rename(beside, file);
    });
  }

  /** It was saved, or is not wanted any more. */
  forget(root: string, path: string): Promise<void> {
    return this.#next(root, path, (file) => rm(file, { force: true }));
  }

  /** Those of the workspace at `root`. What cannot be read is left out. */
  async of(root: string): Promise<UnsavedText[]> {
    const folder = this.#folderOf(root);
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map(async (name) => {
          try {
            const content: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
            return [unsavedTextSchema.parse(content)];
          } catch {
            return [];
          }
        }),
    );
    return texts.flat();
  }

  #next(root: string, path: string, write: (file: string) => Promise<void>): Promise<void> {
    const file = join(this.#folderOf(root), `${nameOf(path)}.json`);
    const written = (this.#last.get(file) ?? Promise.resolve()).then(() => write(file));
    const settled = written.catch(() => undefined);
    this.#last.set(file, settled);
    void settled.then(() => {
      if (this.#last.get(file) === settled) this.#last.delete(file);
    });
    return written;
  }

  #folderOf(root: string): string {
    return join(this.#folder, nameOf(root));
  }
}

function nameOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 24);
}
