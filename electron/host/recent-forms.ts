/** What was asked last in a workspace, so that it need not be typed again. */
import { join } from 'node:path';
import * as z from 'zod';
import { messageFormSchema } from '../bridge/runs.ts';
import type { MessageForm } from '../bridge/runs.ts';
import { JsonFile } from './json-file.ts';

const KEPT_FORMS = 20;
const recentFormsSchema = z.record(z.string(), z.array(messageFormSchema));

export class RecentForms {
  readonly #file: JsonFile<typeof recentFormsSchema>;
  #forms: z.output<typeof recentFormsSchema>;

  constructor(dataDir: string, onBroken: (sentence: string) => void) {
    this.#file = new JsonFile(join(dataDir, 'recent-forms.json'), recentFormsSchema, onBroken);
    this.#forms = this.#file.read({});
  }

  /** Newest first. */
  of(root: string): MessageForm[] {
    return this.#forms[root] ?? [];
  }

  /** Puts `form` first; the same form is not kept twice. */
  add(root: string, form: MessageForm): void {
    const text = JSON.stringify(form);
    const others = this.of(root).filter((kept) => JSON.stringify(kept) !== text);
    this.#forms = { ...this.#forms, [root]: [form, ...others].slice(0, KEPT_FORMS) };
    this.#file.write(this.#forms);
  }
}
