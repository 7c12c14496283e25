/**
 * A reading of a recording that needs its run once more: what was not recorded (the values at a line,
 * which instructions ran, how long each function took) comes out again when the recording is
 * replayed with a hook. Runs in a worker, so readings are named and their options are plain data.
 */
import type { SourceLocation } from '../recording/entries.ts';
import type { Tick } from './debugger-contract.ts';

/** Asked for by name; `R` is what comes out, by `ReadingResults`. */
export type RunReading<R> = ReadingRequest & { readonly result?: R };

export type ReadingRequest =
  | {
      readonly kind: 'log-points';
      readonly points: readonly {
        readonly id: number;
        readonly file: string;
        readonly line: number;
        readonly condition?: string;
        readonly logMessage: string;
      }[];
      /** Passes that are kept per point; more are only counted. */
      readonly limit: number;
    }
  | {
      readonly kind: 'coverage';
      /** Also keep the last values of each line's variables. */ readonly values: boolean;
    }
  | { readonly kind: 'profile' };

export interface ReadingResults {
  'log-points': readonly LogPointReading[];
  coverage: Coverage;
  profile: Profile;
}

export interface LogPointReading {
  readonly id: number;
  readonly passes: number;
  readonly values: readonly {
    readonly tick: Tick;
    readonly message?: number;
    readonly text: string;
  }[];
}

export interface Coverage {
  readonly files: readonly FileCoverage[];
}

export interface FileCoverage {
  readonly file: string;
  /** Every line with code; hits 0 for those that did not run. */
  readonly lines: readonly { readonly line: number; readonly hits: number }[];
  readonly functions: readonly {
    readonly name: string;
    readonly line: number;
    readonly hits: number;
  }[];
  /** Each conditional: how often each way was taken. */
  readonly branches: readonly {
    readonly line: number;
    readonly block: number;
    readonly taken: readonly number[];
  }[];
  /** The last values of variables by line, for reading: `domain = 'amqp'`. */
  readonly values?: readonly {
    readonly line: number;
    readonly name: string;
    readonly values: readonly string[];
    readonly more: number;
  }[];
}

export interface Profile {
  /** Microseconds of script time in all; host calls are apart. */
  readonly totalUs: number;
  readonly root: ProfileNode;
}

/** A node of the call tree. `selfUs` is without the children. */
export interface ProfileNode {
  readonly name: string;
  readonly kind: 'event' | 'lua' | 'c' | 'host-call' | 'root';
  readonly location?: SourceLocation;
  readonly count: number;
  readonly totalUs: number;
  readonly selfUs: number;
  readonly children: readonly ProfileNode[];
}
