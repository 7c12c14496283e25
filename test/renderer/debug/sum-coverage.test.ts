import { describe, expect, it } from 'vitest';
import type { FileCoverage } from '../../../electron/bridge/debug.ts';
import {
  lineWords,
  percentOf,
  shareWords,
  valueLines,
} from '../../../renderer/debug/line-coverage/coverage-words.ts';
import {
  coveredLines,
  sharesOf,
  sumCoverage,
} from '../../../renderer/debug/line-coverage/sum-coverage.ts';

function file(change: Partial<FileCoverage> = {}): FileCoverage {
  return {
    file: 'init.lua',
    lines: [
      { line: 4, hits: 2 },
      { line: 5, hits: 0 },
      { line: 7, hits: 2 },
    ],
    functions: [{ name: 'send', line: 4, hits: 2 }],
    branches: [{ line: 4, block: 0, taken: [0, 2] }],
    values: [{ line: 4, name: 'domain', values: ["'amqp'"], more: 0 }],
    ...change,
  };
}

describe('sumCoverage', () => {
  it('adds up lines, functions and branches of a file, and puts values together', () => {
    const other = file({
      lines: [
        { line: 4, hits: 1 },
        { line: 5, hits: 1 },
      ],
      branches: [{ line: 4, block: 0, taken: [1, 0] }],
      values: [{ line: 4, name: 'domain', values: ["'amqp'", "'example.com'"], more: 3 }],
    });
    const { files } = sumCoverage([{ files: [file()] }, { files: [other] }]);
    expect(files).toEqual([
      {
        file: 'init.lua',
        lines: [
          { line: 4, hits: 3 },
          { line: 5, hits: 1 },
          { line: 7, hits: 2 },
        ],
        functions: [{ name: 'send', line: 4, hits: 4 }],
        branches: [{ line: 4, block: 0, taken: [1, 2] }],
        values: [{ line: 4, name: 'domain', values: ["'amqp'", "'example.com'"], more: 3 }],
      },
    ]);
  });

  it('keeps files apart, in the order of their names', () => {
    const runs = [{ files: [file()] }, { files: [file({ file: 'delivery.lua' })] }];
    expect(sumCoverage(runs).files.map((one) => one.file)).toEqual(['delivery.lua', 'init.lua']);
  });

  it('keeps the newest values and counts the rest', () => {
    const values = (from: number) => Array.from({ length: 6 }, (_, index) => `${from + index}`);
    const of = (from: number) => ({
      files: [file({ values: [{ line: 4, name: 'n', values: values(from), more: 0 }] })],
    });
    const summed = sumCoverage([of(0), of(6)]).files[0]?.values?.[0];
    expect(summed).toEqual({
      line: 4,
      name: 'n',
      values: ['4', '5', '6', '7', '8', '9', '10', '11'],
      more: 4,
    });
  });
});

it('knows the shares of a file, and where to look first', () => {
  expect(sharesOf(file())).toEqual({
    lines: { hit: 2, all: 3 },
    branches: { hit: 1, all: 2 },
    functions: { hit: 1, all: 1 },
    firstMissed: 5,
  });
});

describe('coveredLines', () => {
  it('tells a line whose condition went one way from one that ran', () => {
    expect(coveredLines(file()).map(({ line, state }) => [line, state])).toEqual([
      [4, 'partly'],
      [5, 'never'],
      [7, 'ran'],
    ]);
  });

  it('does not ask for the ways of a condition that was never reached', () => {
    const branches = [{ line: 5, block: 0, taken: [0, 0] as [number, number] }];
    expect(coveredLines(file({ branches }))[1]).toMatchObject({ state: 'never', missedWays: [] });
  });

  it('says so in words, with the values', () => {
    const [first, second] = coveredLines(file());
    expect(lineWords(first!)).toBe('Ran 2 times. Its condition was never true.');
    expect(lineWords(second!)).toBe('Never ran.');
    expect(valueLines(first!)).toEqual(["domain = 'amqp'"]);
    const more = { ...first!, values: [{ line: 4, name: 'n', values: ['8', '9'], more: 7 }] };
    expect(valueLines(more)).toEqual(['n = 7 more, 8, 9']);
  });
});

it('rounds to 100 only what is whole', () => {
  expect(percentOf({ hit: 999, all: 1000 })).toBe(99);
  expect(percentOf({ hit: 1000, all: 1000 })).toBe(100);
  expect(percentOf({ hit: 0, all: 3 })).toBe(0);
  expect(shareWords({ hit: 12, all: 1400 })).toBe('12 of 1,400');
  expect(shareWords({ hit: 0, all: 0 })).toBe('none');
});
