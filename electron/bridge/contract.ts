/**
 * The one contract between renderer and host: a name, an input schema and an output schema per
 * call; a schema per event stream. Types are derived from it and both transports are generated from
 * it. Every call is validated where it enters the host.
 */
import type * as z from 'zod';
import { brokerCalls, brokerEvents } from './brokers.ts';
import { consoleCalls, consoleEvents } from './console.ts';
import { debugCalls, debugEvents } from './debug.ts';
import { debugSetupCalls } from './debug-setup.ts';
import { deliveryCalls, deliveryEvents } from './deliveries.ts';
import { languageCalls, languageEvents } from './language.ts';
import { logLineCalls } from './log-lines.ts';
import { readingCalls } from './readings.ts';
import { searchCalls } from './search.ts';
import { runCalls, runEvents } from './runs.ts';
import { scenarioCalls, scenarioEvents } from './scenarios.ts';
import { settingsCalls, settingsEvents } from './settings.ts';
import { unsavedCalls } from './unsaved.ts';
import { wireCalls, wireEvents } from './wire.ts';
import { workspaceCalls, workspaceEvents } from './workspace.ts';

export const calls = {
  ...workspaceCalls,
  ...runCalls,
  ...logLineCalls,
  ...deliveryCalls,
  ...consoleCalls,
  ...brokerCalls,
  ...wireCalls,
  ...settingsCalls,
  ...debugCalls,
  ...debugSetupCalls,
  ...readingCalls,
  ...languageCalls,
  ...searchCalls,
  ...unsavedCalls,
  ...scenarioCalls,
};

export const events = {
  ...workspaceEvents,
  ...runEvents,
  ...deliveryEvents,
  ...consoleEvents,
  ...brokerEvents,
  ...wireEvents,
  ...settingsEvents,
  ...debugEvents,
  ...languageEvents,
  ...scenarioEvents,
};

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

/** The page that a call comes from, for what belongs to one page only. */
export interface CallingPage {
  /** Tells this page alone. */
  emit<N extends EventName>(event: N, payload: EventPayload<N>): void;
  /** Heard once, when the page's link has ended. */
  onClose(listener: () => void): void;
}

/** What the host offers to any shell. Implemented by electron/host/workbench.ts. */
export type BridgeHandlers = {
  readonly [N in CallName]: (
    input: z.output<(typeof calls)[N]['input']>,
    page?: CallingPage,
  ) => Promise<CallOutput<N>>;
};

/** What a shell puts on the page as `window.workbench`. */
export interface WorkbenchBridge {
  /** Rejects with an `Error` whose message is one sentence for the person. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Tells when the connection to the host is lost (false) and back (true). */
  onConnection(listener: (connected: boolean) => void): () => void;
}

/** The one error a call may reject with: what to tell the person, and whether it is our own bug. */
export interface BridgeFailure {
  readonly message: string;
  readonly code: 'invalid-input' | 'refused' | 'not-found' | 'conflict' | 'failed' | 'bug';
}

export type {
  Entry,
  EntryBody,
  SourceLocation,
  SummaryEntry,
  RecordedValue,
  QueueResolution,
  PolicyFailure,
  RegisteredHandler,
  StackFrame,
  ResolvedProtocol,
  Verdict,
  WarningCode,
  WirePlace,
} from '../../lua-runtime/recording/entries.ts';
export type { LogRecord } from '../../lua-runtime/recording/log-record.ts';
export type { Workspace, WorkspaceFile, TextFile, Sample, Diagnostic, Trust } from './workspace.ts';
export type { MessageForm, RunState, RetrySchedule, Simulation, PolicyState } from './runs.ts';
export type {
  DeliveryRow,
  DeliveryFilter,
  DeliveryCounts,
  DeliveryGoal,
  LivePoint,
  LiveView,
} from './deliveries.ts';
export type { ConsoleBatch, ConsoleLine } from './console.ts';
export type { BrokerConnection, BrokerProfile, ConnectionTest } from './broker-profiles.ts';
export type { MissingName, Route, Topology } from './topology.ts';
export type {
  BrokerPresenceState,
  BrokerState,
  DialectChoice,
  FaultChoice,
  FaultCondition,
} from './brokers.ts';
export type { LoggedOutcome, ReadLine } from './log-lines.ts';
export type { WireConnection, WireFilter, WireFrameRow, WireState } from './wire.ts';
export type {
  Mismatch,
  ScenarioDraft,
  ScenarioFile,
  ScenarioId,
  ScenarioItem,
  ScenarioProgress,
} from './scenarios.ts';
export type { Settings, EngineDifference } from './settings.ts';
export type { DebugSetup } from './debug-setup.ts';
