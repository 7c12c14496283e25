/** Breakpoints and watched expressions, kept by the workspace's folder. */
import { join } from 'node:path';
import * as z from 'zod';
import { debugSetupSchema } from '../bridge/debug-setup.ts';
import type { DebugSetup } from '../bridge/debug-setup.ts';
import { JsonFile } from './json-file.ts';

const setupsSchema = z.record(z.string(), debugSetupSchema);

/** What goes wrong unseen; the rest is asked for when it is wanted. */
const FIRST_SETUP: DebugSetup = {
  lines: [],
  functions: [],
  events: [
    { event: 'silent-loss', enabled: true },
    { event: 'uncaught', enabled: true },
  ],
  watches: [],
};

export class DebugSetups {
  readonly #file: JsonFile<typeof setupsSchema>;
  #setups: z.output<typeof setupsSchema>;

  /** Reads `debug-setups.json` of the data folder; `onBroken` gets a sentence when it is unreadable. */
  constructor(dataDir: string, onBroken: (sentence: string) => void) {
    this.#file = new JsonFile(join(dataDir, 'debug-setups.json'), setupsSchema, onBroken);
    this.#setups = this.#file.read({});
  }

  /** @param root the real path of the workspace's folder */
  of(root: string): DebugSetup {
    return this.#setups[root] ?? FIRST_SETUP;
  }

  set(root: string, setup: DebugSetup): void {
    this.#setups = { ...this.#setups, [root]: setup };
    this.#file.write(this.#setups);
  }
}
