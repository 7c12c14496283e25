import { create } from 'zustand';
import type { LogPointReading } from '../../../electron/bridge/debug.ts';

interface LogPointsState {
  /** By the breakpoint's id: what it says in the run that is debugged. */
  readonly readings: ReadonlyMap<number, LogPointReading>;
  /** The same points in the whole run that a debugged delivery belongs to. */
  readonly whole: ReadonlyMap<number, LogPointReading>;
  /** Why there are none. */
  readonly problem: string | undefined;
}

export const noLogPoints: LogPointsState = {
  readings: new Map(),
  whole: new Map(),
  problem: undefined,
};

export const useLogPoints = create<LogPointsState>()(() => noLogPoints);
