import { beforeEach, describe, expect, test } from 'vitest';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { ROOT, ScriptedSession } from './scripted-target.ts';

let session: ScriptedSession;
beforeEach(() => {
  session = new ScriptedSession();
});

const LAUNCH = { program: `${ROOT}/init.lua`, queue: 'a.example' };
const source = { path: `${ROOT}/init.lua` };

/** A promise and what settles it. */
function later() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

describe('the life of a session', () => {
  test('begins with initialize, then launch, then the configuration, then the run', async () => {
    await session.ask('initialize', {});
    await session.ask('launch', LAUNCH);
    expect(session.order()).toEqual(['initialize', 'launch', '*initialized']);
    expect(session.target.calls).not.toContain('start');
    await session.ask('configurationDone');
    expect(session.target.calls).toContain('start');
  });

  test('takes configurationDone also while the launch is under way', async () => {
    const gate = later();
    session.beforeTarget = () => gate.promise;
    await session.ask('initialize', {});
    const launched = session.ask('launch', LAUNCH);
    await session.ask('configurationDone');
    gate.resolve();
    await launched;
    expect(session.target.calls).toContain('start');
  });

  test('refuses everything before initialize, and a second one', async () => {
    expect(await session.refusal('launch', LAUNCH)).toContain('must be `initialize`');
    await session.ask('initialize', {});
    expect(await session.refusal('initialize', {})).toContain('initialized already');
  });

  test('refuses a second launch, and to attach', async () => {
    await session.run();
    expect(await session.refusal('launch', LAUNCH)).toContain('has a run already');
    expect(await session.refusal('attach', {})).toContain('use a launch request');
    expect(session.targets).toHaveLength(1);
  });

  test('says why a launch failed, and lets the client try again', async () => {
    session.beforeTarget = () => Promise.reject(new Error('/x does not exist.'));
    await session.ask('initialize', {});
    const response = await session.ask('launch', LAUNCH);
    expect(response).toMatchObject({
      success: false,
      message: '/x does not exist.',
      body: { error: { format: '/x does not exist.', showUser: true } },
    });
    expect(session.events('initialized')).toEqual([]);
    session.beforeTarget = async () => undefined;
    expect((await session.ask('launch', LAUNCH)).success).toBe(true);
  });

  test('ends when the start fails', async () => {
    await session.ask('initialize', {});
    await session.ask('launch', LAUNCH);
    session.target.next.set('start', () => Promise.reject(new Error('There is no such queue.')));
    expect(await session.refusal('configurationDone')).toBe('There is no such queue.');
    expect(session.events('terminated')).toHaveLength(1);
  });

  test('is over when the run is', async () => {
    const target = await session.run();
    target.end({ exitCode: 1, problem: 'The queue is for SMTP.' });
    expect(session.order().slice(-3)).toEqual(['*output', '*exited', '*terminated']);
    expect(session.events('exited')[0]?.body).toEqual({ exitCode: 1 });
    expect(await session.refusal('pause', { threadId: 1 })).toBe('The run is over.');
  });

  test('goes on when the run is over and shall stand still at its end', async () => {
    const target = await session.run({ stopOnEnd: true });
    target.events.exited({ exitCode: 0 });
    target.stop({ reason: 'end', description: 'The run is over.' });
    expect(session.events('terminated')).toEqual([]);
    expect(session.events('stopped')[0]?.body).toMatchObject({ reason: 'end' });
    await session.ask('continue', { threadId: 1 });
    expect(session.events('terminated')).toHaveLength(1);
    expect(target.resumes).toEqual([]);
    expect(target.calls.at(-1)).toBe('terminate');
  });

  test('is over when the run is told to go on from its end', async () => {
    const target = await session.run({ stopOnEnd: true });
    target.events.exited({ exitCode: 0 });
    target.stop({ reason: 'end', description: 'The run is over.' });
    target.events.ended();
    expect(session.events('exited')).toHaveLength(1);
    expect(session.events('terminated')).toHaveLength(1);
  });

  test('waits for its configuration once more when a launch is repeated', async () => {
    await session.ask('initialize', {});
    await session.ask('launch', LAUNCH);
    session.target.next.set('start', () => Promise.reject(new Error('There is no such broker.')));
    await session.ask('configurationDone');
    await session.ask('launch', LAUNCH);
    expect(session.target.calls).not.toContain('start');
    await session.ask('configurationDone');
    expect(session.target.calls).toContain('start');
  });

  test('says a problem once when the script’s output said it already', async () => {
    const target = await session.run();
    target.events.output({ category: 'stderr', text: 'It ran too long.\n' });
    target.end({ exitCode: 1, problem: 'It ran too long.' });
    expect(session.events('output')).toHaveLength(1);
  });

  test('ends with terminate, also when the script stands still', async () => {
    const target = await session.runToStop();
    target.next.set('terminate', async () => target.end({ exitCode: 1 }));
    await session.ask('terminate');
    expect(session.order().slice(-3)).toEqual(['terminate', '*exited', '*terminated']);
    expect(session.events('terminated')).toHaveLength(1);
  });

  test('ends with disconnect, which is answered first', async () => {
    const target = await session.run();
    expect((await session.ask('disconnect')).success).toBe(true);
    expect(target.calls).toContain('terminate');
    expect(session.disconnected).toBe(true);
    target.stop();
    expect(session.events('stopped')).toEqual([]);
  });

  test('ends with disconnect before anything began', async () => {
    expect((await session.ask('disconnect')).success).toBe(true);
    expect(session.disconnected).toBe(true);
  });

  test('ends a run that was being made when it was closed', async () => {
    const gate = later();
    session.beforeTarget = () => gate.promise;
    await session.ask('initialize', {});
    const launched = session.refusal('launch', LAUNCH);
    await session.adapter.close();
    gate.resolve();
    expect(await launched).toContain('was ended meanwhile');
    expect(session.target.calls).toContain('terminate');
  });

  test('refuses what it does not know', async () => {
    await session.ask('initialize', {});
    expect(await session.refusal('disassemble')).toBe('The debugger has no request `disassemble`.');
    expect(await session.refusal('toString')).toContain('has no request');
  });

  test.each([null, 7, 'text', [], {}, { type: 'request' }, { type: 'response', seq: 1 }])(
    'ignores what is no request: %j',
    (message) => {
      session.adapter.receive(message);
      expect(session.messages).toEqual([]);
    },
  );
});

