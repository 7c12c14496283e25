/**
 * Clients that share no code with us: python3-pika and the tools of librabbitmq (Debian packages
 * python3-pika and amqp-tools). Where one is not installed its tests are reported as skipped.
 */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseFault } from '../../../../electron/amqp/embedded/faults.ts';
import { depth, startBroker } from './running-broker.ts';

const run = promisify(execFile);

/** The system's Python first: Debian's packages are for it, not for another one on the PATH. */
const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import pika']).status === 0,
);
const tools = ['amqp-publish', 'amqp-get', 'amqp-declare-queue'].every(
  (command) => spawnSync(command, ['--help']).error === undefined,
);

async function pika(port: number, script: string): Promise<string[]> {
  const prelude = [
    'import pika, sys',
    `parameters = pika.ConnectionParameters('127.0.0.1', ${port})`,
    'connection = pika.BlockingConnection(parameters)',
    'channel = connection.channel()',
  ];
  const { stdout } = await run(python ?? 'python3', ['-c', [...prelude, script].join('\n')], {
    timeout: 15_000,
  });
  return stdout.trim().split('\n');
}

describe.skipIf(python === undefined)(
  python === undefined ? 'pika (skipped: python3-pika is not installed)' : 'pika',
  () => {
    test('declares, binds, publishes with confirms, gets and consumes', async () => {
      const { port } = await startBroker();
      const script = `
channel.confirm_delivery()
channel.exchange_declare('e', 'topic')
queue = channel.queue_declare('', exclusive=True).method.queue
channel.queue_bind(queue, 'e', 'a.#')
headers = {'k': 1, 'big': 2**40, 'text': 'é', 'list': [1, None, {'x': True}]}
for n in range(3):
    channel.basic_publish('e', 'a.b', b'body %d' % n, pika.BasicProperties(headers=headers), mandatory=True)
method, properties, body = channel.basic_get(queue, True)
print(body, properties.headers == headers)
for method, properties, body in channel.consume(queue):
    print(method.delivery_tag, body)
    channel.basic_ack(method.delivery_tag)
    if body == b'body 2': break
channel.cancel()
connection.close()`;
      expect(await pika(port, script)).toEqual(["b'body 0' True", "2 b'body 1'", "3 b'body 2'"]);
    });

    test('raises its own errors for what the broker refuses', async () => {
      const { port } = await startBroker();
      const script = `
channel.confirm_delivery()
try: channel.basic_publish('', 'nowhere', b'x', mandatory=True)
except pika.exceptions.UnroutableError as error: print('unroutable', error.messages[0].method.reply_text)
channel.queue_declare('full', arguments={'x-max-length': 0, 'x-overflow': 'reject-publish'})
try: channel.basic_publish('', 'full', b'x')
except pika.exceptions.NackError: print('nacked')
try: channel.basic_publish('nope', 'x', b'')
except pika.exceptions.ChannelClosedByBroker as error: print(error.reply_code, error.reply_text)
parameters.credentials = pika.PlainCredentials('guest', 'wrong')
try: pika.BlockingConnection(parameters)
except pika.exceptions.ProbableAuthenticationError: print('login refused')
parameters.credentials = pika.PlainCredentials('guest', 'guest')
parameters.virtual_host = 'nope'
try: pika.BlockingConnection(parameters)
except pika.exceptions.ProbableAccessDeniedError as error: print('530' in str(error))
connection.close()`;
      expect(await pika(port, script)).toEqual([
        'unroutable NO_ROUTE',
        'nacked',
        "404 NOT_FOUND - no exchange 'nope' in vhost '/'",
        'login refused',
        'True',
      ]);
    });

    test.each([
      ['nack', 'NackError'],
      ['unroutable', 'UnroutableError'],
      ['reset', 'StreamLostError'],
      ['close-channel:405', 'ChannelClosedByBroker'],
      ['close-connection:541', 'ConnectionClosedByBroker'],
    ])('meets the fault %s as %s', async (fault, error) => {
      const { broker, port } = await startBroker();
      broker.declareQueue('q');
      await broker.setFault(parseFault(fault));
      const script = `
channel.confirm_delivery()
try: channel.basic_publish('', 'q', b'x', mandatory=True)
except Exception as error: print(type(error).__name__)`;
      expect(await pika(port, script)).toEqual([error]);
    });
  },
);

describe.skipIf(!tools)(
  tools ? 'the amqp-tools' : 'the amqp-tools (skipped: amqp-tools is not installed)',
  () => {
    test('declare a queue, publish to it and get from it', async () => {
      const running = await startBroker();
      const server = ['--server=127.0.0.1', `--port=${running.port}`];
      const declared = await run('amqp-declare-queue', [...server, '--queue=q', '--durable']);
      expect(declared.stdout.trim()).toBe('q');
      await run('amqp-publish', [...server, '--routing-key=q', '--body=from librabbitmq']);
      expect(depth(running, 'q')).toBe(1);
      const got = await run('amqp-get', [...server, '--queue=q']);
      expect(got.stdout).toBe('from librabbitmq');
      expect(depth(running, 'q')).toBe(0);
    });

    test('report what the broker refuses', async () => {
      const { port } = await startBroker();
      const server = ['--server=127.0.0.1', `--port=${port}`];
      await expect(run('amqp-get', [...server, '--queue=nope'])).rejects.toMatchObject({
        stderr: expect.stringContaining("NOT_FOUND - no queue 'nope' in vhost '/'") as unknown,
      });
      await expect(
        run('amqp-publish', [
          ...server,
          '--password=wrong',
          '--username=guest',
          '-r',
          'q',
          '-b',
          'x',
        ]),
      ).rejects.toMatchObject({ code: 1 });
    });
  },
);
