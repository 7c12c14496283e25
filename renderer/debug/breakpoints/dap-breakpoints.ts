/** Breakpoints of the window in the words of DAP. */
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { EventBreakpoint, FunctionBreakpoint, LineBreakpoint } from './breakpoints-store.ts';

/** DAP, "SourceBreakpoint". */
export function linesOf(breakpoints: readonly LineBreakpoint[]): Dap.SourceBreakpoint[] {
  return breakpoints.map(({ line, condition, hitCondition, logMessage }) => ({
    line,
    ...(condition === undefined ? {} : { condition }),
    ...(hitCondition === undefined ? {} : { hitCondition }),
    ...(logMessage === undefined ? {} : { logMessage }),
  }));
}

/** DAP, "FunctionBreakpoint". */
export function functionsOf(breakpoints: readonly FunctionBreakpoint[]): Dap.FunctionBreakpoint[] {
  return breakpoints.map(({ name, condition, hitCondition }) => ({
    name,
    ...(condition === undefined ? {} : { condition }),
    ...(hitCondition === undefined ? {} : { hitCondition }),
  }));
}

/**
 * What happens in a run, as exception filters: DAP has no other word for stops that belong to no
 * line (DAP, "SetExceptionBreakpoints": `filterOptions` with a `condition`, here the names to stop at).
 */
export function filtersOf(
  breakpoints: readonly EventBreakpoint[],
): Dap.SetExceptionBreakpointsArguments {
  return {
    filters: [],
    filterOptions: breakpoints.map(({ event, only }) => ({
      filterId: event,
      ...(only === undefined ? {} : { condition: only }),
    })),
  };
}
