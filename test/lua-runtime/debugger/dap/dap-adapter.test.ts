import { beforeEach, describe, expect, test } from 'vitest';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { ScriptedSession, source } from './scripted-target.ts';

let session: ScriptedSession;
beforeEach(() => {
  session = new ScriptedSession();
});

describe('the answer to a request that moves the script', () => {
  test.each([
    ['continue', 'resume'],
    ['next', 'resume'],
    ['stepIn', 'resume'],
    ['stepOut', 'resume'],
    ['stepBack', 'stepBack'],
    ['reverseContinue', 'reverseContinue'],
  ])('%s comes before the stop that it leads to', async (command, call) => {
    const target = await session.runToStop();
    await session.ask('threads');
    target.next.set(call, async () => target.stop());
    session.messages.length = 0;
    await session.ask(command, { threadId: 1 });
    expect(session.order()).toEqual([command, '*kumo/position', '*stopped']);
  });

  test('that is refused leaves the script where it stands', async () => {
    const target = await session.runToStop();
    await session.ask('threads');
    target.next.set('stepBack', () => Promise.reject(new Error('There is nothing earlier.')));
    expect(await session.refusal('stepBack', { threadId: 1 })).toBe('There is nothing earlier.');
    expect((await session.ask('next', { threadId: 1 })).success).toBe(true);
  });

  test('of a thread that is none is refused', async () => {
    const target = await session.runToStop();
    expect(await session.refusal('next', { threadId: 9 })).toBe('There is no thread 9.');
    expect(await session.refusal('next', {})).toBe('`threadId` of next must be a whole number.');
    expect(target.resumes).toEqual([]);
  });
});

describe('while the script runs', () => {
  test.each([
    ['stackTrace', { threadId: 1 }],
    ['scopes', { frameId: 1 }],
    ['variables', { variablesReference: 1 }],
    ['setVariable', { variablesReference: 1, name: 'a', value: '1' }],
    ['setExpression', { expression: 'a', value: '1' }],
    ['evaluate', { expression: 'a' }],
    ['completions', { text: 'a', column: 2 }],
    ['exceptionInfo', { threadId: 1 }],
    ['continue', { threadId: 1 }],
    ['next', { threadId: 1 }],
    ['stepIn', { threadId: 1 }],
    ['stepOut', { threadId: 1 }],
    ['stepBack', { threadId: 1 }],
    ['reverseContinue', { threadId: 1 }],
    ['kumo/seek', { tick: 1 }],
    ['kumo/runTo', { source, line: 1 }],
    ['kumo/lastChange', { variablesReference: 1, name: 'a' }],
  ])('%s is refused with a sentence', async (command, args) => {
    const target = await session.run();
    const response = await session.ask(command, args);
    expect(response).toMatchObject({
      success: false,
      message: 'notStopped',
      body: { error: { format: 'The script is running; pause it first.' } },
    });
    expect(target.queries).toEqual([]);
  });

  test('there is a thread to pause', async () => {
    const target = await session.run();
    expect((await session.ask('threads')).body).toEqual({ threads: [{ id: 1, name: 'main' }] });
    await session.ask('pause', { threadId: 1 });
    expect(target.calls).toContain('pause');
    target.stop({ reason: 'pause' });
    expect(await session.refusal('pause', { threadId: 1 })).toContain('stands still already');
  });
});

describe('a reference', () => {
  const frame = { id: 4, name: 'send', kind: 'lua' as const };

  test('of an earlier stop is refused, and never means something of now', async () => {
    const target = await session.runToStop();
    Object.assign(target.answers, {
      stack: { frames: [frame], total: 1 },
      scopes: [{ name: 'Locals', ref: 7, count: 1 }],
      variables: [],
    });
    await session.ask('threads');
    await session.ask('stackTrace', { threadId: 1 });
    const scopes = await session.ask('scopes', { frameId: 1 });
    const { variablesReference } = (scopes.body as DebugProtocol.ScopesResponse['body']).scopes[0]!;
    expect((await session.ask('variables', { variablesReference })).success).toBe(true);
    await session.ask('next', { threadId: 1 });
    target.stop();
    await session.ask('stackTrace', { threadId: 1 });
    expect(await session.refusal('scopes', { frameId: 1 })).toContain('earlier stop');
    expect(await session.refusal('variables', { variablesReference })).toContain('earlier stop');
  });

  test('asks the target by its own number', async () => {
    const target = await session.runToStop();
    Object.assign(target.answers, {
      stack: { frames: [frame], total: 1 },
      scopes: [{ name: 'Locals', ref: 7, count: 900 }],
      variables: [],
    });
    await session.ask('threads');
    await session.ask('stackTrace', { threadId: 1 });
    await session.ask('scopes', { frameId: 1 });
    await session.ask('variables', {
      variablesReference: 2,
      filter: 'indexed',
      start: 100,
      count: 50,
    });
    expect(target.queries.at(-1)).toEqual({
      kind: 'variables',
      ref: 7,
      filter: 'indexed',
      start: 100,
      count: 50,
    });
    await session.ask('kumo/lastChange', { variablesReference: 2, name: 'a' });
    expect(target.calls.at(-1)).toBe('lastChange 7 a');
  });
});

describe('threads', () => {
  test('of another Lua context have other numbers, and cannot be asked for', async () => {
    const target = await session.runToStop();
    await session.ask('threads');
    await session.ask('continue', { threadId: 1 });
    target.at = { context: 2, tick: 1, last: 1, live: true };
    target.stop();
    expect(session.events('stopped')[1]?.body).toMatchObject({ threadId: 2 });
    expect((await session.ask('threads')).body).toEqual({ threads: [{ id: 2, name: 'main' }] });
    expect(await session.refusal('stackTrace', { threadId: 1 })).toContain('Lua context 1');
  });
});

describe('entries', () => {
  test('are given in pieces', async () => {
    const target = await session.run();
    target.recorded = [1, 2, 3].map((seq) => ({ kind: 'end', at: 0, messages: 0, seq }));
    expect((await session.ask('kumo/entries', { after: 1, limit: 1 })).body).toMatchObject({
      entries: [{ seq: 2 }],
      total: 3,
    });
    expect((await session.ask('kumo/entries', { after: 3 })).body).toMatchObject({ entries: [] });
    expect((await session.ask('kumo/entries')).body).toMatchObject({ total: 3 });
    expect(await session.refusal('kumo/entries', { limit: 0 })).toContain('`limit` must be');
  });
});

test('a reading that does not exist is refused by name', async () => {
  await session.run();
  expect(await session.refusal('kumo/readings', { reading: { kind: 'tea' } })).toContain(
    'log-points',
  );
  expect(await session.refusal('kumo/readings', {})).toContain('`kind` of kumo/readings');
});
