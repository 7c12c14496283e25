/** A million frames, in this process and without sockets: the parser, the channels, the engine. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultDialect, dialectNames } from '../../../../../electron/amqp/embedded/dialects.ts';
import type { DialectName } from '../../../../../electron/amqp/embedded/dialects.ts';
import { EmbeddedBroker } from '../../../../../electron/amqp/embedded/embedded-broker.ts';
import { methodFrame } from '../../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { malformedFrame } from './malformed-frames.ts';
import { MemoryClient } from './memory-client.ts';
import { Random } from './random.ts';
import { seeds, seedsThatFailed } from './seeds.ts';
import { beginning, randomFrame } from './valid-frames.ts';

const framesInAll = 1_000_000;
const framesPerClient = 400;
const framesInPool = 20_000;
/** What the share of one seed may keep of the tens of megabytes that went through it. */
const mayGrowBytes = 4 * 1024 * 1024;

function newBroker(dialect: DialectName = defaultDialect): {
  broker: EmbeddedBroker;
  mistakes: string[];
} {
  const broker = new EmbeddedBroker({ memoryCapBytes: 4 * 1024 * 1024, dialect });
  const mistakes: string[] = [];
  broker.on('protocolError', ({ replyCode, replyText }) => {
    // 541 is the net under a mistake of ours; nothing that is sent may fall into it.
    if (replyCode === 541) mistakes.push(replyText);
  });
  return { broker, mistakes };
}

/**
 * Sends `frames` frames in random order, some of them damaged, by clients that come and go. A client
 * opens a channel again that the broker closed, so that every frame meets an open connection.
 */
async function play(seed: number, frames: number): Promise<string[]> {
  const random = new Random(seed);
  // Each dialect meets every other seed.
  const dialect = dialectNames[seeds.indexOf(seed) % dialectNames.length];
  const { broker, mistakes } = newBroker(dialect);
  // Making a frame costs as much as handling it; it is their order that is new each time.
  const pool = Array.from({ length: framesInPool }, () => randomFrame(random));
  const closedChannels: number[] = [];
  let hungUp = false;
  broker.on('protocolError', ({ channel }) => {
    if (channel === undefined) hungUp = true;
    else closedChannels.push(channel);
  });
  /** Read through a function, because the broker's events change it. */
  const isHungUp = (): boolean => hungUp;
  for (let sent = 0; sent < frames;) {
    const client = await MemoryClient.connect(broker);
    hungUp = false;
    client.send(beginning(random));
    for (let n = 0; n < framesPerClient && sent < frames && !isHungUp(); n++, sent++) {
      const frame = pool[random.below(pool.length)] ?? Buffer.alloc(0);
      client.send(random.oneIn(200) ? damaged(frame, random) : frame);
      for (const channel of closedChannels.splice(0)) {
        client.send(methodFrame(channel, 'channel.close-ok', {}));
        client.send(methodFrame(channel, 'channel.open', {}));
      }
    }
    client.vanish();
    await new Promise((resolve) => setImmediate(resolve));
    if (random.oneIn(20)) await takeAway(broker);
  }
  await takeAway(broker);
  await new Promise((resolve) => setImmediate(resolve));
  expect(broker.connectionCount).toBe(0);
  expect(broker.memoryBytes).toBe(0);
  await broker.close();
  return mistakes;
}

/** A copy, damaged behind the frame's head, so that most damage reaches the decoders. */
function damaged(frame: Buffer, random: Random): Buffer {
  const copy = Buffer.from(frame);
  for (let hits = 1 + random.below(3); hits > 0 && copy.length > 8; hits--) {
    copy[7 + random.below(copy.length - 8)] = random.below(256);
  }
  return copy;
}

/** Deletes every queue, whatever it is called by now. */
async function takeAway(broker: EmbeddedBroker): Promise<void> {
  const client = await MemoryClient.connect(broker);
  for (const { name } of broker.topology().queues) {
    client.send(methodFrame(1, 'queue.delete', { queue: name, nowait: true }));
  }
  client.vanish();
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

// Most of what is sent ends in an error, and nobody reads where it came from.
const stackDepth = Error.stackTraceLimit;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackDepth;
});

describe('a million frames', () => {
  test.each(seeds)(
    'leave the broker alive and nothing behind: the share of the seed %i',
    async (seed) => {
      // What is made once, such as compiled code, is no leak.
      await play(seed, 5_000);
      const before = heapBytes();
      expect(await play(seed, framesInAll / seeds.length)).toEqual([]);
      expect(heapBytes() - before).toBeLessThan(mayGrowBytes);
    },
    600_000,
  );

  test.each(seedsThatFailed)('the seed $seed, which once found: $found', async ({ seed }) => {
    expect(await play(seed, 20_000)).toEqual([]);
  });
});

describe('a malformed frame', () => {
  test.each(seeds)('is answered with its code, a thousand with the seed %i', async (seed) => {
    const random = new Random(seed);
    const { broker, mistakes } = newBroker();
    const wrong: unknown[] = [];
    for (let n = 0; n < 1000; n++) {
      const client = await MemoryClient.connect(broker, true);
      for (let harmless = random.below(5); harmless > 0; harmless--) {
        client.send(methodFrame(1, 'queue.declare', { queue: 'q', nowait: true }));
      }
      const { bytes, code } = malformedFrame(random);
      client.send(bytes);
      const told = await client.closeCode();
      if (told !== code) wrong.push({ told, code, bytes: bytes.toString('hex') });
      client.vanish();
    }
    expect(wrong).toEqual([]);
    expect(mistakes).toEqual([]);
    await broker.close();
  });
});
