import type { Message } from '../engine/message.ts';
import { generatedName } from '../engine/names.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { MethodArguments } from '../wire/method-codec.ts';
import type { ChannelHost } from './channel-host.ts';

/** The consumer of direct replies that a channel may have, one at most. */
export class ReplyConsumer {
  readonly #host: ChannelHost;
  readonly #channel: number;
  /** Replies do not count: each has the tag of the delivery to come. */
  readonly #nextDeliveryTag: () => number;
  #consumer: { readonly tag: string; readonly address: string } | undefined;

  constructor(host: ChannelHost, channel: number, nextDeliveryTag: () => number) {
    this.#host = host;
    this.#channel = channel;
    this.#nextDeliveryTag = nextDeliveryTag;
  }

  /** What takes the place of `amq.rabbitmq.reply-to` in published messages. */
  get address(): string | undefined {
    return this.#consumer?.address;
  }

  /** Throws the 406 of RabbitMQ for a second one, and for one that would acknowledge. */
  consume({ consumerTag, noAck, nowait }: MethodArguments<'basic.consume'>): void {
    if (!noAck) throw new AmqpError(406, 'reply consumer cannot acknowledge');
    if (this.#consumer !== undefined) throw new AmqpError(406, 'reply consumer already set');
    const tag = consumerTag || generatedName('amq.ctag');
    const address = this.#host.vhost.replies.open((message) => this.#deliver(tag, message));
    this.#consumer = { tag, address };
    if (!nowait) this.#host.send(this.#channel, 'basic.consume-ok', { consumerTag: tag });
  }

  /** True when the tag was its own. */
  cancel({ consumerTag, nowait }: MethodArguments<'basic.cancel'>): boolean {
    if (this.#consumer?.tag !== consumerTag) return false;
    this.close();
    if (!nowait) this.#host.send(this.#channel, 'basic.cancel-ok', { consumerTag });
    return true;
  }

  close(): void {
    if (this.#consumer !== undefined) this.#host.vhost.replies.close(this.#consumer.address);
    this.#consumer = undefined;
  }

  #deliver(consumerTag: string, message: Message): void {
    const { exchange, routingKey } = message;
    const deliveryTag = this.#nextDeliveryTag();
    this.#host.sendContent(
      this.#channel,
      'basic.deliver',
      { consumerTag, deliveryTag, redelivered: false, exchange, routingKey },
      message,
    );
  }
}
