import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { playwrightCounts, total, vitestCounts } from '../../../electron/setup/test-results.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'test-results-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function reportFile(content: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('vitest’s report', () => {
  test('is counted by test', () => {
    const file = reportFile({
      testResults: [
        {
          name: '/checkout/test/a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'one' },
            { status: 'failed', fullName: 'two' },
            { status: 'pending', fullName: 'three' },
            { status: 'todo', fullName: 'four' },
          ],
        },
      ],
    });
    expect(vitestCounts(file)).toEqual({
      passed: 1,
      failed: 1,
      skipped: [
        { file: 'a.test.ts', title: 'three' },
        { file: 'a.test.ts', title: 'four' },
      ],
    });
  });

  test('counts a file that could not be loaded as a failure', () => {
    const broken = { name: '/checkout/a.test.ts', status: 'failed', assertionResults: [] };
    expect(vitestCounts(reportFile({ testResults: [broken] })).failed).toBe(1);
  });

  test('that is missing is a failure', () => {
    expect(vitestCounts(path.join(folder, 'missing.json')).failed).toBe(1);
  });
});

test('Playwright’s report is counted by test, however deep, with errors beside the tests', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status }],
  });
  const file = reportFile({
    errors: [{ message: 'a file did not load' }],
    suites: [
      {
        specs: [spec('one', 'expected')],
        suites: [{ specs: [spec('two', 'unexpected'), spec('three', 'skipped')] }],
      },
    ],
  });
  expect(playwrightCounts(file)).toEqual({
    passed: 1,
    failed: 2,
    skipped: [{ file: 'a.spec.ts', title: 'three' }],
  });
});

describe('the total', () => {
  const skipped = [
    { file: 'electron-shell.spec.ts', title: 'opens' },
    { file: 'other.spec.ts', title: 'slow' },
  ];

  test('adds up, an unexpected skip being a failure', () => {
    const all = [
      { passed: 3, failed: 0, skipped: [] },
      { passed: 4, failed: 1, skipped },
    ];
    expect(total(all, (file: string) => file === 'electron-shell.spec.ts')).toEqual({
      passed: 7,
      failed: 2,
      allowedSkips: 1,
      unexpected: [{ file: 'other.spec.ts', title: 'slow' }],
    });
  });
});
