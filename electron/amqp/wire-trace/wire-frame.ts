/** One thing that passed on an AMQP connection, decoded for people. */
export interface WireFrame {
  /** From 1, in the order in which it passed. */
  readonly number: number;
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number;
  /** Seen from the side that traces. */
  readonly direction: 'sent' | 'received';
  /** `socket`: no frame, but what became of the connection below AMQP. */
  readonly kind:
    'protocol-header' | 'method' | 'header' | 'body' | 'heartbeat' | 'malformed' | 'socket';
  readonly channel: number;
  /** The method as the specification writes it (`basic.publish`), else what it is in plain words. */
  readonly name: string;
  /** Bytes on the wire, with the frame around the payload; 0 for `socket`. */
  readonly size: number;
  /** Arguments, properties, or the beginning of a body, in their order. Never a password. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}
