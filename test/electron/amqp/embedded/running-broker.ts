/** A broker of its own for each test, and amqplib connections to it; all are gone after the test. */
import amqp from 'amqplib';
import type { ChannelModel, ConfirmChannel, Options } from 'amqplib';
import { onTestFinished } from 'vitest';
import { EmbeddedBroker } from '../../../../electron/amqp/embedded/embedded-broker.ts';
import type { EmbeddedBrokerOptions } from '../../../../electron/amqp/embedded/embedded-broker.ts';

export interface RunningBroker {
  readonly broker: EmbeddedBroker;
  readonly port: number;
}

export async function startBroker(options: EmbeddedBrokerOptions = {}): Promise<RunningBroker> {
  const broker = new EmbeddedBroker(options);
  onTestFinished(() => broker.close());
  const { port } = await broker.listen();
  return { broker, port };
}

export interface Client {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
  /** `error:406 …` and the like, in order, for the channel and the connection. */
  readonly heard: string[];
  /** Publishes and resolves to `ack` or the error's message. */
  readonly publish: (
    exchange: string,
    routingKey: string,
    body?: string | Buffer,
    options?: Options.Publish,
  ) => Promise<string>;
}

export function connect(port: number, query = ''): Promise<ChannelModel> {
  return amqp.connect(`amqp://guest:guest@127.0.0.1:${port}/${query}`, { noDelay: true });
}

export async function connectClient(port: number, query = ''): Promise<Client> {
  const connection = await connect(port, query);
  onTestFinished(async () => {
    await connection.close().catch(() => undefined);
  });
  const heard: string[] = [];
  const channel = await connection.createConfirmChannel();
  const hear =
    (what: string) => (error: { code?: number | string; message: string } | undefined) => {
      heard.push(`${what} ${error?.code ?? ''}`.trim());
    };
  connection.on('error', hear('connection error'));
  connection.on('close', hear('connection close'));
  connection.on('blocked', (reason: string) => heard.push(`blocked ${reason}`));
  connection.on('unblocked', () => heard.push('unblocked'));
  channel.on('error', hear('channel error'));
  channel.on('close', hear('channel close'));
  channel.on('return', ({ fields }: { fields: { replyCode?: number; replyText?: string } }) => {
    heard.push(`return ${fields.replyCode ?? ''} ${fields.replyText ?? ''}`);
  });
  return {
    connection,
    channel,
    heard,
    publish: (exchange, routingKey, body = 'text', options = {}) =>
      new Promise((resolve) => {
        channel.publish(exchange, routingKey, Buffer.from(body), options, (error: unknown) => {
          resolve(error instanceof Error ? error.message : 'ack');
        });
      }),
  };
}

/** How many messages wait in the queue. */
export function depth({ broker }: RunningBroker, queue: string): number | undefined {
  return broker.topology().queues.find(({ name }) => name === queue)?.messages;
}

/** The reply text a rejected amqplib call carries. */
export async function refusal(call: PromiseLike<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'not refused';
}
