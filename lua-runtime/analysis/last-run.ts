import type { FileCoverage } from '../debugger/run-reading.ts';

/** What a finished run tells about the policy's texts: which handlers were called, and of which texts. */
export interface LastRun {
  /** The texts that ran, by path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly handlers: readonly HandlerCalls[];
  /** What was read of its lines; absent where the run was too large for that. */
  readonly files?: readonly FileCoverage[];
}

export interface HandlerCalls {
  readonly event: string;
  /** Where its function begins; lines start at 1. */
  readonly file: string;
  readonly line: number;
  readonly calls: number;
  /** How many of the calls ended in an error or a reject. */
  readonly failed: number;
}
