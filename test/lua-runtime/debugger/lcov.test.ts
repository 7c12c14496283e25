import { describe, expect, it } from 'vitest';
import { writeLcov } from '../../../lua-runtime/debugger/lcov.ts';
import {
  coverageTotals,
  mergeCoverage,
} from '../../../lua-runtime/debugger/readings/merge-coverage.ts';
import type { Coverage, FileCoverage } from '../../../lua-runtime/debugger/run-reading.ts';

const INIT: FileCoverage = {
  file: 'init.lua',
  lines: [
    { line: 1, hits: 1 },
    { line: 3, hits: 12 },
    { line: 4, hits: 0 },
  ],
  functions: [
    { name: 'main chunk', line: 1, hits: 1 },
    { name: 'anonymous function', line: 3, hits: 4 },
    { name: 'anonymous function', line: 4, hits: 0 },
    { name: 'anonymous function', line: 4, hits: 2 },
    { name: 'a, b', line: 4, hits: 0 },
  ],
  branches: [
    { line: 3, block: 0, taken: [5, 0] },
    { line: 3, block: 1, taken: [0, 0] },
  ],
};

describe('an lcov tracefile', () => {
  it('has the records of geninfo(1), one file after the other', () => {
    const coverage: Coverage = {
      files: [INIT, { file: 'lib/routes.lua', lines: [], functions: [], branches: [] }],
    };
    expect(writeLcov(coverage, (file) => `/policy/${file}`)).toBe(`TN:
SF:/policy/init.lua
FN:1,main chunk
FN:3,anonymous function:3
FN:4,anonymous function:4
FN:4,anonymous function:4:2
FN:4,a b
FNDA:1,main chunk
FNDA:4,anonymous function:3
FNDA:0,anonymous function:4
FNDA:2,anonymous function:4:2
FNDA:0,a b
FNF:5
FNH:3
BRDA:3,0,0,5
BRDA:3,0,1,0
BRDA:3,1,0,-
BRDA:3,1,1,-
BRF:4
BRH:1
DA:1,1
DA:3,12
DA:4,0
LF:3
LH:2
end_of_record
TN:
SF:/policy/lib/routes.lua
FNF:0
FNH:0
BRF:0
BRH:0
LF:0
LH:0
end_of_record
`);
  });
});

describe('coverage of several runs', () => {
  const other: FileCoverage = {
    ...INIT,
    lines: [
      { line: 1, hits: 1 },
      { line: 3, hits: 0 },
      { line: 4, hits: 7 },
    ],
    functions: INIT.functions.map((fn) => ({ ...fn, hits: 1 })),
    branches: [
      { line: 3, block: 0, taken: [0, 2] },
      { line: 3, block: 1, taken: [1, 1] },
    ],
    values: [{ line: 3, name: 'n', values: ['4', '5', '6', '7', '1'], more: 2 }],
  };
  const values: FileCoverage['values'] = [{ line: 3, name: 'n', values: ['1', '2'], more: 0 }];

  it('is summed up, line by line and way by way', () => {
    const merged = mergeCoverage([
      { files: [{ ...INIT, values }], notes: ['a'] },
      { files: [{ ...INIT, file: 'a.lua' }, other], notes: ['a', 'b'] },
    ]);
    expect(merged.notes).toEqual(['a', 'b']);
    expect(merged.files.map(({ file }) => file)).toEqual(['a.lua', 'init.lua']);
    const [, init] = merged.files;
    expect(init).toEqual({
      file: 'init.lua',
      lines: [
        { line: 1, hits: 2 },
        { line: 3, hits: 12 },
        { line: 4, hits: 7 },
      ],
      functions: [
        { name: 'main chunk', line: 1, hits: 2 },
        { name: 'anonymous function', line: 3, hits: 5 },
        { name: 'anonymous function', line: 4, hits: 1 },
        { name: 'anonymous function', line: 4, hits: 3 },
        { name: 'a, b', line: 4, hits: 1 },
      ],
      branches: [
        { line: 3, block: 0, taken: [5, 2] },
        { line: 3, block: 1, taken: [1, 1] },
      ],
      // 1 came in both, so the newest five are the other run's; 2 is counted with those before.
      values: [{ line: 3, name: 'n', values: ['4', '5', '6', '7', '1'], more: 3 }],
    });
    expect(coverageTotals([init!])).toEqual({
      lines: { found: 3, hit: 3 },
      functions: { found: 5, hit: 5 },
      branches: { found: 4, hit: 4 },
    });
  });
});
