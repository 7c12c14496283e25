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
