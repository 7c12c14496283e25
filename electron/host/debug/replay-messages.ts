/** What the host and a replay worker send each other. */
import type { BreakpointSet, Stop, Tick } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { ReverseSearch } from '../../../lua-runtime/debugger/reverse-search.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import type { DebugReport, DebugWire } from './debug-messages.ts';

/** What a replay worker is started with. */
export interface ReplaySetup extends DebugWire {
  readonly replay: true;
  readonly engine: EngineId;
  /** The compiled Lua 5.4 module, a WebAssembly.Module. */
  readonly lua54: object | undefined;
  readonly memoryBytes: number;
  /** Files that breakpoints may stand in before a recording has them; absolute folder. */
  readonly workspaceRoot: string;
  /** Shared: see worker/script-state.ts. */
  readonly state: SharedArrayBuffer;
}

/** Where a replay has to end. */
export type ReplayLimit =
  /** The live context stands at this tick: further on it is its turn. */
  | { readonly kind: 'frontier'; readonly tick: Tick }
  /** The last tick of a context that has ended: shown as a stop with reason `end`. */
  | { readonly kind: 'show-end'; readonly tick: Tick; readonly description: string }
  /** The context did not come to an end by itself: there is nothing to run after its last entry. */
  | { readonly kind: 'cut-off'; readonly description: string }
  /** At the end of what the context did. */
  | { readonly kind: 'none' };

export interface ReplayStart {
  /** See `DebugCommand`. */
  readonly pass: number;
  readonly context: number;
  readonly breakpoints: BreakpointSet;
  readonly stopOnEntry: boolean;
  readonly runToTick?: Tick;
  /** Looked for first; the replay then runs to the tick that was found, or to the first line. */
  readonly search?: ReverseSearch;
  readonly limit: ReplayLimit;
}

/** The host asks for one thing at a time; while a replay goes on it speaks over the wire. */
export type ReplayRequest =
  /** More entries of the recording, in order. */
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  | { readonly kind: 'place'; readonly breakpoints: BreakpointSet }
  | { readonly kind: 'go'; readonly start: ReplayStart }
  /** Counts: at which tick each entry of a context happened. */
  | { readonly kind: 'count'; readonly pass: number; readonly context: number };

export type ReplayMessage =
  | { readonly kind: 'debug'; readonly report: DebugReport }
  | { readonly kind: 'ended'; readonly end: ReplayEnd }
  | { readonly kind: 'counted'; readonly ticks: readonly EntryTick[] }
  /** What was asked for cannot be done; a sentence for the person. */
  | { readonly kind: 'failed'; readonly problem: string };

/** Why a replay is over, when nothing failed. */
export type ReplayEnd =
  /** It came to where the live context stands; with the stop that it made there, if any. */
  | { readonly kind: 'frontier'; readonly stop?: Stop }
  /** The context did everything that it did. */
  | { readonly kind: 'done' }
  /** The host wanted it left. */
  | { readonly kind: 'left' };

export interface EntryTick {
  readonly seq: number;
  readonly tick: Tick;
}
