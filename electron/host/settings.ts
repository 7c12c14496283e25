/** The person's settings; what belongs to one workspace (the environment) is kept by its folder. */
import { join } from 'node:path';
import * as z from 'zod';
import { settingsSchema } from '../bridge/settings.ts';
import type { Settings } from '../bridge/settings.ts';
import { JsonFile } from './json-file.ts';

const storedSchema = settingsSchema
  .omit({ environment: true })
  .partial()
  .extend({ environments: z.record(z.string(), z.record(z.string(), z.string())).optional() });
type Stored = z.output<typeof storedSchema>;

export const DEFAULT_SETTINGS: Settings = {
  engine: 'lua54',
  theme: 'system',
  deadlineMs: 10_000,
  memoryMb: 256,
  environment: {},
  fontSize: 13,
  formatOnSave: false,
  inlayHints: true,
};

export class SettingsStore {
  readonly #file: JsonFile<typeof storedSchema>;
  #stored: Stored;

  /** Reads `settings.json` of the data folder; `onBroken` gets a sentence when it is unreadable. */
  constructor(dataDir: string, onBroken: (sentence: string) => void) {
    this.#file = new JsonFile(join(dataDir, 'settings.json'), storedSchema, onBroken);
    this.#stored = this.#file.read({});
  }

  /** The settings as they apply in the workspace at `root`. */
  get(root: string): Settings {
    const { environments, ...general } = this.#stored;
    return { ...DEFAULT_SETTINGS, ...general, environment: environments?.[root] ?? {} };
  }

  /** Changes the given ones, keeps the others, writes the file; answers `get(root)`. */
  set(root: string, change: Partial<Settings>): Settings {
    const { environment, ...general } = change;
    const environments =
      environment === undefined
        ? this.#stored.environments
        : { ...this.#stored.environments, [root]: environment };
    this.#stored = { ...this.#stored, ...general, ...(environments ? { environments } : {}) };
    this.#file.write(this.#stored);
    return this.get(root);
  }
}
