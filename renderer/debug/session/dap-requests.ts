/**
 * The requests of the Debug Adapter Protocol that the window makes, each with what it asks and what
 * is answered (Debug Adapter Protocol 1.68, "Requests"), and ours beside them, named `kumo/…`.
 */
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { KumoRequests } from '../../../electron/bridge/debug.ts';

interface DapRequests {
  initialize: [Dap.InitializeRequestArguments, Dap.Capabilities];
  launch: [Dap.LaunchRequestArguments, unknown];
  setBreakpoints: [Dap.SetBreakpointsArguments, Dap.SetBreakpointsResponse['body']];
  setFunctionBreakpoints: [
    Dap.SetFunctionBreakpointsArguments,
    Dap.SetFunctionBreakpointsResponse['body'],
  ];
  setExceptionBreakpoints: [
    Dap.SetExceptionBreakpointsArguments,
    Dap.SetExceptionBreakpointsResponse['body'],
  ];
  configurationDone: [Dap.ConfigurationDoneArguments, unknown];
  threads: [undefined, Dap.ThreadsResponse['body']];
  stackTrace: [Dap.StackTraceArguments, Dap.StackTraceResponse['body']];
  scopes: [Dap.ScopesArguments, Dap.ScopesResponse['body']];
  variables: [Dap.VariablesArguments, Dap.VariablesResponse['body']];
  setVariable: [Dap.SetVariableArguments, Dap.SetVariableResponse['body']];
  evaluate: [Dap.EvaluateArguments, Dap.EvaluateResponse['body']];
  completions: [Dap.CompletionsArguments, Dap.CompletionsResponse['body']];
  continue: [Dap.ContinueArguments, Dap.ContinueResponse['body']];
  next: [Dap.NextArguments, unknown];
  stepIn: [Dap.StepInArguments, unknown];
  stepOut: [Dap.StepOutArguments, unknown];
  stepBack: [Dap.StepBackArguments, unknown];
  reverseContinue: [Dap.ReverseContinueArguments, unknown];
  pause: [Dap.PauseArguments, unknown];
  gotoTargets: [Dap.GotoTargetsArguments, Dap.GotoTargetsResponse['body']];
  goto: [Dap.GotoArguments, unknown];
  restart: [Dap.RestartArguments, unknown];
  terminate: [Dap.TerminateArguments, unknown];
  disconnect: [Dap.DisconnectArguments, unknown];
  source: [Dap.SourceArguments, Dap.SourceResponse['body']];
}

/** Every request by its command: what is asked, what is answered. */
export type DebugRequests = DapRequests & {
  [C in keyof KumoRequests]: [KumoRequests[C]['arguments'], KumoRequests[C]['body']];
};

export type DebugCommand = keyof DebugRequests;
