import type { PublishFault } from '../active-faults.ts';
import type { Message } from '../engine/message.ts';
import { publishedMessage } from '../engine/published-message.ts';
import type { Queue } from '../engine/queue.ts';
import { faultError } from '../fault-wording.ts';
import type { ChannelHost } from './channel-host.ts';
import { Confirms } from './confirms.ts';
import { decodingFailed } from './content-assembly.ts';
import type { PublishedContent } from './content-assembly.ts';
import { reportPublish } from './publish-report.ts';
import type { PublishOutcome } from './publish-report.ts';
import type { ReplyConsumer } from './reply-consumer.ts';

/** A publish that passed its checks and waits to be carried out: at once, or by tx.commit. */
export interface Publication {
  readonly content: PublishedContent;
  readonly message: Message;
  readonly queues: readonly Queue[];
  readonly deliveryTag: number;
  readonly meets: PublishFault;
}

/** The publishing side of one channel: checks, routes, returns, confirms, and has the faults. */
export class Publishing {
  readonly #host: ChannelHost;
  readonly #channel: number;
  readonly #replies: ReplyConsumer;
  readonly #delayed = new Set<NodeJS.Timeout>();
  #confirms: Confirms | undefined;

  constructor(host: ChannelHost, channel: number, replies: ReplyConsumer) {
    this.#host = host;
    this.#channel = channel;
    this.#replies = replies;
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

  /**
   * Checks and routes one complete publish; undefined when a fault ended the connection over it.
   * Throws the `AmqpError` that closes the channel or connection.
   */
  admit(content: PublishedContent): Publication | undefined {
    const deliveryTag = this.#confirms?.next() ?? 0;
    const meets = this.#host.services.faults.onPublish(content.publish);
    const { fault } = meets;
    if (fault?.kind === 'reset') {
      this.#report(content, deliveryTag, { verb: 'none', why: 'fault' });
      this.#host.reset();
      return undefined;
    }
    if (fault?.kind === 'close-channel' || fault?.kind === 'close-connection') {
      this.#report(content, deliveryTag, { verb: 'none', why: 'fault' });
      const scope = fault.kind === 'close-channel' ? 'channel' : 'connection';
      throw faultError(fault.code, scope, this.#faultyPublish(content));
    }
    try {
      const message = this.#checked(content);
      const queues = this.#host.vhost.route(message);
      return { content, message, queues, deliveryTag, meets };
    } catch (error) {
      this.#report(content, deliveryTag, { verb: 'none', why: 'refused' });
      throw error;
    }
  }

  /** Stores, returns and confirms. True when every queue took the message. */
  carryOut(publication: Publication): boolean {
    const outcome = this.#delivered(publication);
    this.later(publication.meets.delayMilliseconds, () => this.#settle(publication, outcome));
    return outcome.verb !== 'nack';
  }

  /** Runs it at once, or later when there is a delay; never once the channel is gone. */
  later(milliseconds: number, run: () => void): void {
    if (milliseconds === 0) return run();
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      run();
      this.#confirms?.flush();
    }, milliseconds);
    this.#delayed.add(timer);
  }

  /** The channel is gone: nothing is confirmed any more. */
  close(): void {
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
    this.#confirms = undefined;
  }

  #checked({ publish, encodedProperties, body }: PublishedContent): Message {
    const { access, user, vhost, services } = this.#host;
    access.assert('write', 'exchange', publish.exchange);
    vhost.assertCanPublish(publish.exchange);
    const mayImpersonate = services.users.hasTag(user, 'impersonator');
    const publisher = { user, mayImpersonate, replyAddress: this.#replies.address };
    try {
      return publishedMessage(publish, encodedProperties, body, publisher, services.dialect);
    } catch (error) {
      throw decodingFailed(error, 'the properties of basic.publish');
    }
  }

  #delivered({ content, message, queues, meets }: Publication): PublishOutcome {
    const kind = meets.fault?.kind;
    if (kind === 'nack') return { verb: 'nack', why: 'fault' };
    const route =
      kind === 'unroutable'
        ? { queues: [], accepted: true }
        : this.#host.vhost.deliver(message, queues);
    const returned = content.publish.mandatory && route.queues.length === 0;
    if (returned) this.#return(message);
    const known = { queues: route.queues, returned };
    if (kind === 'silent') return { ...known, verb: 'none', why: 'fault' };
    if (!route.accepted) return { ...known, verb: 'nack', why: 'queue-full' };
    if (kind === 'unroutable') return { ...known, verb: 'ack', why: 'fault' };
    return { ...known, verb: 'ack', why: route.queues.length === 0 ? 'unroutable' : 'routed' };
  }

  #faultyPublish({ publish, body }: PublishedContent): Parameters<typeof faultError>[2] {
    const { exchange, routingKey } = publish;
    const { user, vhost } = this.#host;
    return { exchange, routingKey, vhost: vhost.name, user, bodyBytes: body.length };
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

  #settle({ content, deliveryTag }: Publication, outcome: PublishOutcome): void {
    const confirms = this.#confirms;
    if (confirms !== undefined && outcome.verb === 'nack') confirms.nack(deliveryTag);
    if (confirms !== undefined && outcome.verb === 'ack') {
      confirms.ack(deliveryTag);
      this.#host.flushLater(confirms);
    }
    this.#report(content, deliveryTag, confirms === undefined ? unsaid(outcome) : outcome);
  }

  #report(content: PublishedContent, deliveryTag: number, outcome: PublishOutcome): void {
    reportPublish(this.#host, this.#channel, content, deliveryTag, outcome);
  }
}

/** A channel without confirms says nothing of it. */
function unsaid(outcome: PublishOutcome): PublishOutcome {
  return { ...outcome, verb: 'none' };
}
