import { beforeEach, describe, expect, test } from 'vitest';
import { LAUNCH, ScriptedSession, later, source } from './scripted-target.ts';

let session: ScriptedSession;
beforeEach(() => {
  session = new ScriptedSession();
});

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
