import { performance } from 'node:perf_hooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DeliveryHistory } from '../../../../electron/host/delivery-history.ts';
import { deliveryRowOf } from '../../../../electron/host/delivery-row.ts';
import { readRun } from '../../../../lua-runtime/debugger/readings/read-run.ts';
import type { ReadingRequest } from '../../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../../lua-runtime/recording/entries.ts';
import {
  messageInput,
  runPolicy,
  sendPolicy,
  startVm,
} from '../../../lua-runtime/kumod/policy-run.ts';

const POLICY = sendPolicy(`self.sent = (self.sent or 0) + 1
    return 'sent ' .. self.sent`);

function sentLine(): number {
  return POLICY.split('\n').findIndex((line) => line.includes("return 'sent")) + 1;
}

/** As run-manager.ts does: what belongs to no message is shared, the rest comes when a message ends. */
function keep(history: DeliveryHistory, runId: string, entries: readonly Entry[]): void {
  const own = new Map<number, Entry[]>();
  for (const entry of entries) {
    const { message } = entry;
    if (message === undefined) {
      history.addShared(runId, entry);
      continue;
    }
    const list = own.get(message) ?? [];
    own.set(message, [...list, entry]);
    if (entry.kind !== 'record') continue;
    const told = [...list, entry];
    history.add(deliveryRowOf(runId, messageInput({ message }), '', told), told);
  }
}

describe('a delivery of the history, replayed', () => {
  const WHAT_IT_SENT: ReadingRequest = {
    kind: 'log-points',
    limit: 100,
    points: [{ id: 1, file: 'init.lua', line: sentLine(), logMessage: '{self.sent}' }],
  };
  const sent = (entries: readonly Entry[]): unknown =>
    readRun(entries, WHAT_IT_SENT, {
      createVm: startVm,
      now: () => performance.now(),
    })[0]?.values.map(({ message, text }) => [message, text]);

  it('remembers what its session delivered before, and ends with itself', () => {
    const run = runPolicy('lua54', POLICY);
    const sessions = [run.openSession(), run.openSessionInNewContext(2)];
    for (let message = 1; message <= 6; message++) run.deliver(sessions[message % 2]!, { message });
    for (const session of sessions) session.close();
    const history = new DeliveryHistory();
    onTestFinished(() => history.close());
    const other = runPolicy('lua54', POLICY);
    other.deliver(other.openSession(), { message: 1 });
    keep(history, 'other', other.entries);
    keep(history, 'run-1', run.entries);

    // Messages 2, 4, 6 are of one session; the ids count from the other run on.
    const middle = history.replayable(5) ?? [];
    expect(sent(middle)).toEqual([
      [2, '1'],
      [4, '2'],
    ]);
    expect(middle.at(-1)).toMatchObject({ kind: 'record', message: 4 });
    const last = history.replayable(7) ?? [];
    expect(sent(last)).toEqual([
      [2, '1'],
      [4, '2'],
      [6, '3'],
    ]);
    expect(last.at(-1)).toMatchObject({ kind: 'session', state: 'closed', session: 1 });
    expect(new Set(last.map(({ message }) => message))).toEqual(new Set([undefined, 2, 4, 6]));
    expect(history.replayable(99)).toBeUndefined();
  });
});

describe('the recording of a run that the history kept', () => {
  it('reads like the run itself, with sessions that worked side by side and other runs between', () => {
    const run = runPolicy('lua54', POLICY);
    const sessions = [run.openSession(), run.openSessionInNewContext(2)];
    for (let message = 1; message <= 8; message++) run.deliver(sessions[message % 2]!, { message });
    sessions[0]!.close();
    const late = run.openSessionInNewContext(3);
    for (let message = 9; message <= 12; message++) run.deliver(late, { message });
    for (const session of [sessions[1]!, late]) session.close();

    const history = new DeliveryHistory();
    onTestFinished(() => history.close());
    keep(history, 'run-1', run.entries);
    const other = runPolicy('lua54', POLICY);
    other.deliver(other.openSession(), { message: 1 });
    keep(history, 'run-2', other.entries);

    const request: ReadingRequest = {
      kind: 'log-points',
      limit: 100,
      points: [
        {
          id: 1,
          file: 'init.lua',
          line: sentLine(),
          logMessage: '{self.sent}',
        },
      ],
    };
    const read = (entries: Iterable<Entry>) =>
      readRun(entries, request, { createVm: startVm, now: () => performance.now() });
    const [fromHistory] = read(history.recordingOfRun('run-1'));
    expect(fromHistory?.passes).toBe(12);
    expect(fromHistory?.problem).toBeUndefined();
    const byMessage = (reading: typeof fromHistory): unknown =>
      Object.fromEntries(reading?.values.map(({ message, text }) => [message, text]) ?? []);
    expect(byMessage(fromHistory)).toEqual(byMessage(read(run.entries)[0]));
    expect(byMessage(fromHistory)).toMatchObject({ 1: '1', 2: '1', 8: '4', 9: '1', 12: '4' });
    expect(read(history.recordingOfRun('run-2'))[0]?.passes).toBe(1);
  });
});
