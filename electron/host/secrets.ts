/** Passwords of broker profiles, in a file that only this user can read; never in brokers.json. */
import { join } from 'node:path';
import { z } from 'zod';
import { JsonFile } from './json-file.ts';

const secretsSchema = z.record(z.string(), z.string());

export class SecretStore {
  readonly #file: JsonFile<typeof secretsSchema>;
  #secrets: z.output<typeof secretsSchema>;

  constructor(dataDir: string, onBroken: (sentence: string) => void) {
    this.#file = new JsonFile(join(dataDir, 'secrets.json'), secretsSchema, onBroken, {
      mode: 0o600,
    });
    this.#secrets = this.#file.read({});
  }

  get(key: string): string | undefined {
    return this.#secrets[key];
  }

  set(key: string, secret: string): void {
    this.#secrets = { ...this.#secrets, [key]: secret };
    this.#file.write(this.#secrets);
  }

  remove(key: string): void {
    if (!(key in this.#secrets)) return;
    this.#secrets = Object.fromEntries(
      Object.entries(this.#secrets).filter(([name]) => name !== key),
    );
    this.#file.write(this.#secrets);
  }
}
