/** The broker of a run: which address a policy's publishes really go to, and what its script sees. */
import { existsSync, readFileSync } from 'node:fs';
import type { BrokerAddress, ConnectionObserver } from '../amqp/client-contract.ts';
import type { DialectName } from '../amqp/embedded/dialects.ts';
import { formatAddress } from '../amqp/client/amqp-uri.ts';
import { ScriptAmqp } from '../amqp/client/script-amqp.ts';
import type { ScriptAmqpOptions } from '../amqp/client/script-amqp.ts';
import type { EntryBody, RunEntry } from '../../lua-runtime/recording/entries.ts';
import { AS_WRITTEN, EMBEDDED } from './broker-profiles.ts';
import type {
  BrokerProfiles,
  ConfirmPolicy,
  OwnProfile,
  StoredProfile,
} from './broker-profiles.ts';
import type { EmbeddedBrokerService } from './embedded-broker-service.ts';
import type { HostCallHandler } from './worker/worker-contract.ts';

const CONNECT_TIMEOUT_MS = 20_000;
/** Of a payload, for comparing it. */
const COMPARED_PAYLOAD_BYTES = 256 * 1024;

/** What answers the AMQP calls of one run's scripts. */
export interface RunAmqp {
  readonly handleCall: HostCallHandler;
  /** Shared with the run's workers: see publish-ahead.ts. */
  readonly publishNumbers: SharedArrayBuffer;
  /** Resolves when every publish of the message (undefined: of none) has its verdict, and its entry was emitted. */
  settled(message: number | undefined): Promise<void>;
  /**
   * Ends the connections that scripts left open: `drain` once what they published has its verdict,
   * `abandon` at once.
   */
  close(how?: 'drain' | 'abandon'): Promise<void>;
}

export interface RunBroker {
  /** The name of the profile. */
  readonly profile: string;
  /** Without a password. */
  readonly address: string;
  readonly confirms: ConfirmPolicy['confirms'];
  /** Of the embedded broker, as on the command line. */
  readonly fault?: string | undefined;
  /** Of the embedded broker. */
  readonly dialect?: DialectName | undefined;
  /** `emit` gets the publish and verdict entries. */
  open(emit: (entry: EntryBody) => void, how?: RunAmqpOptions): RunAmqp;
}

/** `observer` is told of what is dialled. */
export type RunAmqpOptions = Pick<ScriptAmqpOptions, 'observer' | 'shownPayloadBytes'>;

/** As a recording tells it. */
export function brokerOfRun({ profile, address, dialect }: RunBroker): RunEntry['broker'] {
  return { profile, address, ...(dialect === undefined ? {} : { dialect }) };
}

/** Every address of a policy is mapped to `address`. */
export function mappedBroker(
  profile: string,
  address: BrokerAddress,
  confirms: ConfirmPolicy,
  embedded?: Pick<RunBroker, 'fault' | 'dialect'>,
): RunBroker {
  return brokerWith({
    profile,
    shown: formatAddress(address),
    confirms,
    ...embedded,
    mapAddress: () => address,
    // The certificates that a policy names belong to the address that is not dialled.
    readCertificate: () => '',
  });
}

/** Dials what the policy says. */
export function asWrittenBroker(confirms: ConfirmPolicy): RunBroker {
  return brokerWith({
    profile: AS_WRITTEN,
    shown: 'as the policy says',
    confirms,
    mapAddress: (asked) => asked,
    readCertificate: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
  });
}

/**
 * A broker of the person's own. Its files and its password are read when a script dials, and what is
 * wrong with them is what the script is told.
 */
export function ownBroker(
  profile: OwnProfile,
  profiles: BrokerProfiles,
  confirms: ConfirmPolicy,
  password?: string,
): RunBroker {
  return brokerWith({
    profile: profile.name,
    shown: formatAddress(profile.connection),
    confirms,
    mapAddress: () => profiles.addressOf(profile, password),
    readCertificate: () => '',
  });
}

export function brokerOfProfile(
  profile: StoredProfile,
  profiles: BrokerProfiles,
  embedded: EmbeddedBrokerService,
): RunBroker {
  if (profile.kind === 'as-written') return asWrittenBroker(profile);
  if (profile.kind === 'broker') return ownBroker(profile, profiles, profile);
  const { address, fault } = embedded;
  return brokerWith({
    profile: EMBEDDED,
    shown: address ? formatAddress(address) : 'the embedded broker',
    confirms: profile,
    fault,
    dialect: profiles.dialect,
    mapAddress: () => embedded.ensureStarted(),
    readCertificate: () => '',
  });
}

/** The same broker, with somebody who is told of its connections. */
export function observedBroker(broker: RunBroker, observer: ConnectionObserver): RunBroker {
  return { ...broker, open: (emit, how) => broker.open(emit, { ...how, observer }) };
}

/** The same broker; recordings show payloads as far as anybody compares them. */
export function withWholePayloads(broker: RunBroker): RunBroker {
  return {
    ...broker,
    open: (emit, how) => broker.open(emit, { ...how, shownPayloadBytes: COMPARED_PAYLOAD_BYTES }),
  };
}

interface BrokerParts extends Pick<ScriptAmqpOptions, 'mapAddress' | 'readCertificate'> {
  readonly profile: string;
  /** The address for people. */
  readonly shown: string;
  readonly confirms: ConfirmPolicy;
  readonly fault?: string | undefined;
  readonly dialect?: DialectName | undefined;
}

function brokerWith({
  profile,
  shown,
  confirms: policy,
  fault,
  dialect,
  ...dialling
}: BrokerParts): RunBroker {
  const { confirms, confirmTimeoutMs } = policy;
  return {
    profile,
    address: shown,
    confirms,
    ...(fault === undefined ? {} : { fault }),
    ...(dialect === undefined ? {} : { dialect }),
    open(emit, how) {
      const amqp = new ScriptAmqp({
        ...dialling,
        confirms,
        confirmTimeoutMs,
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
        emit,
        now: () => performance.timeOrigin + performance.now(),
        ...how,
      });
      return {
        handleCall: (name, input, context) => amqp.call(name, input, context),
        publishNumbers: amqp.numbers.memory,
        settled: (message) => amqp.outstanding(message),
        close: (how) => amqp.close(how),
      };
    },
  };
}
