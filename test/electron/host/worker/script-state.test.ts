import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import {
  ScriptStateWriter,
  allocateScriptState,
} from '../../../../electron/host/worker/script-state.ts';

/**
 * Wakes whoever waits on the state twice without an answer, as the notification of an answer that was
 * taken already can, and then answers: `reply` of ScriptStateReader in another thread.
 */
const LATE_NOTIFICATIONS = `
const { workerData } = require('node:worker_threads');
const state = new Int32Array(workerData.state, 0, 16);
const answered = new Int32Array(workerData.answered);
const wake = () => state.some((_, field) => Atomics.notify(state, field) > 0);
const until = Date.now() + 5000;
for (let woken = 0; woken < 2 && Date.now() < until;) if (wake()) woken++;
Atomics.store(answered, 0, 1);
Atomics.store(state, 0, 1);
Atomics.notify(state, 0);
`;

it('waits for the answer, whatever else wakes the thread', () => {
  const state = allocateScriptState();
  const answered = new SharedArrayBuffer(4);
  const other = new Worker(LATE_NOTIFICATIONS, { eval: true, workerData: { state, answered } });
  onTestFinished(async () => {
    await other.terminate();
  });

  new ScriptStateWriter(state).waitForReply();

  expect(Atomics.load(new Int32Array(answered), 0)).toBe(1);
});
