import type { VirtualHost } from '../engine/virtual-host.ts';
import type { Access } from '../permissions.ts';
import type { AmqpError } from '../wire/amqp-error.ts';
import type { Content } from '../wire/frame-writer.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import type { BrokerServices } from './broker-services.ts';
import type { Confirms } from './confirms.ts';

/** A connection as its channels see it. */
export interface ChannelHost {
  readonly id: number;
  readonly user: string;
  readonly vhost: VirtualHost;
  /** What the user may do in the virtual host. */
  readonly access: Access;
  readonly services: BrokerServices;
  /** The client has the capability `consumer_cancel_notify`. */
  readonly hearsCancel: boolean;
  /** True while the client reads slower than it is sent to; `Channel.resume` is called afterwards. */
  readonly isBehind: boolean;
  send<Name extends MethodName>(
    channel: number,
    name: Name,
    args?: Partial<MethodArguments<Name>>,
  ): void;
  sendContent<Name extends MethodName>(
    channel: number,
    name: Name,
    args: Partial<MethodArguments<Name>>,
    content: Content,
  ): void;
  /** Flushes the confirms once all that has been received is handled. */
  flushLater(confirms: Confirms): void;
  /** Closes the connection with an error. */
  fail(error: AmqpError, cause?: MethodName): void;
  /** Ends the TCP connection with a reset. */
  reset(): void;
  /** The channel is closed on both sides; its number is free. */
  forget(channel: number): void;
}
