/** What a check is, and what it gets. One file a check; all-checks.ts lists them. */
import type { Fix, Severity } from '../analysis-contract.ts';
import type { CheckCode } from './check-codes.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';

export const ERROR: Severity = 1;
export const WARNING: Severity = 2;
export const INFORMATION: Severity = 3;
export const HINT: Severity = 4;

/** A file as far as it is told about. */
export type TextOfFile = Pick<SourceFile, 'path' | 'text'>;

/** A finding before its place is turned into lines. */
export interface Report {
  readonly code: CheckCode;
  readonly at: Span;
  readonly severity: Severity;
  readonly message: string;
  /** KumoMTA's page on it. */
  readonly page?: string | undefined;
  readonly deprecated?: boolean;
  readonly unnecessary?: boolean;
  readonly related?: readonly {
    readonly file: TextOfFile;
    readonly at: Span;
    readonly message: string;
  }[];
  readonly fixes?: readonly FixReport[];
}

/** Replaces texts of the file that is checked. */
export interface FixReport extends Pick<Fix, 'title' | 'preferred'> {
  readonly edits: readonly { readonly at: Span; readonly newText: string }[];
}

export interface CheckContext {
  readonly file: SourceFile;
  readonly evaluator: ProgramEvaluator;
  /** KumoMTA release that the policy is for; undefined: the newest. */
  readonly kumomta: string | undefined;
  readonly report: (report: Report) => void;
}

export type Check = (context: CheckContext) => void;
