/** What the host and a reading worker send each other. */
import type { Tick } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { ReadingRequest } from '../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';

export interface ReadingSetup {
  readonly request: ReadingRequest;
  /** The compiled Lua 5.4 module, a WebAssembly.Module. */
  readonly lua54: object;
  readonly memoryBytes: number;
  readonly lastTicks: ReadonlyMap<number, Tick> | undefined;
}

export type ReadingCommand =
  /** The next entries of the recording; each batch is answered by `taken`. */
  { readonly kind: 'entries'; readonly entries: readonly Entry[] } | { readonly kind: 'finish' };

export type ReadingMessage =
  | { readonly kind: 'taken' }
  | { readonly kind: 'progress'; readonly messages: number }
  | { readonly kind: 'result'; readonly result: unknown }
  /** `isBug`: not the recording's fault. */
  | { readonly kind: 'failed'; readonly problem: string; readonly isBug: boolean };
