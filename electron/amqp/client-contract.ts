/**
 * The AMQP client as the host uses it: one publisher per connection, always on a confirm channel
 * with `mandatory` set, so that what the broker did is known even when the script asked for neither.
 */
import type { Verdict, WirePlace } from '../../lua-runtime/recording/entries.ts';
import type { ConnectionTrace } from './wire-trace/connection-trace.ts';

/** Where to dial. `tls` present means amqps. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly vhost: string;
  readonly heartbeatSeconds?: number;
  readonly connectionName?: string;
  readonly tls?: {
    readonly serverName?: string;
    /** PEM texts. */
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    /** Opens the key. */
    readonly passphrase?: string;
  };
}

/** One row of the cause table (shared/facts: what amqplib surfaces). */
export type VerdictCause =
  | 'acked'
  | 'nacked'
  | 'unroutable'
  | 'confirm-timeout'
  | 'missing-exchange'
  | 'access-refused'
  | 'login-refused'
  | 'missing-vhost'
  | 'precondition-failed'
  | 'message-too-large'
  | 'headers-too-large'
  | 'connection-refused'
  | 'host-not-found'
  | 'not-tls'
  | 'certificate-rejected'
  | 'client-certificate-required'
  | 'client-certificate-rejected'
  | 'not-amqp'
  | 'other-amqp-version'
  | 'connect-timeout'
  | 'blocked'
  | 'connection-lost'
  | 'heartbeat-timeout'
  | 'closed-by-operator'
  | 'channel-closed'
  | 'closed-by-us'
  | 'other';

/** What the broker did with one publish, or why none could happen. */
export interface BrokerVerdict {
  readonly verdict: Verdict;
  readonly cause: VerdictCause;
  readonly replyCode?: number;
  /** The broker's own words, unabridged. */
  readonly replyText?: string;
  /** What happened and what to do about it, one or two sentences for the person at the screen. */
  readonly explanation: string;
  /** Microseconds from the publish to the verdict; absent for connection failures. */
  readonly latencyUs?: number;
}

/** A connection could not be made or is gone. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly verdict: BrokerVerdict;
  constructor(verdict: BrokerVerdict) {
    super(verdict.explanation);
    this.verdict = verdict;
  }
}

export interface OutgoingMessage {
  readonly exchange: string;
  readonly routingKey: string;
  /** What the script asked for; the client sets it on the wire anyway. */
  readonly mandatory: boolean;
  readonly properties: { readonly [amqpName: string]: unknown };
  readonly payload: Uint8Array;
}

export interface Publisher {
  readonly address: BrokerAddress;
  /** False once the channel or the connection is gone; `closedBecause` then says why. */
  readonly isOpen: boolean;
  readonly closedBecause: BrokerVerdict | undefined;
  /** Where the newest publish is in the connection's trace; undefined without one. */
  readonly newestOnWire: WirePlace | undefined;
  /**
   * Hands the message to the connection. Returns the promise of what the broker does with it, which
   * always resolves (never rejects): acked, nacked, unroutable, unconfirmed (after `confirmTimeoutMs`,
   * or when the connection goes first: unknown), failed.
   * Throws `BrokerError` when the channel is already closed.
   */
  publish(message: OutgoingMessage): Promise<BrokerVerdict>;
  /** Throws `BrokerError` when already closed. */
  close(): Promise<void>;
}

export interface PublisherOptions {
  readonly confirmTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Heard as soon as the channel or the connection is lost, before any verdict that follows from it. */
  readonly onClosed?: () => void;
  /** Is shown the frames of the connection. */
  readonly trace?: ConnectionTrace | undefined;
}

/** Who wants to know of the connections that scripts make. */
export interface ConnectionObserver {
  /** A connection is about to be dialled; the trace, if there is one, is shown its frames. */
  readonly trace?: (address: BrokerAddress) => ConnectionTrace | undefined;
  readonly opened?: (address: BrokerAddress) => void;
  /** It could not be made, or has ended without this side's doing; a channel's end is none of it. */
  readonly lost?: (address: BrokerAddress, why: BrokerVerdict) => void;
}

/** Connects and opens the confirm channel. Rejects with `BrokerError`. */
export type ConnectPublisher = (
  address: BrokerAddress,
  options: PublisherOptions,
) => Promise<Publisher>;
