/** What the host and a debugged worker send each other. Everything here can be cloned between threads. */
import type { MessagePort } from 'node:worker_threads';
import type {
  BreakpointPlace,
  BreakpointSet,
  DebugAnswer,
  DebugQuery,
  LoggedLine,
  Resume,
  Stop,
} from '../../../lua-runtime/debugger/debugger-contract.ts';

/** What a worker needs to be spoken to while its script stands still or runs. */
export interface DebugWire {
  /** Brings `DebugCommand`s; read without events, because the thread is blocked. */
  readonly commands: MessagePort;
  /** Shared: one Int32 that counts the commands. */
  readonly signal: SharedArrayBuffer;
}

/** Makes a policy worker debug the context that it loads. */
export interface DebugPart extends DebugWire {
  /** The context's number in the run, from 1. */
  readonly context: number;
  readonly breakpoints: BreakpointSet;
  readonly stopOnEntry: boolean;
}

/** `pass`: which of the passes of a replay worker is meant; 0 for a live context. */
export type DebugCommand = { readonly pass: number } & DebugOrder;

export type DebugOrder =
  | { readonly kind: 'ask'; readonly id: number; readonly query: DebugQuery }
  | { readonly kind: 'resume'; readonly resume: Resume }
  | { readonly kind: 'breakpoints'; readonly set: BreakpointSet }
  | { readonly kind: 'pause' }
  /** Leave the script, wherever it is: only a replay can be left. */
  | { readonly kind: 'leave' };

/** Goes to the host among the worker's other messages, so that entries come before the stop they led to. */
export type DebugReport =
  | { readonly kind: 'stopped'; readonly stop: Stop }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly answer: DebugAnswer<DebugQuery['kind']>;
    }
  | { readonly kind: 'logged'; readonly line: LoggedLine }
  | { readonly kind: 'placed'; readonly places: readonly BreakpointPlace[] };
