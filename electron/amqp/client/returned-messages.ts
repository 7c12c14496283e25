/**
 * Which of the outstanding publishes a basic.return belongs to. A return carries no delivery tag,
 * only the message itself, and nothing may be added to the message to recognise it by: the consumer
 * would see it.
 *
 * What makes it decidable all the same: on one channel the broker sends the basic.return before the
 * basic.ack of the same message (https://www.rabbitmq.com/docs/confirms, "When Will Published
 * Messages Be Confirmed by the Broker?"). So a return is kept until one of the publishes that it
 * can belong to is confirmed, and that publish takes it: the first confirmed one whose exchange,
 * routing key, payload and properties are those of the return. Publishes that differ in any of
 * these are never mixed up. Two that are equal in all of them route alike, so both are returned or
 * neither is, unless a binding changes between the two; the first confirmed takes the return then,
 * and RabbitMQ confirms an unroutable message at once, before one that waits for its queue.
 */
import type { Message, Options } from 'amqplib';
import { sameProperties } from './basic-properties.ts';

/** What was sent, as far as a return repeats it. */
export interface SentMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly payload: Buffer;
  readonly options: Options.Publish;
}

export interface Return {
  readonly replyCode: number;
  readonly replyText: string;
}

interface KeptReturn extends Return {
  readonly message: Message;
}

/** The returns of one channel and the publishes that they can belong to. */
export class ReturnedMessages<S extends SentMessage> {
  readonly #outstanding = new Set<S>();
  readonly #returns = new Map<string, KeptReturn[]>();

  /** Every publish that is not confirmed yet, in publish order. */
  get outstanding(): ReadonlySet<S> {
    return this.#outstanding;
  }

  sent(publish: S): void {
    this.#outstanding.add(publish);
  }

  /** A basic.return arrived. */
  keep(message: Message): void {
    const fields: { readonly [name: string]: unknown } = { ...message.fields };
    const key = destinationKey(String(fields['exchange']), String(fields['routingKey']));
    const kept: KeptReturn = {
      replyCode: Number(fields['replyCode']),
      replyText: String(fields['replyText']),
      message,
    };
    const sameDestination = this.#returns.get(key);
    if (sameDestination === undefined) {
      this.#returns.set(key, [kept]);
    } else {
      sameDestination.push(kept);
    }
  }

  /** The broker is done with this publish (or will never be): it is outstanding no more. */
  confirmed(publish: S): Return | undefined {
    const taken = this.take(publish);
    this.#outstanding.delete(publish);
    return taken;
  }

  /** The return of this publish, if it has arrived; it stays outstanding. A return is given out once. */
  take(publish: S): Return | undefined {
    if (this.#returns.size === 0) {
      return undefined;
    }
    const key = destinationKey(publish.exchange, publish.routingKey);
    const candidates = this.#returns.get(key);
    if (candidates === undefined) {
      return undefined;
    }
    let index = candidates.findIndex(({ message }) => isSame(publish, message));
    if (index < 0) {
      // A broker that alters what it returns must not make a loss invisible: a return that fits no
      // outstanding publish exactly belongs to the first one for its destination.
      index = candidates.findIndex(({ message }) => !this.#fitsAnother(publish, key, message));
    }
    if (index < 0) {
      return undefined;
    }
    const [taken] = candidates.splice(index, 1);
    if (candidates.length === 0) {
      this.#returns.delete(key);
    }
    return taken;
  }

  #fitsAnother(publish: S, key: string, message: Message): boolean {
    for (const other of this.#outstanding) {
      if (
        other !== publish &&
        destinationKey(other.exchange, other.routingKey) === key &&
        isSame(other, message)
      ) {
        return true;
      }
    }
    return false;
  }
}

function isSame(publish: SentMessage, returned: Message): boolean {
  return (
    publish.payload.equals(returned.content) && sameProperties(publish.options, returned.properties)
  );
}

function destinationKey(exchange: string, routingKey: string): string {
  return `${exchange.length}:${exchange}${routingKey}`;
}
