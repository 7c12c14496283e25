/** The policies that ship: what they are called, and a copy of one that is the person's own. */
import { cp, mkdir, readFile, readdir, realpath } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import * as z from 'zod';
import { BridgeError } from '../bridge/bridge-error.ts';
import { messageFormSchema } from '../bridge/runs.ts';
import type { MessageForm } from '../bridge/runs.ts';
import type { Sample } from '../bridge/workspace.ts';

const SAMPLE_FILE = 'sample.json';
/** Opened on the very first start: the main job works in it at the first press. */
export const FIRST_SAMPLE = 'amqp-routing';

const sampleFileSchema = z.object({
  title: z.string(),
  hint: z.string(),
  form: messageFormSchema,
});

/** What `sample.json` of an opened copy says. */
export interface SampleNote {
  readonly hint: string;
  readonly form: MessageForm;
}

export class Samples {
  readonly #shipped: string;
  readonly #copies: string;

  /** `shipped` is the folder with one folder a sample; copies are made below `dataDir`. */
  constructor(shipped: string, dataDir: string) {
    this.#shipped = shipped;
    this.#copies = join(dataDir, 'samples');
  }

  /** The first one first, the others by title. */
  async list(): Promise<Sample[]> {
    const names = await readdir(this.#shipped);
    const samples: Sample[] = [];
    for (const name of names) {
      const folder = join(this.#shipped, name);
      if (!existsSync(join(folder, SAMPLE_FILE))) continue;
      const { title, hint } = await readSampleFile(folder);
      samples.push({ name, title, hint });
    }
    const rank = (sample: Sample) => (sample.name === FIRST_SAMPLE ? 0 : 1);
    return samples.sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));
  }

  /** The folder of the person's copy; made from the shipped one the first time. */
  async copyOf(name: string): Promise<string> {
    const known = (await this.list()).some((sample) => sample.name === name);
    if (!known) throw new BridgeError('not-found', `There is no sample called ${name}.`);
    const copy = join(this.#copies, name);
    if (!existsSync(copy)) {
      await mkdir(dirname(copy), { recursive: true });
      await cp(join(this.#shipped, name), copy, { recursive: true });
    }
    return copy;
  }

  /** For a copy of a sample (or a folder below one): its hint and form. Undefined for others. */
  async noteOf(root: string): Promise<SampleNote | undefined> {
    const copies = await realpath(this.#copies).catch(() => this.#copies);
    if (!root.startsWith(copies + sep)) return undefined;
    return readSampleFile(root).catch(() => undefined);
  }
}

async function readSampleFile(folder: string): Promise<z.output<typeof sampleFileSchema>> {
  return sampleFileSchema.parse(JSON.parse(await readFile(join(folder, SAMPLE_FILE), 'utf8')));
}
