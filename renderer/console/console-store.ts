import { create } from 'zustand';
import type { ConsoleBatch, ConsoleLine } from '../../electron/bridge/contract.ts';
import { workbench } from '../bridge/workbench-bridge.ts';

export const levels = ['error', 'warn', 'info', 'debug'] as const;
export type Level = (typeof levels)[number];

/** A line of the console. Those of a dialogue with the debugged script say whose they are. */
export type ShownLine = ConsoleLine & { readonly dialogue?: 'asked' | 'answered' };

interface ConsoleState {
  readonly lines: readonly ShownLine[];
  /** Lines that the host did not send: they came faster than anyone could read, or are too old. */
  readonly skipped: number;
  /** The least important level that is shown. */
  readonly level: Level;
}

const mostLines = 10_000;
const paintEveryMs = 100;

export const useConsole = create<ConsoleState>()(() => ({ lines: [], skipped: 0, level: 'debug' }));

/** The host's newest line that was taken. */
let newestId: number | undefined;

/**
 * Takes what scripts print and log, a few times a second at most. What the host has of before this
 * page was loaded, or while the page was without the host, comes first.
 */
export function followConsole(): void {
  let waiting: ConsoleLine[] = [];
  let skipped = 0;
  const flush = (): void => {
    const arrived = waiting;
    const dropped = skipped;
    waiting = [];
    skipped = 0;
    useConsole.setState((state) => ({
      lines: [...state.lines, ...arrived].slice(-mostLines),
      skipped: state.skipped + dropped,
    }));
  };
  const take = (batch: ConsoleBatch): void => {
    const fresh = batch.lines.filter(({ id }) => newestId === undefined || id > newestId);
    if (fresh.length === 0 && batch.skipped === 0) return;
    if (waiting.length === 0 && skipped === 0) setTimeout(flush, paintEveryMs);
    newestId = fresh.at(-1)?.id ?? newestId;
    waiting.push(...fresh);
    skipped += batch.skipped;
  };
  const catchUp = (): Promise<void> =>
    workbench.call('console.recent', newestId === undefined ? {} : { afterId: newestId }).then(
      take,
      // The connection is lost again; when it is back the question is asked anew.
      () => undefined,
    );
  let caughtUp = catchUp();
  workbench.on('console', (batch) => void caughtUp.then(() => take(batch)));
  workbench.onConnection((connected) => {
    if (connected) caughtUp = catchUp();
  });
}

/** Empties what this page shows. */
export function emptyConsole(): void {
  useConsole.setState({ lines: [], skipped: 0 });
}

/** Empties the console for good: a page that is loaded later does not show those lines either. */
export function clearConsole(): void {
  emptyConsole();
  // Without the host there is nothing to load a page from.
  workbench.call('console.clear', {}).catch(() => undefined);
}
