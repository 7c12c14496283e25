import type { DebugProtocol } from '@vscode/debugprotocol';
import { EXCEPTION_FILTERS } from './exception-filters.ts';

/**
 * What is true of this adapter, and no more. Absent on purpose: `supportsGotoTargetsRequest`. DAP's
 * `goto` moves the script to a line *without* running what is between (VS Code's Jump to Cursor),
 * which no Lua has. Run to Cursor and Run to Line need nothing of it: VS Code and nvim-dap set a
 * breakpoint for it and continue. Our own window asks for `kumo/runTo`.
 */
export function capabilities(): DebugProtocol.Capabilities {
  return {
    supportsConfigurationDoneRequest: true,
    supportsFunctionBreakpoints: true,
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
    supportsBreakpointLocationsRequest: true,
    exceptionBreakpointFilters: [...EXCEPTION_FILTERS],
    supportsExceptionFilterOptions: true,
    supportsExceptionInfoRequest: true,
    supportsStepBack: true,
    supportsRestartRequest: true,
    supportsTerminateRequest: true,
    supportsEvaluateForHovers: true,
    supportsClipboardContext: true,
    supportsSetVariable: true,
    supportsSetExpression: true,
    supportsCompletionsRequest: true,
    completionTriggerCharacters: ['.', ':'],
    supportsValueFormattingOptions: true,
    supportsDelayedStackTraceLoading: true,
    supportsLoadedSourcesRequest: true,
    supportsCancelRequest: true,
  };
}
