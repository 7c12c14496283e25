import { describe, expect, it } from 'vitest';
import { compareRecordings } from '../../../lua-runtime/recording/compare-recordings.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';

const print = (seq: number, text: string, more: Partial<Entry> = {}): Entry =>
  ({ kind: 'print', seq, at: seq, source: 'print', level: 'info', text, ...more }) as Entry;

describe('comparing two recordings', () => {
  it('ignores when things happened and the numbers of a recording itself', () => {
    const first = [print(1, 'a', { at: 1, context: 10 }), print(2, 'b', { at: 2, context: 10 })];
    const second = [print(4, 'a', { at: 7, context: 99 }), print(5, 'b', { at: 8, context: 99 })];
    expect(compareRecordings(first, second)).toBeUndefined();
  });

  it('ignores where Lua keeps a table, but no other number', () => {
    const text = (address: string) => [print(1, `got table: ${address} and key 0x10`)];
    expect(compareRecordings(text('0x1fe0'), text('0x2aa8'))).toBeUndefined();
    expect(compareRecordings([print(1, 'key 0x10')], [print(1, 'key 0x11')])?.path).toBe('text');
  });

  it('names the first entry and field that differ', () => {
    const first = [print(1, 'a'), print(2, 'b'), print(3, 'c')];
    const second = [print(1, 'a'), print(2, 'B'), print(3, 'C')];
    expect(compareRecordings(first, second)).toMatchObject({
      expected: { seq: 2 },
      actual: { text: 'B' },
      path: 'text',
      text: 'Entry 2 (print) of the recording differs in text.',
    });
  });

  it('names another kind of entry', () => {
    const reject: Entry = { kind: 'reject', seq: 1, at: 1, code: 500, text: 'no' };
    expect(compareRecordings([print(1, 'a')], [reject])?.text).toBe(
      'Entry 1 (print) of the recording is reject in the replay.',
    );
  });

  it('tells which of the two ends first', () => {
    const first = [print(1, 'a'), print(2, 'b')];
    expect(compareRecordings(first, first.slice(0, 1))?.text).toBe(
      'The replay ends before entry 2 (print) of the recording.',
    );
    expect(compareRecordings(first.slice(0, 1), first)?.text).toBe(
      'The replay goes on with a print entry where the recording ends.',
    );
  });

  it('compares each Lua context by itself, however their entries interleave', () => {
    const one = [print(1, 'a', { context: 1 }), print(2, 'b', { context: 1 })];
    const two = [print(3, 'x', { context: 2 }), print(4, 'y', { context: 2 })];
    const [a, b] = one as [Entry, Entry];
    const [x, y] = two as [Entry, Entry];
    expect(compareRecordings([a, b, x, y], [a, x, b, y])).toBeUndefined();
    expect(compareRecordings([a, b, x, y], [a, x, y, b])).toBeUndefined();
    expect(compareRecordings([a, b, x, y], [b, a, x, y])?.path).toBe('text');
  });
});
