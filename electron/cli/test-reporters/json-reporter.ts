/** All of it as one JSON document. */
import type { ReportedFile, ReportedScenario, TestReporter } from './test-report.ts';

export function jsonReporter(out: (text: string) => void): TestReporter {
  let files: readonly ReportedFile[] = [];
  const ended: ReportedScenario[] = [];
  return {
    begin: (all) => (files = all),
    ended: (scenario) => void ended.push(scenario),
    end() {
      const report = {
        passed: ended.filter(({ passed }) => passed).length,
        failed: ended.filter(({ passed }) => !passed).length,
        files: files.map(({ file, problems }) => ({
          file,
          problems,
          scenarios: ended
            .filter((scenario) => scenario.file === file)
            .map(({ name, line, passed, durationMs, mismatches }) => ({
              name,
              line,
              state: passed ? 'passed' : 'failed',
              duration_ms: Math.round(durationMs),
              mismatches,
            })),
        })),
      };
      out(`${JSON.stringify(report, undefined, 2)}\n`);
    },
  };
}
