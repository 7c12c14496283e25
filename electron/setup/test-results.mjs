import fs from 'node:fs';
import path from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: { file: string, title: string }[] }} Counts */

/** A run that left no report counts as one failure: it did not get so far. */
const noReport = { passed: 0, failed: 1, skipped: [] };

function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns {Counts} of a report that vitest's json reporter wrote */
export function vitestCounts(file) {
  const report = readReport(file);
  if (report === undefined) return noReport;
  const counts = { passed: 0, failed: 0, skipped: [] };
  for (const suite of report.testResults) {
    // A file that could not be loaded has no tests to count.
    if (
      suite.status === 'failed' &&
      suite.assertionResults.every(({ status }) => status !== 'failed')
    ) {
      counts.failed++;
    }
    for (const { status, fullName } of suite.assertionResults) {
      if (status === 'passed') counts.passed++;
      else if (status === 'failed') counts.failed++;
      else counts.skipped.push({ file: path.basename(suite.name), title: fullName });
    }
  }
  return counts;
}

/** @returns {Counts} of a report that Playwright's json reporter wrote */
export function playwrightCounts(file) {
  const report = readReport(file);
  if (report === undefined) return noReport;
  const counts = { passed: 0, failed: report.errors.length, skipped: [] };
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const { status } of spec.tests) {
        if (status === 'expected') counts.passed++;
        else if (status === 'skipped') {
          counts.skipped.push({ file: path.basename(spec.file), title: spec.title });
        } else counts.failed++;
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of report.suites) visit(suite);
  return counts;
}

/**
 * Adds up what ran. A skipped test is a failure unless `maySkip` knows why it is.
 *
 * @param {Counts[]} all
 * @param {(file: string) => boolean} maySkip
 */
export function total(all, maySkip) {
  const skipped = all.flatMap((counts) => counts.skipped);
  const unexpected = skipped.filter(({ file }) => !maySkip(file));
  const sum = (of) => all.reduce((before, counts) => before + of(counts), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed) + unexpected.length,
    unexpected,
    allowedSkips: skipped.length - unexpected.length,
  };
}
