/** For reading in a terminal, while the scenarios run. */
import { mismatchText, problemText } from './test-report.ts';
import type { TestReporter } from './test-report.ts';

export function textReporter(out: (text: string) => void): TestReporter {
  let shownFile: string | undefined;
  let passed = 0;
  let failed = 0;
  let unreadable = 0;
  return {
    begin(files) {
      for (const { file, problems } of files) {
        if (problems.length > 0) unreadable++;
        for (const problem of problems) out(`${problemText(file, problem)}\n`);
      }
    },
    ended({ file, name, passed: isPassed, durationMs, mismatches }) {
      if (file !== shownFile) out(`${file}\n`);
      shownFile = file;
      if (isPassed) passed++;
      else failed++;
      out(`  ${isPassed ? 'ok  ' : 'FAIL'} ${name} (${Math.round(durationMs)} ms)\n`);
      for (const mismatch of mismatches) out(`       ${mismatchText(mismatch)}\n`);
    },
    end() {
      const unread = unreadable === 0 ? '' : `, ${unreadable} files with mistakes`;
      out(`${passed} passed, ${failed} failed${unread.replace('1 files', '1 file')}\n`);
    },
  };
}
