import { beforeEach, describe, expect, test } from 'vitest';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { ROOT, ScriptedSession } from './scripted-target.ts';

let session: ScriptedSession;
beforeEach(() => {
  session = new ScriptedSession();
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
