/** The brokers that a person can deliver to, and which one each workspace uses. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { AmqpUriError, parseAmqpUri } from '../amqp/client/amqp-uri.ts';
import type { BrokerAddress } from '../amqp/client-contract.ts';
import { defaultDialect, dialectNames, isDialectName } from '../amqp/embedded/dialects.ts';
import type { DialectName } from '../amqp/embedded/dialects.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import { brokerConnectionSchema, confirmPolicySchema } from '../bridge/broker-profiles.ts';
import type { BrokerConnection, ProfileForm, SecretPlace } from '../bridge/broker-profiles.ts';
import type { Trust } from '../bridge/workspace.ts';
import { JsonFile } from './json-file.ts';
import type { SecretStore } from './secrets.ts';
import { readTlsFiles } from './tls-files.ts';

/** What the script sees of a confirm, and how long one is awaited. */
export interface ConfirmPolicy {
  readonly confirms: 'broker' | 'kumod';
  readonly confirmTimeoutMs: number;
}

interface NamedProfile extends ConfirmPolicy {
  readonly id: string;
  readonly name: string;
}
export interface OwnProfile extends NamedProfile {
  readonly kind: 'broker';
  readonly connection: BrokerConnection;
}
export interface BuiltInProfile extends NamedProfile {
  readonly kind: 'embedded' | 'as-written';
}
export type StoredProfile = BuiltInProfile | OwnProfile;

export const EMBEDDED = 'embedded';
export const AS_WRITTEN = 'as-written';
export const DEFAULT_CONFIRMS: ConfirmPolicy = { confirms: 'broker', confirmTimeoutMs: 5_000 };

const storedProfileSchema = confirmPolicySchema.extend({
  id: z.string(),
  name: z.string(),
  connection: brokerConnectionSchema,
});
const brokersFileSchema = z.object({
  profiles: z.array(z.preprocess(fromUrlProfile, storedProfileSchema)),
  builtIn: z.record(z.string(), confirmPolicySchema),
  active: z.record(z.string(), z.string()),
  /** Of the embedded broker. */
  dialect: z.enum(dialectNames).optional(),
});

