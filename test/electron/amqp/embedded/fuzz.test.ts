/** Random bytes and randomly damaged frames, the same ones every time: the broker must outlive them. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import {
  contentFrames,
  methodFrame,
} from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { methodTable } from '../../../../electron/amqp/embedded/wire/method-table.ts';
import type {
  ArgumentType,
  MethodName,
} from '../../../../electron/amqp/embedded/wire/method-table.ts';
import { RawClient, openRawClient, protocolHeader } from './raw-client.ts';
import { connectClient, startBroker } from './running-broker.ts';

/** Mulberry32: small, and the same everywhere. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const methodNames = Object.keys(methodTable) as MethodName[];
const names = ['', 'q', 'amq.topic', 'amq.headers', 'e', '#', 'é'];

function randomFrame(random: (below: number) => number): Buffer {
  const pick = () => names[random(names.length)] ?? '';
  const channel = random(20) === 0 ? random(4) : 1;
  if (random(3) === 0) {
    const content = {
      encodedProperties: Buffer.from([random(4) === 0 ? random(256) : 0, 0]),
      body: Buffer.alloc(random(3000), random(256)),
    };
    return Buffer.concat(
      contentFrames(
        channel,
        'basic.publish',
        { exchange: pick(), routingKey: pick() },
        content,
        4096,
      ),
    );
  }
  const name = methodNames[random(methodNames.length)] ?? 'channel.open';
  const args: Record<string, unknown> = {};
  for (const [argument, type] of Object.entries<ArgumentType>(methodTable[name].args)) {
    if (type === 'bit') args[argument] = random(2) === 0;
    else if (type === 'shortstr') args[argument] = pick();
    else if (type === 'longlong' || type === 'short') args[argument] = random(5);
  }
  return methodFrame(channel, name, args);
}

async function survives(send: (port: number, random: (below: number) => number) => Promise<void>) {
  const { broker, port } = await startBroker();
  broker.declareQueue('q');
  const failures: unknown[] = [];
  broker.on('protocolError', ({ replyCode, replyText }) => {
    // 541 is the net under a mistake of ours; nothing that is sent may fall into it.
    if (replyCode === 541) failures.push(replyText);
  });
  const random = randomNumbers(20_260_101);
  const until = performance.now() + 2000;
  let rounds = 0;
  for (; rounds < 2000 && performance.now() < until; rounds++) await send(port, random);
  expect(rounds).toBeGreaterThan(10);
  expect(failures).toEqual([]);
  const client = await connectClient(port);
  await client.channel.assertQueue('after');
  expect(await client.publish('', 'after')).toBe('ack');
}

function randomBytes(random: (below: number) => number, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => random(256)));
}

test('random bytes from the first on, or behind the protocol header', async () => {
  await survives(async (port, random) => {
    const client = new RawClient(port);
    await once(client.socket, 'connect');
    if (random(2) === 0) client.write(protocolHeader);
    client.socket.end(randomBytes(random, 1 + random(400)));
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
      // Behind the frame's head, so that most damage reaches the decoders.
      for (let hits = random(4); hits > 0 && frame.length > 8; hits--) {
        frame[7 + random(frame.length - 8)] = random(256);
      }
      client.write(frame);
    }
    client.socket.end();
    await once(client.socket, 'close');
  });
});
