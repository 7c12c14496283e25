/** JUnit's XML as CI services read it: a test suite a file, a test case a scenario. */
import { mismatchText, problemText } from './test-report.ts';
import type { ReportedFile, ReportedScenario, TestReporter } from './test-report.ts';

export function junitReporter(out: (text: string) => void): TestReporter {
  let files: readonly ReportedFile[] = [];
  const ended: ReportedScenario[] = [];
  return {
    begin: (all) => (files = all),
    ended: (scenario) => void ended.push(scenario),
    end() {
      const suites = files.map(({ file, problems }) =>
        suite(
          file,
          ended.filter((scenario) => scenario.file === file),
          problems.map((problem) => problemText(file, problem)),
        ),
      );
      out(
        `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`,
      );
    },
  };
}

function suite(
  file: string,
  scenarios: readonly ReportedScenario[],
  problems: readonly string[],
): string {
  const cases = scenarios.map(testCase);
  if (problems.length > 0) {
    const body = element('error', { message: problems[0] ?? '' }, problems.join('\n'));
    cases.push(
      `    <testcase${attributes({ name: file, classname: file })}>\n      ${body}\n    </testcase>\n`,
    );
  }
  const counts = {
    name: file,
    tests: cases.length,
    failures: scenarios.filter(({ passed }) => !passed).length,
    errors: problems.length > 0 ? 1 : 0,
    time: seconds(scenarios.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
  return `  <testsuite${attributes(counts)}>\n${cases.join('')}  </testsuite>\n`;
}

function testCase({ file, name, line, durationMs, mismatches, passed }: ReportedScenario): string {
  const head = attributes({ name, classname: file, file, line, time: seconds(durationMs) });
  if (passed) return `    <testcase${head}/>\n`;
  const lines = mismatches.map(mismatchText);
  const failure = element('failure', { message: lines[0] ?? '' }, lines.join('\n'));
  return `    <testcase${head}>\n      ${failure}\n    </testcase>\n`;
}

function element(name: string, named: { readonly [name: string]: string }, text: string): string {
  return `<${name}${attributes(named)}>${escaped(text)}</${name}>`;
}

function attributes(named: { readonly [name: string]: string | number }): string {
  return Object.entries(named)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

function escaped(text: string): string {
  return (
    text
      // XML 1.0 has no way to write most control characters.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
