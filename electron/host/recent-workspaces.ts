/** The folders and policies that were opened, newest first. */
import { join } from 'node:path';
import * as z from 'zod';
import { JsonFile } from './json-file.ts';

const KEPT_WORKSPACES = 20;
const recentSchema = z.object({
  /** Absolute folder or .lua file, as it was opened. */
  opened: z.array(z.string()),
  /** The policy chosen in a folder, relative to it. */
  policies: z.record(z.string(), z.string()),
});

export class RecentWorkspaces {
  readonly #file: JsonFile<typeof recentSchema>;
  #recent: z.output<typeof recentSchema>;

  constructor(dataDir: string, onBroken: (sentence: string) => void) {
    this.#file = new JsonFile(join(dataDir, 'workspaces.json'), recentSchema, onBroken);
    this.#recent = this.#file.read({ opened: [], policies: {} });
  }

  get opened(): readonly string[] {
    return this.#recent.opened;
  }

  policyOf(root: string): string | undefined {
    return this.#recent.policies[root];
  }

  addOpened(path: string): void {
    const opened = [path, ...this.#recent.opened.filter((other) => other !== path)];
    this.#recent = { ...this.#recent, opened: opened.slice(0, KEPT_WORKSPACES) };
    this.#file.write(this.#recent);
  }

  setPolicy(root: string, policyFile: string): void {
    this.#recent = {
      ...this.#recent,
      policies: { ...this.#recent.policies, [root]: policyFile },
    };
    this.#file.write(this.#recent);
  }
}
