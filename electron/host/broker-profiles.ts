/** The brokers that a person can deliver to, and which one each workspace uses. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { AmqpUriError, parseAmqpUri } from '../amqp/client/amqp-uri.ts';
import type { BrokerAddress } from '../amqp/client-contract.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { Trust } from '../bridge/workspace.ts';
import { JsonFile } from './json-file.ts';
import type { SecretStore } from './secrets.ts';

/** What the script sees of a confirm, and how long one is awaited. */
export interface ConfirmPolicy {
  readonly confirms: 'broker' | 'kumod';
  readonly confirmTimeoutMs: number;
}

interface NamedProfile extends ConfirmPolicy {
  readonly id: string;
  readonly name: string;
}
export interface UrlProfile extends NamedProfile {
  readonly kind: 'url';
  /** Without its password. */
  readonly url: string;
}
export interface BuiltInProfile extends NamedProfile {
  readonly kind: 'embedded' | 'as-written';
}
export type StoredProfile = BuiltInProfile | UrlProfile;

export const EMBEDDED = 'embedded';
export const AS_WRITTEN = 'as-written';
export const DEFAULT_CONFIRMS: ConfirmPolicy = { confirms: 'broker', confirmTimeoutMs: 5_000 };

const confirmPolicySchema = z.object({
  confirms: z.enum(['broker', 'kumod']),
  confirmTimeoutMs: z.number().int().min(100),
});
const brokersFileSchema = z.object({
  profiles: z.array(
    confirmPolicySchema.extend({ id: z.string(), name: z.string(), url: z.string() }),
  ),
  builtIn: z.record(z.string(), confirmPolicySchema),
  active: z.record(z.string(), z.string()),
});

export interface ProfileForm extends ConfirmPolicy {
  readonly id?: string | undefined;
  readonly name: string;
  readonly url: string;
}

export class BrokerProfiles {
  readonly #file: JsonFile<typeof brokersFileSchema>;
  readonly #secrets: SecretStore;
  #stored: z.output<typeof brokersFileSchema>;

  constructor(dataDir: string, secrets: SecretStore, onBroken: (sentence: string) => void) {
    this.#secrets = secrets;
    this.#file = new JsonFile(join(dataDir, 'brokers.json'), brokersFileSchema, onBroken);
    this.#stored = this.#file.read({ profiles: [], builtIn: {}, active: {} });
  }

