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
  /** Where it stands: the asked line, or the next one with code. Absent when it stands nowhere. */
  readonly line?: number;
  /** How often the line ran while the condition held. */
  readonly passes: number;
  /** The first ones, up to the request's `limit`; by context, each in order of its ticks. */
  readonly values: readonly LogPointValue[];
  /** Why it logged nothing, or not everything, as a sentence. */
  readonly problem?: string;
}

export interface LogPointValue {
  /** Which Lua context of the recording `tick` counts in. */
  readonly context: number;
  readonly tick: Tick;
  readonly message?: number;
  readonly text: string;
}

export interface Coverage {
  /** By path. */
  readonly files: readonly FileCoverage[];
  readonly notes?: readonly string[];
}

export interface FileCoverage {
  /** Relative to the workspace root. */
  readonly file: string;
  /** Every line with code, ascending; hits 0 for those that did not run. */
  readonly lines: readonly { readonly line: number; readonly hits: number }[];
  /** In the order of the source, the main chunk first. */
  readonly functions: readonly {
    readonly name: string;
    /** Where it is defined; 1 for the main chunk. */
    readonly line: number;
    readonly hits: number;
  }[];
  /**
   * Each conditional (`if`, `while`, `until`, `and`, `or`, a comparison that gives a value, a round of
   * `for`), how often it went each way: into what follows, and past it (to `else`, to the end, over the
   * right side of `and` and `or`, out by a `break`); for a loop into another round, and out of it.
   * `block` numbers those of a line from 0, in the order of the source.
   */
  readonly branches: readonly {
    readonly line: number;
    readonly block: number;
    readonly taken: readonly [number, number];
  }[];
  /** The last values of variables by line, for reading: `domain = 'amqp'`. */
  readonly values?: readonly LineValues[];
}

export interface LineValues {
  readonly line: number;
  readonly name: string;
  /** Different ones, the newest last. */
  readonly values: readonly string[];
  /** How many came before those. */
  readonly more: number;
}

/**
 * Where the time of a run went, measured while its recording is replayed on this machine, without
 * what the measuring itself costs as far as that can be known (readings/profile.ts). Good for comparing
 * the parts of a run; the live run was interrupted by its broker and its recording.
 */
export interface Profile {
  /** Microseconds of script time in all, functions of the engine and of the kumo module included. */
  readonly totalUs: number;
  /** Microseconds in host calls (`amqp.publish`), as recorded: they are no script time. */
  readonly hostUs: number;
  /** Its children are the events that kumod fired, and the loading of the policy. */
  readonly root: ProfileNode;
  /** One row a function, host call and event, the one with most time of its own first. */
  readonly functions: readonly ProfileRow[];
  readonly notes?: readonly string[];
}

/** A node of the call tree. */
export interface ProfileNode {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly location?: SourceLocation;
  /** Calls; 0 for functions that were under way already. */
  readonly count: number;
  /** With the children, host calls included. */
  readonly totalUs: number;
  /** Without the children. */
  readonly selfUs: number;
  readonly children: readonly ProfileNode[];
}

export type ProfileKind = 'event' | 'lua' | 'c' | 'host-call' | 'root';

export interface ProfileRow {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly location?: SourceLocation;
  readonly count: number;
  /** A function that calls itself counts once. */
  readonly totalUs: number;
  readonly selfUs: number;
}
