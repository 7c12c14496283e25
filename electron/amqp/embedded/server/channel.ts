import { AmqpError } from '../wire/amqp-error.ts';
import { frameType } from '../wire/frame-parser.ts';
import type { Frame } from '../wire/frame-parser.ts';
import type { Method, MethodArguments } from '../wire/method-codec.ts';
import type { MethodName } from '../wire/method-table.ts';
import type { ChannelHost } from './channel-host.ts';
import { closingArguments } from './closing.ts';
import { unexpectedContent } from './connection-errors.ts';
import { reportProtocolError } from './connection-report.ts';
import { Consuming } from './consuming.ts';
import type { Settlement } from './consuming.ts';
import { ContentAssembly } from './content-assembly.ts';
import type { PublishedContent } from './content-assembly.ts';
import { Declaring } from './declaring.ts';
import { Publishing } from './publishing.ts';
import { TransactionMode } from './transaction.ts';

/** One open channel: takes methods and content in order and closes itself on a channel error. */
export class Channel {
  readonly #host: ChannelHost;
  readonly #number: number;
  readonly #declaring: Declaring;
  readonly #publishing: Publishing;
  readonly #consuming: Consuming;
  readonly #transaction: TransactionMode;
  #content: ContentAssembly | undefined;
  /** Closed by us with an error; the client has not answered yet. */
  #closing = false;

  constructor(host: ChannelHost, number: number) {
    this.#host = host;
    this.#number = number;
    this.#declaring = new Declaring(host, number);
    this.#consuming = new Consuming(host, number);
    this.#publishing = new Publishing(host, number, this.#consuming.replies);
    this.#transaction = new TransactionMode(host, number, this.#publishing, this.#consuming);
  }

  /** Throws the `AmqpError` that ends the connection; one that ends the channel is dealt with here. */
  method(method: Method): void {
    if (this.#closing) return this.#whileClosing(method);
    const unfinished = this.#content;
    if (unfinished !== undefined) {
      return this.#host.fail(unfinished.unexpected(), 'basic.publish');
    }
    this.#guarded(method.name, () => this.#handle(method));
  }

  /** A content header or body frame. Throws as `method` does. */
  content(frame: Frame): void {
    if (this.#closing) return;
    const assembly = this.#content;
    if (assembly === undefined) {
      throw unexpectedContent();
    }
    this.#guarded('basic.publish', () => {
      const complete =
        frame.type === frameType.header
          ? assembly.header(frame.payload)
          : assembly.body(frame.payload);
      if (complete !== undefined) this.#publish(complete);
    });
  }

  /** The client reads again. */
  resume(): void {
    this.#consuming.resume();
  }

  /** Gives back everything the channel holds. Call it once, when the channel or connection ends. */
  close(): void {
    this.#content = undefined;
    this.#publishing.close();
    this.#consuming.close(this.#transaction.end());
  }

  #publish(content: PublishedContent): void {
    this.#content = undefined;
    const publication = this.#publishing.admit(content);
    if (publication === undefined || this.#transaction.holdsPublication(publication)) return;
    this.#publishing.carryOut(publication);
  }

  #handle(method: Method): void {
    switch (method.name) {
      case 'channel.open':
        throw new AmqpError(504, "second 'channel.open' seen");
      case 'channel.close':
        this.close();
        this.#host.send(this.#number, 'channel.close-ok');
        return this.#host.forget(this.#number);
      case 'channel.close-ok':
        return;
      case 'channel.flow':
        if (!method.args.active) throw new AmqpError(540, 'active=false');
        return this.#host.send(this.#number, 'channel.flow-ok', { active: true });
      case 'access.request':
        return this.#host.send(this.#number, 'access.request-ok', { ticket: 1 });
      case 'exchange.declare':
      case 'exchange.delete':
      case 'exchange.bind':
      case 'exchange.unbind':
      case 'queue.declare':
      case 'queue.delete':
      case 'queue.bind':
      case 'queue.unbind':
      case 'queue.purge':
        return this.#declaring.handle(method);
      case 'basic.publish':
        if (method.args.immediate) throw new AmqpError(540, 'immediate=true');
        this.#content = new ContentAssembly(method.args, this.#host.services.maxMessageBytes);
        return;
      case 'basic.qos':
        return this.#consuming.qos(method.args);
      case 'basic.consume':
        return this.#consume(method.args);
      case 'basic.cancel':
        return this.#consuming.cancel(method.args);
      case 'basic.get':
        return this.#consuming.get(this.#declaring.readable(method.args.queue), method.args.noAck);
      case 'basic.ack':
        return this.#settle(method.args.deliveryTag, method.args.multiple, 'ack');
      case 'basic.nack': {
        const { deliveryTag, multiple, requeue } = method.args;
        return this.#settle(deliveryTag, multiple, requeue ? 'requeue' : 'reject');
      }
      case 'basic.reject': {
        const { deliveryTag, requeue } = method.args;
        return this.#settle(deliveryTag, false, requeue ? 'requeue' : 'reject');
      }
      case 'basic.recover':
      case 'basic.recover-async':
        if (!method.args.requeue) throw new AmqpError(540, 'requeue=false');
        this.#consuming.recover();
        if (method.name === 'basic.recover') this.#host.send(this.#number, 'basic.recover-ok');
        return;
      case 'confirm.select':
        this.#transaction.assertNotSelected();
        this.#publishing.selectConfirms();
        if (!method.args.nowait) this.#host.send(this.#number, 'confirm.select-ok');
        return;
      case 'tx.select':
        return this.#transaction.select();
      case 'tx.commit':
        return this.#transaction.commit();
      case 'tx.rollback':
        return this.#transaction.rollback();
      default:
        throw new AmqpError(503, 'unimplemented method');
    }
  }

  #consume(args: MethodArguments<'basic.consume'>): void {
    this.#consuming.consume(args, () => this.#declaring.readable(args.queue));
  }

  #settle(deliveryTag: number, multiple: boolean, how: Settlement): void {
    const deliveries = this.#consuming.take(deliveryTag, multiple);
    if (!this.#transaction.holdsSettlement(deliveries, how)) {
      this.#consuming.finish(deliveries, how);
    }
  }

  #whileClosing(method: Method): void {
    if (method.name === 'channel.close') this.#host.send(this.#number, 'channel.close-ok');
    if (method.name === 'channel.close' || method.name === 'channel.close-ok') {
      this.#host.forget(this.#number);
    }
  }

  #guarded(cause: MethodName, run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof AmqpError)) throw error;
      if (error.scope === 'connection') return this.#host.fail(error, cause);
      this.#closing = true;
      this.close();
      this.#host.send(this.#number, 'channel.close', closingArguments(error, cause));
      reportProtocolError(this.#host, this.#number, error);
    }
  }
}
