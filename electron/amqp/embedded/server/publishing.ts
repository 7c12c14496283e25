import type { PublishReason } from '../broker-events.ts';
import { Message } from '../engine/message.ts';
import type { RouteResult } from '../engine/virtual-host.ts';
import { faultError } from '../fault-wording.ts';
import type { Fault } from '../faults.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { ContentProperties } from '../wire/content-properties.ts';
import type { ChannelHost } from './channel-host.ts';
import { Confirms } from './confirms.ts';
import { decodingFailed } from './content-assembly.ts';
import type { PublishedContent } from './content-assembly.ts';

const nowhere: RouteResult = { queues: [], accepted: true };

/** The publishing side of one channel: checks, routes, returns, confirms, and has the faults. */
export class Publishing {
  readonly #host: ChannelHost;
  readonly #channel: number;
  readonly #delayed = new Set<NodeJS.Timeout>();
  #confirms: Confirms | undefined;

  constructor(host: ChannelHost, channel: number) {
    this.#host = host;
    this.#channel = channel;
  }

  get confirming(): boolean {
    return this.#confirms !== undefined;
  }

  /** From now on every publish is confirmed. */
  selectConfirms(): void {
    this.#confirms ??= new Confirms((verb, deliveryTag, multiple) => {
      // RabbitMQ leaves `requeue` of its nacks at the default of the specification: true.
      if (verb === 'ack') this.#host.send(this.#channel, 'basic.ack', { deliveryTag, multiple });
      else {
        this.#host.send(this.#channel, 'basic.nack', { deliveryTag, multiple, requeue: true });
      }
    });
  }

  /** Handles one complete publish. Throws the `AmqpError` that closes the channel or connection. */
  publish(content: PublishedContent): void {
    const deliveryTag = this.#confirms?.next() ?? 0;
    const fault = this.#host.services.fault;
    if (fault?.kind === 'reset') {
      this.#report(content, deliveryTag, 'none', 'fault', nowhere, false);
      return this.#host.reset();
    }
    if (fault?.kind === 'close-channel' || fault?.kind === 'close-connection') {
      this.#report(content, deliveryTag, 'none', 'fault', nowhere, false);
      throw this.#closingError(content, fault);
    }
    const message = this.#checked(content, deliveryTag);
    if (fault?.kind === 'nack') {
      return this.#settle(content, deliveryTag, 'nack', 'fault', nowhere, false);
    }
    const unroutable = fault?.kind === 'unroutable';
    const route = unroutable ? nowhere : this.#host.vhost.publish(message);
    const returned = content.publish.mandatory && route.queues.length === 0;
    if (returned) this.#return(message);
    if (fault?.kind === 'silent') {
      return this.#report(content, deliveryTag, 'none', 'fault', route, returned);
    }
    const why: PublishReason = unroutable
      ? 'fault'
      : !route.accepted
        ? 'queue-full'
        : route.queues.length === 0
          ? 'unroutable'
          : 'routed';
    const settle = () => {
      this.#settle(content, deliveryTag, route.accepted ? 'ack' : 'nack', why, route, returned);
    };
    if (fault?.kind === 'delay') this.#later(fault.milliseconds, settle);
    else settle();
  }

  /** The channel is gone: nothing is confirmed any more. */
  close(): void {
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
    this.#confirms = undefined;
  }

  #later(milliseconds: number, settle: () => void): void {
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      settle();
      this.#confirms?.flush();
    }, milliseconds);
    this.#delayed.add(timer);
  }

  #checked({ publish, encodedProperties, body }: PublishedContent, deliveryTag: number): Message {
    const { exchange, routingKey } = publish;
    const message = new Message(exchange, routingKey, encodedProperties, body);
    try {
      this.#host.vhost.assertCanPublish(exchange);
      assertProperties(message, this.#host.user);
    } catch (error) {
      const content = { publish, encodedProperties, body };
      this.#report(content, deliveryTag, 'none', 'refused', nowhere, false);
      throw error;
    }
    return message;
  }

  #closingError(
    { publish, body }: PublishedContent,
    fault: Extract<Fault, { kind: 'close-channel' | 'close-connection' }>,
  ): AmqpError {
    const scope = fault.kind === 'close-channel' ? 'channel' : 'connection';
    return faultError(fault.code, scope, {
      exchange: publish.exchange,
      routingKey: publish.routingKey,
      vhost: this.#host.vhost.name,
      user: this.#host.user,
      bodyBytes: body.length,
    });
  }

  #return(message: Message): void {
    const { exchange, routingKey } = message;
    this.#host.sendContent(
      this.#channel,
      'basic.return',
      { replyCode: 312, replyText: 'NO_ROUTE', exchange, routingKey },
      message,
    );
  }

  #settle(
    content: PublishedContent,
    deliveryTag: number,
    verb: 'ack' | 'nack',
    why: PublishReason,
    route: RouteResult,
    returned: boolean,
  ): void {
    const confirms = this.#confirms;
    if (confirms !== undefined) {
      if (verb === 'nack') confirms.nack(deliveryTag);
      else {
        confirms.ack(deliveryTag);
        this.#host.flushLater(confirms);
      }
    }
    const sent = confirms === undefined ? 'none' : verb;
    this.#report(content, deliveryTag, sent, why, route, returned);
  }

  #report(
    { publish, body }: PublishedContent,
    deliveryTag: number,
    verb: 'ack' | 'nack' | 'none',
    why: PublishReason,
    route: RouteResult,
    returned: boolean,
  ): void {
    const { events } = this.#host.services;
    if (events.listenerCount('published') === 0) return;
    events.emit('published', {
      connectionId: this.#host.id,
      user: this.#host.user,
      vhost: this.#host.vhost.name,
      channel: this.#channel,
      deliveryTag,
      exchange: publish.exchange,
      routingKey: publish.routingKey,
      mandatory: publish.mandatory,
      bodyBytes: body.length,
      queues: route.queues.map((queue) => queue.name),
      verb,
      why,
      returned,
    });
  }
}

/** Throws 501 for properties that cannot be read, 406 for those RabbitMQ refuses. */
function assertProperties(message: Message, user: string): void {
  let properties: ContentProperties;
  try {
    properties = message.properties();
  } catch (error) {
    throw decodingFailed(error, 'the properties of basic.publish');
  }
  const { userId, expiration } = properties;
  if (userId !== undefined && userId !== user) {
    throw new AmqpError(
      406,
      `user_id property set to '${userId}' but authenticated user was '${user}'`,
    );
  }
  if (expiration !== undefined && !/^\d+$/.test(expiration)) {
    const reason = /^-\d+$/.test(expiration) ? `{value_negative,${expiration}}` : 'no_integer';
    throw new AmqpError(406, `invalid expiration '${expiration}': ${reason}`);
  }
}