  /** The embedded one, the person's own by name, then "as written". */
  list(): StoredProfile[] {
    const own = this.#stored.profiles
      .map((profile) => ({ ...profile, kind: 'url' as const }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return [
      this.#builtIn(EMBEDDED, 'Embedded broker'),
      ...own,
      this.#builtIn(AS_WRITTEN, 'As the policy says'),
    ];
  }

  get(id: string): StoredProfile {
    const profile = this.list().find((candidate) => candidate.id === id);
    if (!profile) throw new BridgeError('not-found', `There is no broker profile ${id} any more.`);
    return profile;
  }

  /** A restricted folder always uses the embedded broker, whatever was chosen when it was trusted. */
  activeIn(root: string, trust: Trust): StoredProfile {
    const chosen = this.#stored.active[root] ?? EMBEDDED;
    const known = this.list().some((profile) => profile.id === chosen);
    return this.get(trust === 'trusted' && known ? chosen : EMBEDDED);
  }

  select(root: string, trust: Trust, id: string): void {
    const profile = this.get(id);
    if (trust === 'restricted' && profile.kind !== 'embedded') {
      throw new BridgeError(
        'refused',
        `This folder is restricted, so its policies reach the embedded broker only; trust the folder first to use ${profile.name}.`,
      );
    }
    this.#change({ active: { ...this.#stored.active, [root]: id } });
  }

  /** Adds (no id) or changes a URL profile; answers its id. The password goes to the secret store. */
  save(form: ProfileForm): string {
    const { url, password } = splitPassword(form.url);
    const id = form.id ?? randomUUID();
    const { name, confirms, confirmTimeoutMs } = form;
    if (form.id !== undefined) {
      const before = this.#stored.profiles.find((profile) => profile.id === id);
      if (!before) throw new BridgeError('not-found', `There is no broker profile ${id} any more.`);
      // A password belongs to a place and a user: elsewhere it must not be sent by itself.
      if (placeOf(before.url) !== placeOf(url)) this.#secrets.remove(secretKey(id));
    }
    if (password !== undefined) this.#secrets.set(secretKey(id), password);
    const others = this.#stored.profiles.filter((profile) => profile.id !== id);
    this.#change({ profiles: [...others, { id, name, url, confirms, confirmTimeoutMs }] });
    return id;
  }

  configure(id: string, { confirms, confirmTimeoutMs }: ConfirmPolicy): void {
    const profile = this.get(id);
    if (profile.kind === 'url') {
      const profiles = this.#stored.profiles.map((other) =>
        other.id === id ? { ...other, confirms, confirmTimeoutMs } : other,
      );
      this.#change({ profiles });
    } else {
      this.#change({ builtIn: { ...this.#stored.builtIn, [id]: { confirms, confirmTimeoutMs } } });
    }
  }

  remove(id: string): void {
    if (this.get(id).kind !== 'url') {
      throw new BridgeError('refused', 'The built-in broker profiles cannot be removed.');
    }
    this.#secrets.remove(secretKey(id));
    const active = Object.fromEntries(
      Object.entries(this.#stored.active).filter(([, chosen]) => chosen !== id),
    );
    const profiles = this.#stored.profiles.filter((profile) => profile.id !== id);
    this.#change({ profiles, active });
  }

  /** Where a URL profile dials, its password included. */
  addressOf(profile: UrlProfile): BrokerAddress {
    const address = parseBrokerUrl(profile.url);
    const password = this.#secrets.get(secretKey(profile.id));
    return password === undefined ? address : { ...address, password };
  }

  #builtIn(id: typeof EMBEDDED | typeof AS_WRITTEN, name: string): StoredProfile {
    return { id, kind: id, name, ...(this.#stored.builtIn[id] ?? DEFAULT_CONFIRMS) };
  }

  #change(change: Partial<z.output<typeof brokersFileSchema>>): void {
    this.#stored = { ...this.#stored, ...change };
    this.#file.write(this.#stored);
  }
}

/**
 * Reads the AMQP URL that a person gives for a broker; throws `invalid-input` with the sentence that
 * says what is wrong with it. A lone slash, which strictly names the empty virtual host, is taken for
 * the default one: nobody has the other.
 */
export function parseBrokerUrl(url: string): BrokerAddress {
  try {
    const address = parseAmqpUri(url);
    return address.vhost === '' ? { ...address, vhost: '/' } : address;
  } catch (error) {
    if (error instanceof AmqpUriError) throw new BridgeError('invalid-input', error.message);
    throw error;
  }
}

function splitPassword(text: string): { url: string; password?: string } {
  const address = parseBrokerUrl(text);
  const url = text.trim();
  const start = url.indexOf('://') + 3;
  const rest = url.slice(start);
  const at = rest.slice(0, authorityEnd(rest)).lastIndexOf('@');
  const colon = rest.slice(0, Math.max(0, at)).indexOf(':');
  if (colon < 0) return { url };
  return {
    url: url.slice(0, start + colon) + url.slice(start + at),
    password: address.password,
  };
}

function authorityEnd(rest: string): number {
  const end = rest.search(/[/?#]/);
  return end < 0 ? rest.length : end;
}

function placeOf(url: string): string {
  const { host, port, username, vhost, tls } = parseBrokerUrl(url);
  return JSON.stringify([host, port, username, vhost, tls !== undefined]);
}

function secretKey(profileId: string): string {
  return `broker/${profileId}`;
}
