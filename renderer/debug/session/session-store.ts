import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { create } from 'zustand';
import type { Entry } from '../../../electron/bridge/contract.ts';
import type { RunPosition } from '../../../electron/bridge/debug.ts';
import type { RunMark } from './run-marks.ts';

export type Phase = 'none' | 'starting' | 'running' | 'stopped';

/** Why the script stands still. */
export interface StopReason {
  /** One of the adapter's own reasons: `breakpoint`, `silent-loss`, `end` … */
  readonly reason: string;
  /** For the person: `paused on breakpoint`. */
  readonly words: string;
  readonly threadId: number;
  /** What there is to say beyond that: an error's text. */
  readonly detail?: string;
}

/** The frames of a thread that were fetched, and how many there are. */
export interface Stack {
  readonly frames: readonly Dap.StackFrame[];
  readonly total: number;
}

/** What is debugged: the form's message, or a delivery of the history. */
export type Debuggee =
  | { readonly kind: 'form'; readonly queue: string }
  | {
      readonly kind: 'delivery';
      readonly deliveryId: number;
      readonly queue: string;
      /** The run that it was delivered in. */
      readonly runId: string;
      /** Its number in that run. */
      readonly message: number;
    };

interface SessionState {
  readonly phase: Phase;
  /** A pause was asked for while the run was being started. */
  readonly isPauseWanted: boolean;
  /** Counts the sessions of this window. */
  readonly number: number;
  /** Running for so long that it is worth showing: between two steps nothing may flicker. */
  readonly looksRunning: boolean;
  readonly debuggee: Debuggee | undefined;
  readonly stop: StopReason | undefined;
  /** Empty while the script runs for the first time; those of the last stop after that. */
  readonly threads: readonly Dap.Thread[];
  /** By thread. Kept while the script runs, so that nothing jumps between two stops. */
  readonly stacks: ReadonlyMap<number, Stack>;
  readonly threadId: number | undefined;
  /** The frame whose values are shown. */
  readonly frameId: number | undefined;
  readonly position: RunPosition | undefined;
  readonly marks: readonly RunMark[];
  /** The newest tick when the marks were asked for. */
  readonly marksUpTo: number;
  /** The recording so far. */
  readonly entries: readonly Entry[];
  /** Files whose text is not any more what the run was started with. */
  readonly changedFiles: readonly string[];
}

const noSession: SessionState = {
  phase: 'none',
  isPauseWanted: false,
  number: 0,
  looksRunning: false,
  debuggee: undefined,
  stop: undefined,
  threads: [],
  stacks: new Map(),
  threadId: undefined,
  frameId: undefined,
  position: undefined,
  marks: [],
  marksUpTo: 0,
  entries: [],
  changedFiles: [],
};

/** The one debugged run of the window. */
export const useSession = create<SessionState>()(() => noSession);

export function resetSession(): void {
  useSession.setState(({ number }) => ({ ...noSession, number }));
}

/** The frame whose values are shown. */
export function selectedFrame(
  state: Pick<SessionState, 'stacks' | 'threadId' | 'frameId'>,
): Dap.StackFrame | undefined {
  if (state.threadId === undefined) return undefined;
  return state.stacks.get(state.threadId)?.frames.find((frame) => frame.id === state.frameId);
}
