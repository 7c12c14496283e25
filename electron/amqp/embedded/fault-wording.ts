/** What RabbitMQ typically says with a reply code when the cause is a publish. */
import { AmqpError } from './wire/amqp-error.ts';
import type { ReplyCode } from './wire/amqp-error.ts';

/** The publish on which a fault closes the channel or the connection. */
export interface FaultyPublish {
  readonly exchange: string;
  readonly routingKey: string;
  readonly vhost: string;
  readonly user: string;
  readonly bodyBytes: number;
}

/** The error to close with. `scope` is what the fault closes, whatever the code would close. */
export function faultError(
  code: ReplyCode,
  scope: 'channel' | 'connection',
  publish: FaultyPublish,
): AmqpError {
  return new AmqpError(code, wording(code, publish), scope);
}

function wording(code: ReplyCode, publish: FaultyPublish): string {
  const exchange = `exchange '${publish.exchange}' in vhost '${publish.vhost}'`;
  const queue = `queue '${publish.routingKey}' in vhost '${publish.vhost}'`;
  switch (code) {
    case 311:
      return `message size ${publish.bodyBytes} is larger than the server accepts`;
    case 312:
      return `no route for routing key '${publish.routingKey}' from ${exchange}`;
    case 313:
      return `no consumers on ${queue}`;
    case 320:
      return "broker forced connection closure with reason 'shutdown'";
    case 402:
      return `vhost '${publish.vhost}' is not available`;
    case 403:
      return `access to ${exchange} refused for user '${publish.user}'`;
    case 404:
      return `no ${exchange}`;
    case 405:
      return `cannot obtain exclusive access to locked ${queue}. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.`;
    case 406:
      return `user_id property set to 'somebody-else' but authenticated user was '${publish.user}'`;
    case 501:
      return 'type 3, all octets = <<>>: {invalid_frame_end_marker,0}';
    case 502:
      return 'the arguments of basic.publish cannot be read';
    case 503:
      return 'unimplemented method';
    case 504:
      return "expected 'channel.open'";
    case 505:
      return 'expected content header for class 60, got non content header frame instead';
    case 506:
      return 'the node is out of file descriptors';
    case 530:
      return `access to vhost '${publish.vhost}' refused for user '${publish.user}'`;
    case 540:
      return 'immediate=true';
    case 541:
      return 'the node failed while it handled basic.publish';
  }
}