describe('a restart', () => {
  test('runs the same again with the same breakpoints, and nothing is heard of the old run', async () => {
    const old = await session.runToStop();
    await session.ask('setBreakpoints', { source, breakpoints: [{ line: 3 }] });
    await session.ask('restart');
    expect(old.calls).toContain('terminate');
    expect(session.targets).toHaveLength(2);
    expect(session.target.launch).toEqual(old.launch);
    expect(session.target.sets.at(-1)?.lines).toMatchObject([{ file: 'init.lua', line: 3 }]);
    expect(session.target.calls.at(-1)).toBe('start');
    expect(session.order().slice(-2)).toEqual(['restart', '*continued']);
    const count = session.messages.length;
    old.stop();
    old.end({ exitCode: 0 });
    old.events.output({ category: 'stdout', text: 'late' });
    expect(session.messages).toHaveLength(count);
  });

  test('takes other arguments', async () => {
    await session.run();
    await session.ask('restart', { arguments: { ...LAUNCH, queue: 'b.example' } });
    expect(session.target.launch.delivery?.queue).toBe('b.example');
  });

  test('that fails ends the session', async () => {
    await session.run();
    session.beforeTarget = () => Promise.reject(new Error('init.lua is gone.'));
    expect(await session.refusal('restart')).toBe('init.lua is gone.');
    expect(session.events('terminated')).toHaveLength(1);
  });
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

describe('what a client understands', () => {
  async function introduced(args: object): Promise<ScriptedSession> {
    await session.ask('initialize', args);
    await session.ask('launch', LAUNCH);
    return session;
  }

  test('lines and columns may start at 0', async () => {
    await introduced({ linesStartAt1: false, columnsStartAt1: false });
    const { target } = session;
    target.places = ({ lines }) =>
      lines.map(({ id, line }) => ({ id, verified: true, line: line + 1 }));
    const answer = await session.ask('setBreakpoints', { source, breakpoints: [{ line: 4 }] });
    expect(target.sets.at(-1)?.lines).toMatchObject([{ line: 5 }]);
    expect(answer.body).toMatchObject({ breakpoints: [{ line: 5 }] });
    await session.ask('configurationDone');
    target.stop();
    target.answers.stack = {
      frames: [{ id: 1, name: 'f', kind: 'lua', location: { file: 'init.lua', line: 6 } }],
      total: 1,
    };
    target.answers.completions = [{ label: 'queue', kind: 'variable', length: 2 }];
    expect((await session.ask('stackTrace', { threadId: 1 })).body).toMatchObject({
      stackFrames: [{ line: 5, column: 0 }],
    });
    const found = await session.ask('completions', { text: 'x\nqu', line: 1, column: 2 });
    expect(target.queries.at(-1)).toMatchObject({ text: 'x\nqu', column: 5 });
    expect(found.body).toMatchObject({ targets: [{ start: 0, length: 2 }] });
  });

  test('paths may be URIs', async () => {
    await introduced({ pathFormat: 'uri' });
    const answer = await session.ask('setBreakpoints', {
      source: { path: `file://${ROOT}/init.lua` },
      breakpoints: [{ line: 1 }],
    });
    expect(session.target.sets.at(-1)?.lines).toMatchObject([{ file: 'init.lua' }]);
    expect(answer.body).toMatchObject({
      breakpoints: [{ source: { path: `file://${ROOT}/init.lua` } }],
    });
  });

  test('progress is shown to clients that show it', async () => {
    await introduced({ supportsProgressReporting: true });
    await session.ask('configurationDone');
    session.target.stop();
    await session.ask('stepBack', { threadId: 1 });
    const [start] = session.events('progressStart');
    expect(start?.body).toMatchObject({ title: 'Going back' });
    expect(session.events('progressEnd')[0]?.body).toEqual({
      progressId: (start?.body as { progressId: string }).progressId,
    });
  });

  test('types are told to clients that show them', async () => {
    await introduced({ supportsVariableType: false });
    await session.ask('configurationDone');
    session.target.stop();
    session.target.answers.evaluate = { name: '', value: '3', type: 'integer', ref: 0 };
    const answer = await session.ask('evaluate', { expression: '3' });
    expect(answer.body).toEqual({ result: '3', variablesReference: 0 });
  });
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

describe('the files of a finished run', () => {
  const file = (path: string, text: string, seq: number) =>
    ({ kind: 'file', at: 0, seq, path, text }) as const;

  test('are shown as they were run where the disk has other text', async () => {
    session = new ScriptedSession({ [`${ROOT}/init.lua`]: 'new', [`${ROOT}/same.lua`]: 'same' });
    const target = await session.run({ queue: undefined, recording: '/r.jsonl' });
    target.recorded = [
      file('init.lua', 'gr\u00c3\u00bc\u00c3\u009fe', 1),
      file('same.lua', 'same', 2),
    ];
    const { sources } = (await session.ask('loadedSources'))
      .body as DebugProtocol.LoadedSourcesResponse['body'];
    expect(sources).toEqual([
      {
        name: 'init.lua',
        path: `${ROOT}/init.lua`,
        sourceReference: 1,
        origin: 'as it was run',
      },
      { name: 'same.lua', path: `${ROOT}/same.lua` },
    ]);
    expect((await session.ask('source', { sourceReference: 1 })).body).toEqual({
      content: 'grüße',
      mimeType: 'text/x-lua',
    });
    expect(await session.refusal('source', { sourceReference: 7 })).toContain('no text');
    await session.ask('setBreakpoints', { source: sources[0], breakpoints: [{ line: 1 }] });
    expect(target.sets.at(-1)?.lines).toMatchObject([{ file: 'init.lua' }]);
  });
});

test('a value is written in hexadecimal when that is asked for, as Lua does', async () => {
  const target = await session.runToStop();
  const written = async (value: string, type: string) => {
    target.answers.evaluate = { name: '', value, type, ref: 0 };
    const answer = await session.ask('evaluate', { expression: 'x', format: { hex: true } });
    return (answer.body as DebugProtocol.EvaluateResponse['body']).result;
  };
  expect(await written('255', 'integer')).toBe('0xff');
  expect(await written('-1', 'integer')).toBe('0xffffffffffffffff');
  expect(await written('9223372036854775807', 'integer')).toBe('0x7fffffffffffffff');
  expect(await written('255.0', 'float')).toBe('255.0');
  expect(await written("'255'", 'string')).toBe("'255'");
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
