/** What the embedded broker reports while it runs. */

export interface ConnectionEvent {
  readonly kind: 'opened' | 'closed';
  /** Counts from 1 since the broker was made. */
  readonly connectionId: number;
  readonly user: string;
  readonly vhost: string;
  /** The client's own name for the connection, else its product. */
  readonly clientName: string | undefined;
  /** On `closed`: the reply text that ended it; undefined when the client closed or went away. */
  readonly reason: string | undefined;
}

/** A channel or a connection was closed with an error, as the client was told. */
export interface ProtocolErrorEvent {
  readonly connectionId: number;
  /** Undefined when the connection was closed. */
  readonly channel: number | undefined;
  readonly replyCode: number;
  readonly replyText: string;
}

/** Why the broker confirmed as it did, or did not. */
export type PublishReason =
  /** It is in every queue it was routed to. */
  | 'routed'
  /** No queue took it; acknowledged, and gone. */
  | 'unroutable'
  /** A queue at its limit refused it (reject-publish). */
  | 'queue-full'
  /** The fault that is set made it so. */
  | 'fault'
  /** The exchange is missing or internal, or a property is invalid: the channel was closed. */
  | 'refused';

export interface PublishedEvent {
  readonly connectionId: number;
  readonly user: string;
  readonly vhost: string;
  readonly channel: number;
  /** Counts from 1 on a confirm channel; 0 on a channel without confirms. */
  readonly deliveryTag: number;
  readonly exchange: string;
  readonly routingKey: string;
  readonly mandatory: boolean;
  readonly bodyBytes: number;
  /** The queues it was routed to, full ones included. */
  readonly queues: readonly string[];
  /** `none`: not a confirm channel, or the fault kept the confirm. */
  readonly verb: 'ack' | 'nack' | 'none';
  readonly why: PublishReason;
  /** True when it went back with basic.return. */
  readonly returned: boolean;
}

export interface BrokerEvents {
  connection: [ConnectionEvent];
  protocolError: [ProtocolErrorEvent];
  published: [PublishedEvent];
  /** Queues, bindings, depths or connections are not what they were; at most 20 times a second. */
  changed: [];
}