/** Profiles were kept as URLs once. */
function fromUrlProfile(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('url' in stored)) return stored;
  const { url, ...profile } = stored;
  return { ...profile, connection: connectionOf(parseBrokerUrl(String(url))) };
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
      .map((profile) => ({ ...profile, kind: 'broker' as const }))
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

  /**
   * Adds (no id) or changes a profile; answers its id. Secrets go to the secret store. Rejects with
   * `invalid-input` for what could not be dialled, before anything is changed.
   */
  async save({ password, keyPassphrase, ...form }: ProfileForm): Promise<string> {
    const { name, connection, confirms, confirmTimeoutMs } = form;
    const id = form.id ?? randomUUID();
    const before = this.#stored.profiles.find((profile) => profile.id === id);
    if (form.id !== undefined && !before) {
      throw new BridgeError('not-found', `There is no broker profile ${id} any more.`);
    }
    if (this.list().some((other) => other.id !== id && other.name === name)) {
      throw new BridgeError(
        'invalid-input',
        `Another broker is called ${name}; give another name.`,
      );
    }
    assertManagementUrl(connection.managementUrl);
    if (connection.tls) {
      readTlsFiles(connection.tls, keyPassphrase ?? this.#secrets.get(passphraseKey(id)));
    }
    // A secret belongs to a place and a user: elsewhere it must not be sent by itself.
    if (before && placeOf(before.connection) !== placeOf(connection)) {
      this.#secrets.remove(passwordKey(id));
    }
    if (before && before.connection.tls?.keyFile !== connection.tls?.keyFile) {
      this.#secrets.remove(passphraseKey(id));
    }
    if (password !== undefined) await this.#secrets.set(passwordKey(id), password);
    if (keyPassphrase !== undefined) await this.#secrets.set(passphraseKey(id), keyPassphrase);
    const others = this.#stored.profiles.filter((profile) => profile.id !== id);
    this.#change({ profiles: [...others, { id, name, connection, confirms, confirmTimeoutMs }] });
    return id;
  }

  /** Which RabbitMQ the embedded broker is like. */
  get dialect(): DialectName {
    return this.#stored.dialect ?? defaultDialect;
  }

  /** Throws `invalid-input` for a name that is none. */
  setDialect(name: string): void {
    if (!isDialectName(name)) {
      throw new BridgeError(
        'invalid-input',
        `${name} is no dialect of the embedded broker; choose ${dialectNames.join(' or ')}.`,
      );
    }
    this.#change({ dialect: name });
  }

  configure(id: string, { confirms, confirmTimeoutMs }: ConfirmPolicy): void {
    const profile = this.get(id);
    if (profile.kind === 'broker') {
      const profiles = this.#stored.profiles.map((other) =>
        other.id === id ? { ...other, confirms, confirmTimeoutMs } : other,
      );
      this.#change({ profiles });
    } else {
      this.#change({ builtIn: { ...this.#stored.builtIn, [id]: { confirms, confirmTimeoutMs } } });
    }
  }

  remove(id: string): void {
    if (this.get(id).kind !== 'broker') {
      throw new BridgeError('refused', 'The built-in broker profiles cannot be removed.');
    }
    this.#secrets.remove(passwordKey(id));
    this.#secrets.remove(passphraseKey(id));
    const active = Object.fromEntries(
      Object.entries(this.#stored.active).filter(([, chosen]) => chosen !== id),
    );
    const profiles = this.#stored.profiles.filter((profile) => profile.id !== id);
    this.#change({ profiles, active });
  }

  /**
   * Where a profile dials, its secrets and certificates included. Throws `invalid-input` for a file
   * that cannot be used, and `refused` for a password that cannot be opened from here.
   *
   * @param given stands for the stored password
   */
  addressOf({ id, name, connection }: OwnProfile, given?: string): BrokerAddress {
    if (given === undefined && this.passwordPlace(id) === 'locked') {
      throw new BridgeError(
        'refused',
        `The password of ${name} is sealed in the system's store by the desktop application, which alone can open it; give it again in this shell, or use the desktop application.`,
      );
    }
    const { host, port, username, vhost, heartbeatSeconds, tls } = connection;
    return {
      host,
      port,
      username,
      vhost,
      // As the AMQP URI specification has it for a URI without one.
      password: given ?? this.#secrets.get(passwordKey(id)) ?? 'guest',
      ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
      ...(tls === undefined
        ? {}
        : { tls: readTlsFiles(tls, this.#secrets.get(passphraseKey(id))) }),
    };
  }

  /** Where the password of a profile is; undefined: it has none. */
  passwordPlace(id: string): SecretPlace | 'locked' | undefined {
    return this.#secrets.placeOf(passwordKey(id));
  }

  /** Where a password that is given now is kept. */
  get secretsIn(): SecretPlace {
    return this.#secrets.place;
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

/** What a profile keeps of an address: all but its secrets. */
export function connectionOf(address: BrokerAddress): BrokerConnection {
  const { host, port, username, vhost, heartbeatSeconds, tls } = address;
  return {
    host,
    port,
    username,
    vhost,
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
    ...(tls === undefined
      ? {}
      : { tls: tls.serverName === undefined ? {} : { serverName: tls.serverName } }),
  };
}

function assertManagementUrl(url: string | undefined): void {
  if (url === undefined) return;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new BridgeError(
      'invalid-input',
      `The management URL is not one; write it as http://host:15672 or https://host:15671.`,
    );
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new BridgeError(
      'invalid-input',
      'Leave user and password out of the management URL; those of the profile are used.',
    );
  }
}

function placeOf({ host, port, username, vhost, tls }: BrokerConnection): string {
  return JSON.stringify([host, port, username, vhost, tls !== undefined]);
}

function passwordKey(profileId: string): string {
  return `broker/${profileId}`;
}

function passphraseKey(profileId: string): string {
  return `broker/${profileId}/key`;
}
