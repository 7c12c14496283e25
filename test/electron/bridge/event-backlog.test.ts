import { expect, test } from 'vitest';
import type { ConsoleLine } from '../../../electron/bridge/contract.ts';
import { EventBacklog } from '../../../electron/bridge/event-backlog.ts';
import type { EventMessage } from '../../../electron/bridge/messages.ts';

function consoleEvent(from: number, count: number, skipped = 0): EventMessage {
  const lines = Array.from({ length: count }, (_, i): ConsoleLine => ({
    id: from + i,
    at: 0,
    level: 'info',
    source: 'print',
    text: 'x',
  }));
  return { event: 'console', payload: { lines, skipped } };
}

function takeAll(backlog: EventBacklog): EventMessage[] {
  const messages: EventMessage[] = [];
  for (let message = backlog.take(); message; message = backlog.take()) messages.push(message);
  return messages;
}

test('console lines are joined, none lost, while they are few', () => {
  const backlog = new EventBacklog();
  backlog.add(consoleEvent(0, 3, 1));
  backlog.add(consoleEvent(3, 2, 4));
  const [message, ...more] = takeAll(backlog);
  const payload = message!.payload as { lines: ConsoleLine[]; skipped: number };
  expect(more).toEqual([]);
  expect(payload.lines.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
  expect(payload.skipped).toBe(5);
});

test('of many console lines the oldest are counted as skipped', () => {
  const backlog = new EventBacklog();
  for (let i = 0; i < 30; i++) backlog.add(consoleEvent(i * 100, 100));
  const payload = takeAll(backlog)[0]!.payload as { lines: ConsoleLine[]; skipped: number };
  expect(payload.lines.length + payload.skipped).toBe(3_000);
  expect(payload.lines.length).toBeLessThanOrEqual(1_000);
  expect(payload.lines.at(-1)!.id).toBe(2_999);
});

test('many subjects stay bounded, the newest kept', () => {
  const backlog = new EventBacklog();
  for (let i = 0; i < 5_000; i++) {
    backlog.add({ event: 'fileChanged', payload: { path: `${i}.lua` } });
  }
  const messages = takeAll(backlog);
  expect(messages.length).toBeLessThanOrEqual(1_000);
  expect(messages.at(-1)!.payload).toEqual({ path: '4999.lua' });
  expect(backlog.isEmpty).toBe(true);
});

test('messages of the debugger are neither folded nor dropped, and stay in order', () => {
  const backlog = new EventBacklog();
  for (let seq = 0; seq < 1_500; seq++) {
    backlog.add({ event: 'debug.message', payload: { session: 's', message: { seq } } });
    backlog.add({ event: 'fileChanged', payload: { path: `${seq}.lua` } });
  }
  const seqs = takeAll(backlog)
    .filter(({ event }) => event === 'debug.message')
    .map(({ payload }) => (payload as { message: { seq: number } }).message.seq);
  expect(seqs).toEqual(Array.from({ length: 1_500 }, (_, seq) => seq));
});
