import { describe, expect, it } from 'vitest';
import type { Entry, EntryBody } from '../../../electron/bridge/contract.ts';
import { entryWords } from '../../../renderer/recording/entry-words.ts';

function entry(body: EntryBody): Entry {
  return { ...body, seq: 1 };
}
const location = { file: 'init.lua', line: 16 };

describe('entryWords', () => {
  it('says where a message was published, naming the default exchange', () => {
    const words = entryWords(
      entry({
        kind: 'publish',
        at: 0,
        location,
        publish: 1,
        api: 'amqp.basic_publish',
        exchange: '',
        routing_key: 'loging',
        mandatory: false,
        properties: {},
        size: 1047,
        payload_preview: '',
      }),
    );
    expect(words).toEqual({
      tone: 'info',
      text: 'publish to the default exchange with key `loging`, 1,047 bytes',
      location,
    });
  });

  it('tells a returned message from a refused one', () => {
    const returned = entryWords(
      entry({
        kind: 'verdict',
        at: 0,
        verdict: 'unroutable',
        reply_code: 312,
        reply_text: 'NO_ROUTE',
      }),
    );
    const refused = entryWords(
      entry({
        kind: 'verdict',
        at: 0,
        verdict: 'failed',
        reply_code: 403,
        reply_text: 'ACCESS_REFUSED',
      }),
    );
    expect(returned.text).toBe('broker returned it as unroutable: 312 NO_ROUTE');
    expect(refused.text).toBe('broker refused: 403 ACCESS_REFUSED');
    expect([returned.tone, refused.tone]).toEqual(['fail', 'fail']);
  });

  it('tells returning nothing from returning nil', () => {
    const returned = { kind: 'return', at: 0, span: 1, event: 'send', duration_us: 5 } as const;
    expect(entryWords(entry({ ...returned, values: [] })).text).toBe('`send` returned nothing');
    expect(entryWords(entry({ ...returned, values: [null] })).text).toBe('`send` returned `nil`');
  });

  it('leads from an error to the line where it happened', () => {
    const words = entryWords(
      entry({
        kind: 'error',
        at: 0,
        during: 'make.amqp',
        failure: { text: 't', summary: 'attempt to index a nil value', location, traceback: [] },
      }),
    );
    expect(words).toMatchObject({ tone: 'fail', location });
    expect(words.text).toContain('attempt to index a nil value');
  });

  it('shouts a silent loss', () => {
    const words = entryWords(
      entry({ kind: 'warning', at: 0, code: 'silent-loss', text: 'No queue is named loging.' }),
    );
    expect(words).toMatchObject({ tone: 'fail', text: 'Silent loss: No queue is named loging.' });
  });

  it('does not let backticks of a script end the code', () => {
    const words = entryWords(
      entry({ kind: 'print', at: 0, source: 'print', level: 'info', text: 'a `b` c' }),
    );
    expect(words.text.split('`')).toHaveLength(3);
  });
});
