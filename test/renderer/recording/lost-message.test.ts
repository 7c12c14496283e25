import { expect, it } from 'vitest';
import type { Entry } from '../../../electron/bridge/contract.ts';
import { lostMessage } from '../../../renderer/recording/lost-message.ts';

function published(publish: number, exchange: string, key: string): Entry {
  return {
    seq: publish,
    at: 0,
    kind: 'publish',
    publish,
    api: 'amqp.basic_publish',
    exchange,
    routing_key: key,
    mandatory: false,
    properties: {},
    size: 1,
    payload_preview: '',
    location: { file: 'init.lua', line: publish },
  };
}
const unroutable: Entry = { seq: 9, at: 1, kind: 'verdict', publish: 2, verdict: 'unroutable' };

it('names the queue that the default exchange was missing', () => {
  expect(lostMessage([published(1, '', 'kept'), published(2, '', 'loging'), unroutable])).toEqual({
    missingQueue: 'loging',
    location: { file: 'init.lua', line: 2 },
  });
});

it('names no queue when the message went to another exchange', () => {
  expect(lostMessage([published(2, 'events', 'loging'), unroutable])).toEqual({
    location: { file: 'init.lua', line: 2 },
  });
});

const run = (fault: string): Entry => ({
  seq: 0,
  at: 0,
  kind: 'run',
  run_id: 'run-1',
  policy: 'init.lua',
  engine: 'lua54',
  kumomta: '2026.06.23',
  broker: { profile: 'embedded', address: 'amqp://127.0.0.1' },
  confirms: 'broker',
  fault,
  seed: 1,
});

it('names the fault that made the broker drop the message, and no queue to declare', () => {
  const entries = [run('unroutable'), published(2, '', 'logging'), unroutable];
  expect(lostMessage(entries)).toEqual({
    fault: 'unroutable',
    location: { file: 'init.lua', line: 2 },
  });
});

it('names the missing queue when the fault has nothing to do with routes', () => {
  const entries = [run('delay:500'), published(2, '', 'loging'), unroutable];
  expect(lostMessage(entries)).toEqual({
    missingQueue: 'loging',
    location: { file: 'init.lua', line: 2 },
  });
});
