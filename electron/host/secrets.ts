/**
 * Passwords of broker profiles, in a file that only this user can read; never in brokers.json. Where
 * the shell has the system's own store (Electron's safeStorage), the file holds them sealed by it.
 */
import { join } from 'node:path';
import * as z from 'zod';
import type { SecretPlace } from '../bridge/broker-profiles.ts';
import { JsonFile } from './json-file.ts';

/** The system's store: only this user's desktop session can open what it sealed. */
export interface SecretVault {
  isAvailable(): Promise<boolean>;
  /** Any text that `unseal` takes. */
  seal(secret: string): Promise<string>;
  /** Rejects for what another key sealed. */
  unseal(sealed: string): Promise<string>;
}

const secretsSchema = z.record(z.string(), z.union([z.string(), z.object({ sealed: z.string() })]));
type Secrets = z.output<typeof secretsSchema>;

export class SecretStore {
  readonly #file: JsonFile<typeof secretsSchema>;
  readonly #vault: SecretVault | undefined;
  #secrets: Secrets;
  /** What was sealed, opened; those that could not be are missing. */
  readonly #opened = new Map<string, string>();

  private constructor(dataDir: string, onBroken: (sentence: string) => void, vault?: SecretVault) {
    this.#vault = vault;
    this.#file = new JsonFile(join(dataDir, 'secrets.json'), secretsSchema, onBroken, {
      mode: 0o600,
    });
    this.#secrets = this.#file.read({});
  }

  /** `vault`: the system's store; left out, or not available on this system: the file alone. */
  static async open(
    dataDir: string,
    onBroken: (sentence: string) => void,
    vault?: SecretVault,
  ): Promise<SecretStore> {
    const usable = (await vault?.isAvailable()) === true ? vault : undefined;
    const store = new SecretStore(dataDir, onBroken, usable);
    await store.#unsealAll();
    return store;
  }

  /** Where a secret that is given now is kept. */
  get place(): SecretPlace {
    return this.#vault === undefined ? 'file' : 'system';
  }

  /** Where one is; `locked`: sealed, and not to be opened from here. Undefined: there is none. */
  placeOf(key: string): SecretPlace | 'locked' | undefined {
    const kept = this.#secrets[key];
    if (kept === undefined) return undefined;
    if (typeof kept === 'string') return 'file';
    return this.#opened.has(key) ? 'system' : 'locked';
  }

  /** Undefined where there is none, or none that can be opened. */
  get(key: string): string | undefined {
    const kept = this.#secrets[key];
    return typeof kept === 'string' ? kept : this.#opened.get(key);
  }

  async set(key: string, secret: string): Promise<void> {
    const kept = this.#vault === undefined ? secret : { sealed: await this.#vault.seal(secret) };
    if (typeof kept !== 'string') this.#opened.set(key, secret);
    this.#secrets = { ...this.#secrets, [key]: kept };
    this.#file.write(this.#secrets);
  }

  remove(key: string): void {
    if (!(key in this.#secrets)) return;
    this.#opened.delete(key);
    this.#secrets = Object.fromEntries(
      Object.entries(this.#secrets).filter(([name]) => name !== key),
    );
    this.#file.write(this.#secrets);
  }

  async #unsealAll(): Promise<void> {
    for (const [key, kept] of Object.entries(this.#secrets)) {
      if (typeof kept === 'string' || this.#vault === undefined) continue;
      try {
        this.#opened.set(key, await this.#vault.unseal(kept.sealed));
      } catch {
        // Sealed in another session or on another machine: it counts as locked.
      }
    }
  }
}
