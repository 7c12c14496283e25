import { create } from 'zustand';
import type { DebugSetup } from '../../../electron/bridge/contract.ts';

export type LineBreakpoint = DebugSetup['lines'][number] & { readonly id: number };
export type FunctionBreakpoint = DebugSetup['functions'][number] & { readonly id: number };
export type EventBreakpoint = DebugSetup['events'][number];
export type DomainEvent = EventBreakpoint['event'];

/** What the running session made of a breakpoint. */
export interface BreakpointPlace {
  readonly verified: boolean;
  /** Where it stands: the asked line, or the next one with code. */
  readonly line?: number;
  /** Why it is not verified or what is wrong with its condition. */
  readonly message?: string;
}

interface BreakpointsState {
  readonly lines: readonly LineBreakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
  readonly events: readonly EventBreakpoint[];
  /** By the id of a line or function breakpoint; empty without a session. */
  readonly places: ReadonlyMap<number, BreakpointPlace>;
}

/** The breakpoints of the workspace. They outlive sessions, see keep-setup.ts. */
export const useBreakpoints = create<BreakpointsState>()(() => ({
  lines: [],
  functions: [],
  events: [],
  places: new Map(),
}));

let lastId = 0;
export function nextBreakpointId(): number {
  lastId += 1;
  return lastId;
}

/** The breakpoint on a line, if there is one. A line has at most one. */
export function breakpointAt(file: string, line: number): LineBreakpoint | undefined {
  return useBreakpoints.getState().lines.find((b) => b.file === file && b.line === line);
}
