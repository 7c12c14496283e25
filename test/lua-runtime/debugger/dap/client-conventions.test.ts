import { beforeEach, describe, expect, test } from 'vitest';
import { LAUNCH, ROOT, ScriptedSession, source } from './scripted-target.ts';

let session: ScriptedSession;
beforeEach(() => {
  session = new ScriptedSession();
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
