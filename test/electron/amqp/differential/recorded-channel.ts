import type { Channel, ConfirmChannel, ConsumeMessage, GetMessage, Options } from 'amqplib';
import { normalised } from './normalised.ts';

/** How long the brokers may take for what a script waits for. */
const limitMilliseconds = 5_000;

/** An error of amqplib: an answer too. */
interface ClosingError {
  readonly message: string;
  readonly code?: number | string;
  readonly classId?: number;
  readonly methodId?: number;
}

/** Deliveries to one consumer, in order. */
export interface RecordedConsumer {
  /** Waits for the first `count` of all deliveries so far, and returns them. */
  first(count: number): Promise<ConsumeMessage[]>;
  readonly consumerTag: string;
}

/**
 * A channel that writes down what the broker answers. Each kind of event has a list of its own: only
 * within one is the order the broker's.
 */
export class RecordedChannel {
  readonly channel: ConfirmChannel;
  /** What it declared under names of its own, to be taken away after the script. */
  readonly queues = new Set<string>();
  readonly exchanges = new Set<string>();
  readonly #answers: unknown[] = [];
  readonly #returns: unknown[] = [];
  readonly #closings: unknown[] = [];
  readonly #deliveries: { readonly [consumer: string]: unknown[] } = Object.create(null) as Record<
    string,
    unknown[]
  >;
  readonly #wakers = new Set<() => void>();
  #closed = false;

