import { expect, it } from 'vitest';
import type { Entry } from '../../../electron/bridge/contract.ts';
import { timelineItems } from '../../../renderer/recording/timeline-items.ts';

const call: Entry = { seq: 1, at: 0, kind: 'host-call', call: 7, name: 'amqp.connect', input: {} };
const printed: Entry = { seq: 2, at: 1, kind: 'print', source: 'print', level: 'info', text: 'x' };
const result: Entry = {
  seq: 3,
  at: 2,
  kind: 'host-result',
  call: 7,
  name: 'amqp.connect',
  duration_us: 5,
};

it('joins a host call with its answer at the place of the call', () => {
  expect(timelineItems([call, printed, result])).toEqual([
    { entry: call, answer: result },
    { entry: printed },
  ]);
});

it('keeps a call that was never answered and an answer whose call is not there', () => {
  expect(timelineItems([call])).toEqual([{ entry: call }]);
  expect(timelineItems([result])).toEqual([{ entry: result }]);
});
