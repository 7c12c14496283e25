import { expect, it } from 'vitest';
import type { LogPointReading } from '../../../electron/bridge/debug.ts';
import { pointValues } from '../../../renderer/debug/readings/point-values.ts';

const value = (tick: number, message: number, text: string) => ({
  context: 1,
  tick,
  message,
  text,
});
const own: LogPointReading = { id: 1, passes: 1, values: [value(41, 2, '1052')] };
const whole: LogPointReading = {
  id: 1,
  passes: 1210,
  values: [value(41, 1, '1047'), value(90, 2, '1052'), value(139, 3, '988')],
};

it('tells the whole run where that was read, and leads to the lines of the debugged message', () => {
  expect(pointValues(own, whole, 2)).toEqual({
    passes: 1210,
    problem: undefined,
    values: [
      { text: '1047', message: 1, tick: undefined },
      { text: '1052', message: 2, tick: 41 },
      { text: '988', message: 3, tick: undefined },
    ],
  });
});

it('tells the debugged run alone, every value with its line', () => {
  expect(pointValues(own, undefined, undefined)).toMatchObject({
    passes: 1,
    values: [{ text: '1052', tick: 41 }],
  });
});

it('knows nothing before anything was read, and passes on why', () => {
  expect(pointValues(undefined, undefined, undefined).passes).toBeUndefined();
  const problem = 'This line has no code.';
  expect(pointValues({ id: 1, passes: 0, values: [], problem }, undefined, undefined).problem).toBe(
    problem,
  );
});
