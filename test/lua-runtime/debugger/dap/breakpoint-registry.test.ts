import { beforeEach, describe, expect, test } from 'vitest';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { LAUNCH, ROOT, ScriptedSession, later, source } from './scripted-target.ts';

let session: ScriptedSession;
beforeEach(() => {
  session = new ScriptedSession();
});

describe('breakpoints', () => {
  test('that come before the launch are set with it, and their places told then', async () => {
    await session.ask('initialize', {});
    const answer = await session.ask('setBreakpoints', { source, breakpoints: [{ line: 1 }] });
    expect(answer.body).toMatchObject({ breakpoints: [{ verified: false, reason: 'pending' }] });
    await session.ask('launch', LAUNCH);
    expect(session.events('breakpoint')[0]?.body).toMatchObject({
      reason: 'changed',
      breakpoint: { id: 1, verified: true },
    });
  });

  test('are all in place before the first line, however late the target answers', async () => {
    await session.ask('initialize', {});
    await session.ask('launch', LAUNCH);
    const gate = later();
    session.target.next.set('setBreakpoints', () => gate.promise);
    const set = session.ask('setBreakpoints', { source, breakpoints: [{ line: 1 }] });
    const done = session.ask('configurationDone');
    await new Promise(setImmediate);
    expect(session.target.calls).not.toContain('start');
    gate.resolve();
    await Promise.all([set, done]);
    expect(session.target.calls.at(-1)).toBe('start');
  });

  test('keep their numbers when others beside them change', async () => {
    await session.run();
    const ids = async (breakpoints: object[]) =>
      (
        (await session.ask('setBreakpoints', { source, breakpoints }))
          .body as DebugProtocol.SetBreakpointsResponse['body']
      ).breakpoints.map(({ id }) => id);
    expect(await ids([{ line: 1 }, { line: 2 }])).toEqual([1, 2]);
    expect(await ids([{ line: 2 }, { line: 3 }])).toEqual([2, 3]);
    expect(await ids([{ line: 2, condition: 'a' }])).toEqual([4]);
  });

  test('outside the folder of the policy are not set', async () => {
    await session.run();
    const answer = await session.ask('setBreakpoints', {
      source: { path: '/elsewhere/init.lua' },
      breakpoints: [{ line: 1 }],
    });
    expect(answer.body).toMatchObject({
      breakpoints: [
        { verified: false, message: `The file is not in the policy's folder ${ROOT}.` },
      ],
    });
    expect(session.target.sets.at(-1)?.lines).toEqual([]);
  });

  test('in a file with unsaved changes say what that means', async () => {
    await session.run();
    const answer = await session.ask('setBreakpoints', {
      source,
      breakpoints: [{ line: 1 }],
      sourceModified: true,
    });
    const [breakpoint] = (answer.body as DebugProtocol.SetBreakpointsResponse['body']).breakpoints;
    expect(breakpoint?.verified).toBe(true);
    expect(breakpoint?.message).toContain('unsaved changes');
  });

  test('whose places change are told of once', async () => {
    const target = await session.run();
    await session.ask('setBreakpoints', { source, breakpoints: [{ line: 1 }] });
    session.messages.length = 0;
    target.events.placed([{ id: 1, verified: true }]);
    expect(session.events('breakpoint')).toEqual([]);
    target.events.placed([{ id: 1, verified: true, line: 4 }]);
    expect(session.events('breakpoint')[0]?.body).toMatchObject({ breakpoint: { line: 4 } });
  });

  test('are told of by the answer, not by an event, when both have the same to say', async () => {
    const target = await session.run();
    target.next.set('setBreakpoints', async () => {
      target.events.placed([{ id: 1, verified: true, line: 4 }]);
    });
    target.places = ({ lines }) => lines.map(({ id }) => ({ id, verified: true, line: 4 }));
    const answer = await session.ask('setBreakpoints', { source, breakpoints: [{ line: 1 }] });
    expect(answer.body).toMatchObject({ breakpoints: [{ id: 1, line: 4 }] });
    expect(session.events('breakpoint')).toEqual([]);
  });

  test('stop nowhere in a run without debugging', async () => {
    await session.ask('initialize', {});
    await session.ask('launch', { ...LAUNCH, noDebug: true });
    const answer = await session.ask('setBreakpoints', { source, breakpoints: [{ line: 1 }] });
    expect(answer.body).toMatchObject({ breakpoints: [{ verified: false }] });
    expect(session.target.sets.at(-1)).toEqual({ lines: [], functions: [], events: [] });
  });

  test('on events take conditions, and only events that exist', async () => {
    await session.run();
    await session.ask('setExceptionBreakpoints', {
      filters: ['uncaught'],
      filterOptions: [{ filterId: 'reject', condition: ' 500, 421 ' }, { filterId: 'host-call' }],
    });
    expect(session.target.sets.at(-1)?.events).toEqual([
      { id: 1, event: 'uncaught' },
      { id: 2, event: 'reject', only: '500, 421' },
      { id: 3, event: 'host-call' },
    ]);
    expect(await session.refusal('setExceptionBreakpoints', { filters: ['all'] })).toContain(
      'no exception filter all; there are uncaught',
    );
  });
});

test('output that floods the client is left out and told of', async () => {
  const target = await session.run();
  for (let line = 0; line < 6_000; line++) {
    target.events.output({ category: 'stdout', text: `${line}` });
  }
  expect(session.events('output')).toHaveLength(5_000);
  target.stop();
  expect(session.events('output').at(-1)?.body).toMatchObject({
    output: '1000 lines of output were left out: they came faster than anyone could read.\n',
  });
});

test('a script that goes on by itself is told of', async () => {
  const target = await session.runToStop();
  target.events.continued();
  expect(session.events('continued')[0]?.body).toEqual({ threadId: 1, allThreadsContinued: true });
  target.events.continued();
  expect(session.events('continued')).toHaveLength(1);
});
