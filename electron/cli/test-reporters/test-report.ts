/** What the reporters of `test` are told. */
import type { Mismatch } from '../../../lua-runtime/expectations/expectation-contract.ts';
import type { ScenarioProblem } from '../../host/scenarios/parse-scenarios.ts';

export interface ReportedScenario {
  /** As a person would name it from where the command runs. */
  readonly file: string;
  readonly name: string;
  /** Where it begins in its file. */
  readonly line: number;
  readonly passed: boolean;
  readonly durationMs: number;
  /** With places that are named as files are. */
  readonly mismatches: readonly Mismatch[];
}

export interface ReportedFile {
  readonly file: string;
  /** Why nothing of it is run; empty: all of it is. */
  readonly problems: readonly ScenarioProblem[];
  readonly scenarios: number;
}

export interface TestReporter {
  begin(files: readonly ReportedFile[]): void;
  ended(scenario: ReportedScenario): void;
  /** All that are run have ended. */
  end(): void;
}

export type CreateReporter = (out: (text: string) => void) => TestReporter;

/** `expected 500, got Bounce 550 "full"`, with how often and where. */
export function mismatchText({
  key,
  expected,
  actual,
  times,
  message,
  location,
}: Mismatch): string {
  const often = times > 1 ? `; the same in ${times} messages, first in message ${message}` : '';
  const where = location ? ` (${location.file}:${location.line})` : '';
  return `${key}: expected ${expected}, got ${actual}${often}${where}`;
}

/** `file:3:7: what is wrong` */
export function problemText(file: string, { line, column, message }: ScenarioProblem): string {
  return `${file}:${line}:${column}: ${message}`;
}
