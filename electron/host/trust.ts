/**
 * Which folders the person trusts. A folder that was never trusted is restricted: its policies run
 * against the embedded broker only, see no environment and write nothing.
 */
import { join } from 'node:path';
import * as z from 'zod';
import type { Trust } from '../bridge/workspace.ts';
import { JsonFile } from './json-file.ts';

const trustFileSchema = z.object({ trusted: z.array(z.string()) });

export class TrustStore {
  readonly #file: JsonFile<typeof trustFileSchema>;
  readonly #trusted: Set<string>;

  constructor(dataDir: string, onBroken: (sentence: string) => void) {
    this.#file = new JsonFile(join(dataDir, 'trust.json'), trustFileSchema, onBroken);
    this.#trusted = new Set(this.#file.read({ trusted: [] }).trusted);
  }

  /** `root` is the real path of the folder, so that a symlink does not carry trust elsewhere. */
  of(root: string): Trust {
    return this.#trusted.has(root) ? 'trusted' : 'restricted';
  }

  set(root: string, trust: Trust): void {
    if (trust === 'trusted') this.#trusted.add(root);
    else this.#trusted.delete(root);
    this.#file.write({ trusted: [...this.#trusted].sort() });
  }
}
