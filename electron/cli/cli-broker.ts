/** `--broker`: the embedded one, an AMQP URL, or a profile of the person's own. */
import { BridgeError } from '../bridge/bridge-error.ts';
import {
  AS_WRITTEN,
  BrokerProfiles,
  DEFAULT_CONFIRMS,
  EMBEDDED,
  parseBrokerUrl,
} from '../host/broker-profiles.ts';
import type { ConfirmPolicy } from '../host/broker-profiles.ts';
import { ensureDataDir } from '../host/data-dir.ts';
import { definitionsBeside, startEmbeddedBroker } from '../host/start-embedded-broker.ts';
import { asWrittenBroker, mappedBroker, ownBroker } from '../host/run-broker.ts';
import type { RunBroker } from '../host/run-broker.ts';
import { SecretStore } from '../host/secrets.ts';
import { defaultDialect } from '../amqp/embedded/dialects.ts';
import type { DialectName } from '../amqp/embedded/dialects.ts';
import { parseFault } from '../amqp/embedded/faults.ts';
import { CommandProblem, UsageError } from './cli-error.ts';

/** Stands for the password of a profile. */
const PASSWORD_VARIABLE = 'KUMO_WORKBENCH_BROKER_PASSWORD';

export interface CliBrokerOptions {
  readonly name: string;
  /** What was asked for; the rest is the profile's, or the default. */
  readonly confirms: Partial<ConfirmPolicy>;
  readonly fault: string | undefined;
  /** Default: that of the embedded broker by itself. */
  readonly dialect?: DialectName | undefined;
  readonly definitions: string | undefined;
  readonly policyFolder: string;
}

export interface CliBroker {
  readonly runBroker: RunBroker;
  close(): Promise<void>;
}

/** Naming a broker on the command line is the consent to dial it. */
export async function openCliBroker(options: CliBrokerOptions): Promise<CliBroker> {
  const { name } = options;
  if (name === EMBEDDED) return openEmbedded(options);
  if ([options.fault, options.dialect, options.definitions].some((it) => it !== undefined)) {
    throw new UsageError(
      '--fault, --dialect and --definitions belong to the embedded broker; leave out --broker.',
    );
  }
  return { runBroker: await otherBroker(options), close: async () => undefined };
}

async function openEmbedded(options: CliBrokerOptions): Promise<CliBroker> {
  const definitionsFile = options.definitions ?? definitionsBeside(options.policyFolder);
  const fault = options.fault === undefined ? undefined : parseFault(options.fault);
  const broker = await startEmbeddedBroker({
    port: 0,
    fault,
    dialect: options.dialect,
    definitionsFile,
  });
  return {
    runBroker: mappedBroker(EMBEDDED, broker.address, confirmsOf(options), {
      fault: options.fault,
      dialect: options.dialect ?? defaultDialect,
    }),
    close: () => broker.close(),
  };
}

async function otherBroker(options: CliBrokerOptions): Promise<RunBroker> {
  const { name } = options;
  if (name === AS_WRITTEN) return asWrittenBroker(confirmsOf(options));
  if (name.includes('://')) return mappedBroker('url', parseBrokerUrl(name), confirmsOf(options));
  const problems: string[] = [];
  const note = (sentence: string) => problems.push(sentence);
  const dataDir = ensureDataDir();
  const secrets = await SecretStore.open(dataDir, note);
  const profiles = new BrokerProfiles(dataDir, secrets, note);
  const profile = profiles
    .list()
    .find((candidate) => candidate.id === name || candidate.name === name);
  if (profile?.kind !== 'broker') {
    throw new UsageError(
      [...problems, `${name} is neither an amqp:// URL nor the name of a broker profile.`].join(
        ' ',
      ),
    );
  }
  const password = process.env[PASSWORD_VARIABLE];
  try {
    // What cannot be dialled is said once, and not by every message.
    profiles.addressOf(profile, password);
  } catch (error) {
    if (!(error instanceof BridgeError) || error.code !== 'refused') throw error;
    throw new CommandProblem(
      `The password of ${profile.name} is sealed in the system's store by the desktop application; give it in the environment variable ${PASSWORD_VARIABLE}.`,
    );
  }
  return ownBroker(profile, profiles, confirmsOf(options, profile), password);
}

function confirmsOf(
  { confirms }: CliBrokerOptions,
  { confirms: sees, confirmTimeoutMs }: ConfirmPolicy = DEFAULT_CONFIRMS,
): ConfirmPolicy {
  return { confirms: sees, confirmTimeoutMs, ...confirms };
}
