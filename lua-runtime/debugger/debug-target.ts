/**
 * A debugged run as the DAP adapter drives it. Implemented by electron/host/debug/, which owns the
 * threads, the brokers and the recording; asked over promises because the script is elsewhere.
 *
 * The run is live until it ends or somebody goes back. Going back starts a second context that runs
 * the recording again up to the earlier tick; the live one keeps standing where it is, connections
 * and all. Going forward past the newest tick is being live again. Nothing is published twice,
 * because only the live context reaches a broker.
 */
import type { Entry, JsonValue } from '../recording/entries.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswers,
  DebugQuery,
  LoggedLine,
  Resume,
  RunPosition,
  Stop,
} from './debugger-contract.ts';
import type { RunReading } from './run-reading.ts';

/** What is to be debugged: one of `delivery`, `event`, `recording`. */
export interface DebugLaunch {
  /** A .lua file, or a folder with init.lua. */
  readonly program: string;
  readonly delivery?: {
    readonly queue: string;
    /** Path of the message's bytes. */
    readonly data?: string;
    readonly sender?: string;
    readonly recipient?: string;
    readonly meta?: { readonly [name: string]: JsonValue };
    /** Of the first message, which is as old as it says. */
    readonly id?: string;
    /** Attempts before this one. */
    readonly numAttempts?: number;
    readonly count?: number;
  };
  /** Fires a handler of the policy with these arguments and delivers nothing. */
  readonly event?: { readonly name: string; readonly args: readonly JsonValue[] };
  /** A finished run: a file that `deliver --json` wrote. Nothing is live in it. */
  readonly recording?: string;
  readonly engine?: 'lua54' | 'fengari';
  readonly broker?: string;
  readonly fault?: string;
  readonly dialect?: string;
  /** The KumoMTA release that the policy is written for: what it uses that came later is told first. */
  readonly kumomta?: string;
  readonly stopOnEntry?: boolean;
  /** Stand still at the last line when the run is over, so that one can go back from there. */
  readonly stopOnEnd?: boolean;
}

export interface DebugEvents {
  readonly stopped: (stop: Stop, position: RunPosition) => void;
  readonly continued: () => void;
  /** What the script printed or logged, what the workbench has to say. */
  readonly output: (line: DebugOutput) => void;
  readonly logged: (line: LoggedLine) => void;
  /** Each entry of the recording as it comes. */
  readonly entry: (entry: Entry) => void;
  readonly placed: (places: readonly BreakpointPlace[]) => void;
  /**
   * Nothing runs any more, told once. With `stopOnEnd` a stop with reason `end` follows, so that one
   * can go back from there. Exit status as the command line's.
   */
  readonly exited: (end: { readonly exitCode: number; readonly problem?: string }) => void;
  /** Nothing is shown any more: the last event. `exited` came before it. */
  readonly ended: () => void;
}

export interface DebugOutput {
  readonly category: 'stdout' | 'stderr' | 'console' | 'important';
  readonly text: string;
  readonly location?: { readonly file: string; readonly line: number };
}

/** Whether an answer is still wanted. */
export interface Cancellation {
  /** Calls back at most once. */
  onCancelled(listener: () => void): void;
}

/** Rejections are `Error`s whose message is one sentence for the person. */
export interface DebugTarget {
  /** Absolute folder that the locations are relative to. */
  readonly root: string;
  setBreakpoints(set: BreakpointSet): Promise<readonly BreakpointPlace[]>;
  /** Starts the run; call after the first `setBreakpoints`. */
  start(): Promise<void>;
  ask<K extends DebugQuery['kind']>(
    query: Extract<DebugQuery, { kind: K }>,
  ): Promise<DebugAnswers[K]>;
  resume(resume: Resume): Promise<void>;
  /** Resolves when asked; the stop comes as an event. A script inside a pattern cannot be paused. */
  pause(): Promise<void>;
  /** To the line before, of this function or of one that called it. */
  stepBack(): Promise<void>;
  /** To the newest breakpoint before here, or to the start. */
  reverseContinue(): Promise<void>;
  /** To the line that gave a variable the value it has: by the `ref` and `name` of a `Variable`. */
  runBackToLastChange(variable: { readonly ref: number; readonly name: string }): Promise<void>;
  /** To any tick of the run, back or forth. */
  seek(tick: number): Promise<void>;
  position(): RunPosition;
  /** Marks for the slider: entries worth one, with their ticks. */
  marks(): Promise<readonly { readonly tick: number; readonly entry: Entry }[]>;
  /**
   * Reads the run so far once more: log points added afterwards, coverage, profile. Once it is
   * cancelled it rejects, and nothing more is done for it.
   */
  read<R>(reading: RunReading<R>, cancellation?: Cancellation): Promise<R>;
  entries(): readonly Entry[];
  /** Ends the script, however it hangs, and every connection of the run. */
  terminate(): Promise<void>;
}
