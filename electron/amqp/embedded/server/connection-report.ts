/** What the broker's listeners are told of connections. */
import type { ConnectionEvent } from '../broker-events.ts';
import type { AmqpError } from '../wire/amqp-error.ts';
import type { BrokerServices } from './broker-services.ts';
import type { Session } from './handshake.ts';

interface Reporter {
  readonly id: number;
  readonly services: BrokerServices;
}

/** `reason` says what ended it; undefined when the client closed or went away. */
export function reportConnection(
  { id, services }: Reporter,
  kind: ConnectionEvent['kind'],
  { user, vhost, clientName }: Session,
  reason?: string,
): void {
  services.events.emit('connection', {
    kind,
    connectionId: id,
    user,
    vhost: vhost.name,
    clientName,
    reason,
  });
  services.changed();
}

/** `channel` is undefined when the connection was closed. */
export function reportProtocolError(
  { id, services }: Reporter,
  channel: number | undefined,
  error: AmqpError,
): void {
  services.events.emit('protocolError', {
    connectionId: id,
    channel,
    replyCode: error.code,
    replyText: error.message,
  });
}