  constructor(channel: ConfirmChannel | Channel) {
    // A channel without confirms has all but waitForConfirms, which no script calls.
    this.channel = channel as ConfirmChannel;
    channel.on('return', (message: ConsumeMessage) => {
      this.#record(this.#returns, shown(message));
    });
    channel.on('error', (error: ClosingError) => this.#record(this.#closings, closing(error)));
    channel.on('close', () => {
      this.#closed = true;
      this.#record(this.#closings, 'closed');
    });
  }

  /** Everything so far. */
  get events(): unknown {
    return {
      answers: this.#answers,
      returns: this.#returns,
      closings: this.#closings,
      deliveries: { ...this.#deliveries },
    };
  }

  /** Does it and writes the answer down, refusals too; returns it, or undefined for a refusal. */
  async ask<T>(
    what: string,
    act: (channel: ConfirmChannel) => PromiseLike<T>,
  ): Promise<T | undefined> {
    try {
      const answer = await act(this.channel);
      this.#record(this.#answers, [what, normalised(answer)]);
      return answer;
    } catch (error) {
      this.#record(this.#answers, [what, 'refused', closing(error as ClosingError)]);
      return undefined;
    }
  }

  queue(name: string, options: Options.AssertQueue = {}): Promise<unknown> {
    if (name !== '' && !name.startsWith('amq.')) this.queues.add(name);
    return this.ask(`queue ${name}`, (channel) => channel.assertQueue(name, options));
  }

  exchange(name: string, type: string, options: Options.AssertExchange = {}): Promise<unknown> {
    if (name !== '' && !name.startsWith('amq.')) this.exchanges.add(name);
    return this.ask(`exchange ${name}`, (channel) => channel.assertExchange(name, type, options));
  }

  bind(queue: string, source: string, key = '', args: object = {}): Promise<unknown> {
    return this.ask(`bind ${queue}`, (channel) => channel.bindQueue(queue, source, key, args));
  }

  /** How many messages wait and how many consumers there are. */
  state(queue: string): Promise<unknown> {
    return this.ask(`state of ${queue}`, (channel) => channel.checkQueue(queue));
  }

  /** Publishes, and waits for the confirm. */
  async publish(
    exchange: string,
    key: string,
    body: string | Buffer = 'text',
    options: Options.Publish = {},
  ): Promise<void> {
    const outcome = await this.#outcome(exchange, key, body, options);
    this.#record(this.#answers, [normalised(`publish ${exchange} ${key}`), outcome]);
  }

  /** Publishes all of them before the first confirm; the outcomes are written down in their order. */
  async publishAll(exchange: string, key: string, bodies: readonly string[]): Promise<void> {
    const outcomes = bodies.map((body) => this.#outcome(exchange, key, body, {}));
    this.#record(this.#answers, [`publish all ${exchange} ${key}`, await Promise.all(outcomes)]);
  }

  /** Gets one message without acknowledging it, unless `noAck` is set. */
  async get(queue: string, options: Options.Get = {}): Promise<GetMessage | undefined> {
    const got = await this.ask(`get ${queue}`, async (channel) => {
      const message = await channel.get(queue, options);
      return message === false ? 'empty' : { ...shown(message), message };
    });
    return typeof got === 'object' ? got.message : undefined;
  }

  /** Starts a consumer; what it gets is written down under `name`. */
  async consume(
    queue: string,
    options: Options.Consume = {},
    name = queue,
    onMessage: (message: ConsumeMessage) => void = () => undefined,
  ): Promise<RecordedConsumer> {
    const messages: ConsumeMessage[] = [];
    const list = ((this.#deliveries as Record<string, unknown[]>)[name] ??= []);
    const answer = await this.ask(`consume ${queue}`, (channel) =>
      channel.consume(
        queue,
        (message) => {
          if (message === null) return this.#record(list, 'cancelled by the broker');
          messages.push(message);
          this.#record(list, shown(message));
          onMessage(message);
        },
        options,
      ),
    );
    return {
      consumerTag: answer?.consumerTag ?? '',
      first: async (count) => {
        await this.until(`${count} deliveries of ${queue}`, () => messages.length >= count);
        return messages.slice(0, count);
      },
    };
  }

  /** Something both brokers do, sooner or later. Throws `Error` when it does not come. */
  async until(what: string, condition: () => boolean): Promise<void> {
    const deadline = Date.now() + limitMilliseconds;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`${what} did not come`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 20);
        this.#wakers.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** The queue has that many waiting messages; other than `ask` it writes nothing down. */
  async depthIs(queue: string, count: number): Promise<void> {
    const deadline = Date.now() + limitMilliseconds;
    let depth = -1;
    while (depth !== count) {
      if (Date.now() > deadline) throw new Error(`${queue} has ${depth} messages, not ${count}`);
      if (depth >= 0) await new Promise((resolve) => setTimeout(resolve, 10));
      depth = (await this.channel.checkQueue(queue)).messageCount;
    }
  }

  closed(): Promise<void> {
    return this.until('the end of the channel', () => this.#closed);
  }

  /** Waits for a returned message. */
  returned(count: number): Promise<void> {
    return this.until(`${count} returns`, () => this.#returns.length >= count);
  }

  /** Waits until a consumer was cancelled by the broker. */
  cancelled(name: string): Promise<void> {
    return this.until(`the end of ${name}`, () =>
      (this.#deliveries[name] ?? []).includes('cancelled by the broker'),
    );
  }

  #outcome(
    exchange: string,
    key: string,
    body: string | Buffer,
    options: Options.Publish,
  ): Promise<string> {
    return new Promise<string>((resolve) => {
      try {
        this.channel.publish(exchange, key, Buffer.from(body), options, (error: unknown) => {
          resolve(error instanceof Error ? error.message : 'ack');
        });
      } catch (error) {
        resolve(error instanceof Error ? error.message : String(error));
      }
    });
  }

  #record(list: unknown[], event: unknown): void {
    list.push(event);
    for (const wake of this.#wakers) wake();
    this.#wakers.clear();
  }
}

function shown({ fields, properties, content }: ConsumeMessage | GetMessage): {
  readonly [part: string]: unknown;
} {
  return {
    fields: normalised(fields),
    properties: normalised(properties),
    body: content.length > 200 ? `${content.length} bytes` : content.toString('latin1'),
  };
}

function closing({ message, code, classId, methodId }: ClosingError): unknown {
  return normalised({ message, code, classId, methodId });
}
