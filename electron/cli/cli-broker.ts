/** `--broker`: the embedded one, an AMQP URL, or a profile of the person's own. */
import { AS_WRITTEN, BrokerProfiles, EMBEDDED, parseBrokerUrl } from '../host/broker-profiles.ts';
import type { ConfirmPolicy } from '../host/broker-profiles.ts';
import { ensureDataDir } from '../host/data-dir.ts';
import { definitionsBeside, startEmbeddedBroker } from '../host/embedded-broker-service.ts';
import { asWrittenBroker, mappedBroker } from '../host/run-broker.ts';
import type { RunBroker } from '../host/run-broker.ts';
import { SecretStore } from '../host/secrets.ts';
import { parseFault } from '../amqp/embedded/faults.ts';
import { CommandProblem, UsageError } from './cli-error.ts';

export interface CliBrokerOptions extends ConfirmPolicy {
  readonly name: string;
  readonly fault: string | undefined;
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
  if (options.fault !== undefined || options.definitions !== undefined) {
    throw new UsageError(
      '--fault and --definitions belong to the embedded broker; leave out --broker.',
    );
  }
  return { runBroker: otherBroker(options), close: async () => undefined };
}

async function openEmbedded(options: CliBrokerOptions): Promise<CliBroker> {
  const definitionsFile = options.definitions ?? definitionsBeside(options.policyFolder);
  const fault = options.fault === undefined ? undefined : parseFault(options.fault);
  const broker = await startEmbeddedBroker({ port: 0, fault, definitionsFile });
  return {
    runBroker: mappedBroker(EMBEDDED, broker.address, options, options.fault),
    close: () => broker.close(),
  };
}

function otherBroker(options: CliBrokerOptions): RunBroker {
  const { name } = options;
  if (name === AS_WRITTEN) return asWrittenBroker(options);
  if (name.includes('://')) return mappedBroker('url', parseBrokerUrl(name), options);
  const problems: string[] = [];
  const note = (sentence: string) => problems.push(sentence);
  const dataDir = ensureDataDir();
  const profiles = new BrokerProfiles(dataDir, new SecretStore(dataDir, note), note);
  const profile = profiles
    .list()
    .find((candidate) => candidate.id === name || candidate.name === name);
  if (profile?.kind !== 'url') {
    throw new CommandProblem(
      [...problems, `${name} is neither an amqp:// URL nor the name of a broker profile.`].join(
        ' ',
      ),
    );
  }
  return mappedBroker(profile.name, profiles.addressOf(profile), options);
}
