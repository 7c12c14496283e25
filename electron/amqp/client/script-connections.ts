/**
 * The connections of a run, dialled for its scripts; a broker that cannot be reached becomes a verdict
 * and the error that kumod's client gives (KumoMTA crates/mod-amqp/src/lapin_client.rs,
 * amqprs_client.rs).
 */
import type { AmqpConnectionTable } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';
import { BrokerError } from '../client-contract.ts';
import type {
  BrokerAddress,
  BrokerVerdict,
  ConnectionObserver,
  ConnectPublisher,
  Publisher,
} from '../client-contract.ts';
import { AmqpUriError, parseAmqpUri } from './amqp-uri.ts';
import { ConnectionPools } from './connection-pools.ts';
import {
  amqprsConnectError,
  amqprsPoolError,
  lapinConnectError,
  lapinUriError,
} from './kumod-error-text.ts';
import { addressOfTable, CertificateFileError } from './policy-address.ts';
import { connectPublisher } from './publisher.ts';
import type { PublishNumbers } from './publish-numbers.ts';
import { ScriptError } from './script-error.ts';
import { verdictEntry } from './verdict-entries.ts';
import type { EntryOrigin } from './verdict-entries.ts';

export interface ScriptConnectionsOptions {
  /**
   * Which broker stands for the address that the policy names. It may refuse by throwing: the
   * error's message is what the script sees.
   */
  readonly mapAddress: (policyAddress: BrokerAddress) => BrokerAddress | Promise<BrokerAddress>;
  /** A certificate or key file that a policy names, as PEM text; undefined when it is not there. */
  readonly readCertificate: (file: string) => string | undefined;
  readonly confirmTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly emit: (entry: EntryBody) => void;
  /** Milliseconds since the epoch, with fractions. */
  readonly now: () => number;
  readonly connect?: ConnectPublisher;
  readonly observer?: ConnectionObserver | undefined;
}

/** Whoever asks for a connection is told why there is none: the error's message is for the script. */
export class ScriptConnections {
  readonly #options: ScriptConnectionsOptions;
  readonly #numbers: PublishNumbers;
  readonly #pools = new ConnectionPools();

  constructor(options: ScriptConnectionsOptions, numbers: PublishNumbers) {
    this.#options = options;
    this.#numbers = numbers;
  }

  /** What `kumo.amqp.build_client` makes. */
  async dialUri(uri: string, origin: EntryOrigin): Promise<Publisher> {
    try {
      return await this.#dial(parseAmqpUri(uri));
    } catch (error) {
      if (error instanceof BrokerError) {
        this.emitFailure(error.verdict, origin);
        throw new ScriptError(lapinConnectError(error.verdict));
      }
      if (error instanceof AmqpUriError) {
        this.emitFailure({ verdict: 'failed', cause: 'other', explanation: error.message }, origin);
        throw new ScriptError(lapinUriError(error));
      }
      throw error;
    }
  }

  async #dial(policyAddress: BrokerAddress, connectTimeoutMs?: number): Promise<Publisher> {
    const address = await this.#options.mapAddress(policyAddress);
    const { observer, connect = connectPublisher } = this.#options;
    let publisher: Publisher | undefined;
    try {
      publisher = await connect(address, {
        confirmTimeoutMs: this.#options.confirmTimeoutMs,
        connectTimeoutMs: Math.min(
          connectTimeoutMs ?? this.#options.connectTimeoutMs,
          this.#options.connectTimeoutMs,
        ),
        onClosed: () => {
          this.#numbers.connectionLost();
          // The reason comes behind the event that says that it is over.
          setImmediate(() => {
            const why = publisher?.closedBecause;
            if (why) observer?.lost?.(address, why);
          });
        },
        trace: observer?.trace?.(address),
      });
      observer?.opened?.(address);
      return publisher;
    } catch (error) {
      if (error instanceof BrokerError) observer?.lost?.(address, error.verdict);
      throw error;
    }
  }

  /** What `kumo.amqp.basic_publish` sends over. */
  async pooled(table: AmqpConnectionTable, origin: EntryOrigin): Promise<Publisher> {
    try {
      return await this.#pools.get(table, () =>
        this.#dial(addressOfTable(table, this.#options.readCertificate), table.connect_timeout_ms),
      );
    } catch (error) {
      if (error instanceof BrokerError) {
        this.emitFailure(error.verdict, origin);
        throw new ScriptError(
          amqprsConnectError(error.verdict, table.connect_timeout_ms !== undefined),
        );
      }
      throw error instanceof CertificateFileError
        ? new ScriptError(amqprsPoolError(error.message))
        : error;
    }
  }

  /** Those of the pools, which hold none afterwards. */
  takePooled(): Promise<readonly Publisher[]> {
    return this.#pools.takeAll();
  }

  /** There is no connection to publish over: that is the verdict. */
  emitFailure(verdict: BrokerVerdict, origin: EntryOrigin): void {
    this.#options.emit(verdictEntry(verdict, undefined, origin, this.#options.now()));
  }
}
