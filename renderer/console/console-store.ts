import { create } from 'zustand';
import type { ConsoleLine } from '../../electron/bridge/contract.ts';
import { workbench } from '../bridge/workbench-bridge.ts';

export const levels = ['error', 'warn', 'info', 'debug'] as const;
export type Level = (typeof levels)[number];

/** A line of the console. Those of a dialogue with the debugged script say whose they are. */
export type ShownLine = ConsoleLine & { readonly dialogue?: 'asked' | 'answered' };

interface ConsoleState {
  readonly lines: readonly ShownLine[];
  /** Lines that came faster than anyone could read and were not sent. */
  readonly skipped: number;
  /** The least important level that is shown. */
  readonly level: Level;
}

const mostLines = 10_000;
const paintEveryMs = 100;

export const useConsole = create<ConsoleState>()(() => ({ lines: [], skipped: 0, level: 'debug' }));

/** Takes what scripts print and log, a few times a second at most. */
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
  workbench.on('console', (batch) => {
    if (waiting.length === 0 && skipped === 0) setTimeout(flush, paintEveryMs);
    waiting.push(...batch.lines);
    skipped += batch.skipped;
  });
}

export function clearConsole(): void {
  useConsole.setState({ lines: [], skipped: 0 });
}
