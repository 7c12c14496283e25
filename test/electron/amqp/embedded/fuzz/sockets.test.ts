/** Random bytes and randomly damaged frames over real sockets: the broker must outlive them. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { RawClient, openRawClient, protocolHeader } from '../raw-client.ts';
import { connectClient, startBroker } from '../running-broker.ts';
import { Random } from './random.ts';
import { seeds } from './seeds.ts';
import { randomFrame } from './valid-frames.ts';

const milliseconds = 2000;

async function survives(send: (port: number, random: Random) => Promise<void>): Promise<void> {
  const { broker, port } = await startBroker();
  broker.declareQueue('q');
  const failures: unknown[] = [];
  broker.on('protocolError', ({ replyCode, replyText }) => {
    if (replyCode === 541) failures.push(replyText);
  });
  const random = new Random(seeds[0] ?? 0);
  const until = performance.now() + milliseconds;
  let rounds = 0;
  for (; rounds < 2000 && performance.now() < until; rounds++) await send(port, random);
  expect(rounds).toBeGreaterThan(5);
  expect(failures).toEqual([]);
  const client = await connectClient(port);
  await client.channel.assertQueue('after');
  expect(await client.publish('', 'after')).toBe('ack');
}

test('random bytes from the first on, or behind the protocol header', async () => {
  await survives(async (port, random) => {
    const client = new RawClient(port);
    await once(client.socket, 'connect');
    if (random.oneIn(2)) client.write(protocolHeader);
    client.socket.end(random.bytes(1 + random.below(400)));
    await once(client.socket, 'close');
  });
});

test('methods and content in random order on an open channel', async () => {
  await survives(async (port, random) => {
    const client = await openRawClient(port);
    for (let n = 0; n < 30; n++) client.write(randomFrame(random));
    client.socket.end();
    await once(client.socket, 'close');
  });
});

test('frames with damaged bytes on an open channel', async () => {
  await survives(async (port, random) => {
    const client = await openRawClient(port);
    for (let n = 0; n < 10; n++) {
      const frame = randomFrame(random);
      for (let hits = random.below(4); hits > 0 && frame.length > 8; hits--) {
        frame[7 + random.below(frame.length - 8)] = random.below(256);
      }
      client.write(frame);
    }
    client.socket.end();
    await once(client.socket, 'close');
  });
});
