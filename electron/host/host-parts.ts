/** What the handlers of the bridge work with, and what several of them ask for. */
import type { BrokerState } from '../bridge/brokers.ts';
import type { ActiveTopology } from './active-topology.ts';
import type { BrokerPresence } from './broker-presence.ts';
import type { BrokerProfiles } from './broker-profiles.ts';
import type { ConfigContext } from './config-context.ts';
import type { ConsoleStream } from './console-stream.ts';
import type { CurrentWorkspace } from './current-workspace.ts';
import type { DebugSetups } from './debug-setup.ts';
import type { DeliveryHistory } from './delivery-history.ts';
import type { EmbeddedBrokerService } from './embedded-broker-service.ts';
import type { EventStream } from './event-stream.ts';
import type { WorkspaceLanguage } from './language/workspace-language.ts';
import type { PublishedNames } from './published-names.ts';
import type { PolicySource } from './policy-source.ts';
import type { RecentForms } from './recent-forms.ts';
import type { RecentWorkspaces } from './recent-workspaces.ts';
import type { RunBroker } from './run-broker.ts';
import type { RunManager } from './run-manager.ts';
import type { Samples } from './samples.ts';
import type { ScenarioRunner } from './scenarios/scenario-runner.ts';
import type { SettingsStore } from './settings.ts';
import type { SyntaxChecker } from './syntax-check.ts';
import type { WireRecorder } from './wire-recorder.ts';
import type { UnsavedTexts } from './unsaved-texts.ts';

export interface HostParts {
  readonly shell: 'electron' | 'browser';
  /** The system's folder dialog; absent where the shell has none. Undefined: cancelled. */
  readonly pickFolder?: (() => Promise<string | undefined>) | undefined;
  readonly events: EventStream;
  readonly console: ConsoleStream;
  readonly history: DeliveryHistory;
  readonly published: PublishedNames;
  readonly settings: SettingsStore;
  readonly profiles: BrokerProfiles;
  readonly topology: ActiveTopology;
  readonly wire: WireRecorder;
  readonly presence: BrokerPresence;
  readonly samples: Samples;
  readonly debugSetups: DebugSetups;
  readonly recentForms: RecentForms;
  readonly unsaved: UnsavedTexts;
  readonly recentWorkspaces: RecentWorkspaces;
  readonly workspace: CurrentWorkspace;
  readonly embedded: EmbeddedBrokerService;
  readonly config: ConfigContext;
  readonly runs: RunManager;
  readonly scenarios: ScenarioRunner;
  readonly syntax: SyntaxChecker;
  readonly language: WorkspaceLanguage;
  /** The policy as it would be run now. */
  policySource(): PolicySource;
  /** The broker that a delivery would reach now. */
  runBroker(): RunBroker;
  brokerState(): BrokerState;
  /** Loads the policy again: its files, its engine, its limits or its trust changed. */
  reloadPolicy(): void;
}
