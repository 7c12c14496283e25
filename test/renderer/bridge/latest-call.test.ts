import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { latestCall } from '../../../renderer/bridge/latest-call.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('asks once when typing rests, with the last text', async () => {
  const asked: string[] = [];
  const ask = latestCall<string>(async (text) => void asked.push(text), 80);
  ask('a');
  ask('ab');
  ask('abc');
  await vi.advanceTimersByTimeAsync(79);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual(['abc']);
});

it('does not let an old answer pass for a new one, and asks the newest afterwards', async () => {
  const shown: string[] = [];
  const answers: (() => void)[] = [];
  const ask = latestCall<string>(async (text, isLatest) => {
    await new Promise<void>((resolve) => answers.push(resolve));
    if (isLatest()) shown.push(text);
  }, 10);
  ask('old');
  await vi.advanceTimersByTimeAsync(10);
  ask('middle');
  await vi.advanceTimersByTimeAsync(10);
  ask('new');
  await vi.advanceTimersByTimeAsync(10);
  answers[0]!();
  await vi.advanceTimersByTimeAsync(0);
  answers[1]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual(['new']);
  expect(answers).toHaveLength(2);
});
