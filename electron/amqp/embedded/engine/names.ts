/** Names of queues and exchanges, in RabbitMQ's words. */
import { randomBytes } from 'node:crypto';
import { AmqpError } from '../wire/amqp-error.ts';

export type ResourceKind = 'queue' | 'exchange';

/** As every error text names it. */
export function described(kind: ResourceKind, name: string, vhost: string): string {
  return `${kind} '${name}' in vhost '${vhost}'`;
}

/** RabbitMQ takes line ends out of the names it is given in declarations and bindings. */
export function withoutLineEnds(name: string): string {
  return name.includes('\n') || name.includes('\r') ? name.replace(/[\r\n]/g, '') : name;
}

/** `amq.gen-…` and `amq.ctag-…`: a name that nobody else has. */
export function generatedName(prefix: 'amq.gen' | 'amq.ctag'): string {
  return `${prefix}-${randomBytes(16).toString('base64url')}`;
}

/** Throws 403 for a new name that the broker keeps for itself. */
export function assertNotReserved(kind: ResourceKind, name: string): void {
  if (name.startsWith('amq.')) {
    throw new AmqpError(403, `${kind} name '${name}' contains reserved prefix 'amq.*'`);
  }
}

/** Throws 403: the default exchange has a binding for every queue and none besides. */
export function assertNotDefaultExchange(name: string): void {
  if (name === '') throw new AmqpError(403, 'operation not permitted on the default exchange');
}

export function notFound(kind: ResourceKind, name: string, vhost: string): AmqpError {
  return new AmqpError(404, `no ${described(kind, name, vhost)}`);
}

export function locked(queue: string, vhost: string): AmqpError {
  return new AmqpError(
    405,
    `cannot obtain exclusive access to locked ${described('queue', queue, vhost)}. It could be ` +
      'originally declared on another connection or the exclusive property value does not ' +
      'match that of the original declaration.',
  );
}
