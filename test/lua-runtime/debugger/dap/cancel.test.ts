/** What a client can stop waiting for. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { beforeEach, expect, test } from 'vitest';
import { ScriptedSession } from './scripted-target.ts';

const READING = { reading: { kind: 'profile' } };
/** Requests are numbered from 1: initialize, launch, configurationDone come first. */
const READING_SEQ = 4;

let session: ScriptedSession;
beforeEach(() => {
  session = new ScriptedSession();
});

test('a request is cancelled by its number, and its work is given up', async () => {
  await session.run();
  session.target.next.set('read', () => new Promise(() => undefined));
  const reading = session.ask('kumo/readings', READING);
  expect((await session.ask('cancel', { requestId: READING_SEQ })).success).toBe(true);

  expect(await reading).toMatchObject({ success: false, message: 'cancelled' });
  expect(session.target.calls).toContain('read was cancelled');
});

test('a progress is cancelled by its name, and told to have ended', async () => {
  await session.ask('initialize', { adapterID: 'kumo', supportsProgressReporting: true });
  await session.ask('launch', { program: '/policy/init.lua', queue: 'a.example' });
  await session.ask('configurationDone');
  const { next } = session.target;
  next.set('read', () => new Promise((_resolve, reject) => setImmediate(reject)));
  const reading = session.ask('kumo/readings', READING);
  const [start] = session.events('progressStart');
  expect(start?.body).toMatchObject({ cancellable: true });
  const { progressId } = start?.body as DebugProtocol.ProgressStartEvent['body'];
  await session.ask('cancel', { progressId });

  expect(await reading).toMatchObject({ success: false, message: 'cancelled' });
  expect(session.events('progressEnd')).toHaveLength(1);
});

test('what is answered already, or moves the script, is not cancelled', async () => {
  await session.runToStop();
  await session.ask('threads');
  const moving = session.ask('next', { threadId: 1 });
  for (const requestId of [4, 5, 99]) {
    expect((await session.ask('cancel', { requestId })).success).toBe(true);
  }
  expect((await moving).success).toBe(true);
});
