import { expect, it, onTestFinished, vi } from 'vitest';
import { ConsoleStream } from '../../../electron/host/console-stream.ts';

function streamOf(...texts: string[]): ConsoleStream {
  const stream = new ConsoleStream(() => undefined);
  for (const text of texts) stream.say('info', text);
  return stream;
}

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `line ${n + 1}`);

it('gives a page that comes later what was told before', () => {
  const stream = streamOf('first', 'second');
  stream.take();
  const { lines, skipped } = stream.recent();
  expect(lines.map(({ text }) => text)).toEqual(['first', 'second']);
  expect(skipped).toBe(0);
});

it('gives a page that was away what it has not seen', () => {
  const stream = streamOf('seen');
  const seen = stream.take()?.lines[0]?.id;
  stream.say('info', 'missed');
  expect(stream.recent(seen).lines.map(({ text }) => text)).toEqual(['missed']);
});

it('keeps the newest lines and counts the others', () => {
  const stream = streamOf();
  for (const text of numbered(1_500)) {
    stream.say('info', text);
    stream.take();
  }
  const { lines, skipped } = stream.recent();
  expect(lines.at(-1)?.text).toBe('line 1500');
  expect(lines.length + skipped).toBe(1_500);
  expect(skipped).toBeGreaterThan(0);
});

it('counts what a flood skipped for a later page too', () => {
  const { lines, skipped } = streamOf(...numbered(5_000)).recent();
  expect(lines.length).toBeLessThanOrEqual(200);
  expect(lines.length + skipped).toBe(5_000);
});

it('has nothing of before it was cleared', () => {
  const stream = streamOf(...numbered(5_000));
  stream.clear();
  expect(stream.recent()).toEqual({ lines: [], skipped: 0 });
  stream.say('info', 'after');
  expect(stream.recent(0).lines.map(({ text }) => text)).toEqual(['after']);
});

it('numbers its lines on from where a host before it ended', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const before =
    streamOf(...numbered(100))
      .recent()
      .lines.at(-1)?.id ?? Infinity;
  vi.advanceTimersByTime(1_000);
  const after = streamOf('of the next host').recent().lines[0]?.id;
  expect(after).toBeGreaterThan(before);
});
