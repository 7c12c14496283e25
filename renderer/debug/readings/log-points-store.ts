import { create } from 'zustand';
import type { LogPointReading } from '../../../electron/bridge/debug.ts';

interface LogPointsState {
  /** By the breakpoint's id: what it says in the run that is debugged. */
  readonly readings: ReadonlyMap<number, LogPointReading>;
  readonly reading: boolean;
  /** Why there are none. */
  readonly problem: string | undefined;
}

export const noLogPoints: LogPointsState = {
  readings: new Map(),
  reading: false,
  problem: undefined,
};

export const useLogPoints = create<LogPointsState>()(() => noLogPoints);
