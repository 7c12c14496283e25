/**
 * Test Anything Protocol (testanything.org), one test point a scenario or broken file. Version 13 has all
 * that is needed, and Perl's harness (prove, in Debian 12 too) refuses to read 14.
 */
import { mismatchText, problemText } from './test-report.ts';
import type { TestReporter } from './test-report.ts';

export function tapReporter(out: (text: string) => void): TestReporter {
  let number = 0;
  const point = (isOk: boolean, description: string): void => {
    out(`${isOk ? 'ok' : 'not ok'} ${++number} - ${escaped(description)}\n`);
  };
  return {
    begin(files) {
      const broken = files.filter(({ problems }) => problems.length > 0);
      const count = files.reduce((sum, { scenarios }) => sum + scenarios, 0) + broken.length;
      out(`TAP version 13\n1..${count}\n`);
      for (const { file, problems } of broken) {
        point(false, file);
        block({ message: problems.map((problem) => problemText(file, problem)) }, out);
      }
    },
    ended({ file, line, name, passed, durationMs, mismatches }) {
      point(passed, `${file}: ${name}`);
      const told = mismatches.map(({ key, expected, actual, location }) => ({
        key,
        expected,
        actual,
        ...(location ? { at: `${location.file}:${location.line}` } : {}),
      }));
      block(
        {
          duration_ms: Math.round(durationMs),
          ...(passed
            ? {}
            : { message: mismatches.map(mismatchText), at: `${file}:${line}`, mismatches: told }),
        },
        out,
      );
    },
    end: () => undefined,
  };
}

/** A YAML block; JSON is YAML, and needs no rules about quoting. */
function block(values: { readonly [key: string]: unknown }, out: (text: string) => void): void {
  out('  ---\n');
  for (const [key, value] of Object.entries(values)) out(`  ${key}: ${JSON.stringify(value)}\n`);
  out('  ...\n');
}

/** A `#` would begin a directive. */
function escaped(description: string): string {
  return description.replace(/[\\#]/g, '\\$&').replace(/\s+/g, ' ');
}
