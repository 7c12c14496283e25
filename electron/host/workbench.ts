/** The host as a shell sees it: calls go in, events come out. Puts the parts together. */
import { existsSync } from 'node:fs';
import type { ConnectionObserver } from '../amqp/client-contract.ts';
import { testBroker } from '../amqp/client/test-broker.ts';
import type { BridgeHandlers, Workspace as WorkspaceState } from '../bridge/contract.ts';
import { createDispatch } from '../bridge/dispatch.ts';
import type { Dispatch } from '../bridge/dispatch.ts';
import { ActiveTopology } from './active-topology.ts';
import { BrokerPresence } from './broker-presence.ts';
import { BrokerProfiles } from './broker-profiles.ts';
import { brokerStateOf } from './broker-state.ts';
import { ConfigContext } from './config-context.ts';
import { ConsoleStream } from './console-stream.ts';
import { CurrentWorkspace } from './current-workspace.ts';
import { ensureDataDir } from './data-dir.ts';
import { DebugSetups } from './debug-setup.ts';
import { DeliveryHistory } from './delivery-history.ts';
import { EmbeddedBrokerService } from './embedded-broker-service.ts';
import { EventStream } from './event-stream.ts';
import type { HostEvent } from './event-stream.ts';
import { brokerHandlers } from './handlers/broker-handlers.ts';
import { consoleHandlers } from './handlers/console-handlers.ts';
import { debugSessions } from './handlers/debug-handlers.ts';
import { debugSetupHandlers } from './handlers/debug-setup-handlers.ts';
import { deliveryHandlers } from './handlers/delivery-handlers.ts';
import { languageHandlers } from './handlers/language-handlers.ts';
import { logLineHandlers } from './handlers/log-line-handlers.ts';
import { readingHandlers } from './handlers/reading-handlers.ts';
import { runHandlers } from './handlers/run-handlers.ts';
import { scenarioHandlers } from './handlers/scenario-handlers.ts';
import { wireHandlers } from './handlers/wire-handlers.ts';
import { searchHandlers } from './handlers/search-handlers.ts';
import { settingsHandlers } from './handlers/settings-handlers.ts';
import { unsavedHandlers } from './handlers/unsaved-handlers.ts';
import { workspaceHandlers } from './handlers/workspace-handlers.ts';
import type { HostParts } from './host-parts.ts';
import { LastRunReader } from './language/read-last-run.ts';
import { WorkspaceLanguage } from './language/workspace-language.ts';
import { createLuaVm } from './lua-engines.ts';
import { openPageDebugAdapter } from './page-debug-adapter.ts';
import { PublishedNames } from './published-names.ts';
import { RecentForms } from './recent-forms.ts';
import { RecentWorkspaces } from './recent-workspaces.ts';
import { brokerOfProfile, observedBroker } from './run-broker.ts';
import { RunManager } from './run-manager.ts';
import { FIRST_SAMPLE, Samples } from './samples.ts';
import { ScenarioRunner } from './scenarios/scenario-runner.ts';
import { SecretStore } from './secrets.ts';
import type { SecretVault } from './secrets.ts';
import { SettingsStore } from './settings.ts';
import { samplesFolder } from './shipped-files.ts';
import { SyntaxChecker } from './syntax-check.ts';
import { TrustStore } from './trust.ts';
import { UnsavedTexts } from './unsaved-texts.ts';
import { WireRecorder } from './wire-recorder.ts';

export interface WorkbenchOptions {
  readonly shell: 'electron' | 'browser';
  /** A folder or .lua file to open; default: the one opened last, or a sample on the first start. */
  readonly open?: string | undefined;
  /** Where settings and copies of samples are kept; default: the platform's place. */
  readonly dataDir?: string | undefined;
  /** The system's own folder dialog, where the shell has one; undefined when it was cancelled. */
  readonly pickFolder?: (() => Promise<string | undefined>) | undefined;
  /** The system's store for secrets, where the shell has one; default: a file for this user alone. */
  readonly vault?: SecretVault | undefined;
  /** Told of mistakes of the workbench itself; default: written to stderr. */
  readonly onBug?: ((call: string, error: unknown) => void) | undefined;
}

export interface Workbench {
  readonly handlers: BridgeHandlers;
  /** Validates and calls: see bridge/dispatch.ts. */
  readonly dispatch: Dispatch;
  /** Returns the function that stops listening. */
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Ends runs, workers and the embedded broker; removes what was spilled to disk. */
  close(): Promise<void>;
}

/** Opens the workspace first: rejects with a BridgeError when `options.open` cannot be opened. */
export async function createWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const dataDir = options.dataDir ?? ensureDataDir();
  const events = new EventStream();
  const console = new ConsoleStream(() => events.emitThisFrame('console', () => console.take()));
  const say = (sentence: string) => console.say('warn', sentence);

  const settings = new SettingsStore(dataDir, say);
  const secrets = await SecretStore.open(dataDir, say, options.vault);
  const profiles = new BrokerProfiles(dataDir, secrets, say);
  const samples = new Samples(samplesFolder(), dataDir);
  const recentWorkspaces = new RecentWorkspaces(dataDir, say);
  const debugSetups = new DebugSetups(dataDir, say);
  const recentForms = new RecentForms(dataDir, say);
  const unsaved = new UnsavedTexts(dataDir);
  const history = new DeliveryHistory();
  const published = new PublishedNames();
  const wire = new WireRecorder(() => events.emitThisFrame('wire', () => wire.state()));
  const presence = new BrokerPresence({
    onChanged: () => events.emitThisFrame('broker', brokerState),
    isThere: async (address) => (await testBroker(address, { connectLimitMs: 5_000 })).ok,
  });
  const observer: ConnectionObserver = {
    trace: (address) => wire.trace(address, 'delivery'),
    opened: (address) => presence.opened(address),
    lost: (address, why) => presence.lost(address, why),
  };
  const syntax = new SyntaxChecker(createLuaVm);
  const language = new WorkspaceLanguage();
  const lastRun = new LastRunReader(history);
  language.readRuns(lastRun, (runId) => events.emit('runRead', { runId }));
  const runs = new RunManager({ events, console, history, published, language });
  const scenarios = new ScenarioRunner();
  const embedded = new EmbeddedBrokerService({
    dialect: () => profiles.dialect,
    onChanged: () => events.emitThisFrame('broker', brokerState),
    onProblem: say,
  });
  const config = new ConfigContext({
    openAmqp: (emit) => runBroker().open(emit),
    onState: (state) => events.emit('policy', state),
    onLoadEntries: (entries) => entries.forEach((entry) => console.addEntry(entry)),
  });

  let opened: Pick<WorkspaceState, 'root' | 'policyFile' | 'trust'> | undefined;
  const workspace = new CurrentWorkspace(
    { trust: new TrustStore(dataDir, say), recent: recentWorkspaces, samples },
    {
      onWorkspace: (now) => {
        events.emit('workspace', now);
        language.useWorkspace(now);
        const before = opened;
        opened = now;
        if (before?.root !== now.root) {
          events.emit('settings', settings.get(now.root));
          // What the start had to say stays.
          if (before) console.clear();
          published.clear();
          scenarios.forget();
          void embedded.useWorkspace(now.root);
        }
        const same =
          before?.root === now.root &&
          before.policyFile === now.policyFile &&
          before.trust === now.trust;
        if (same) return;
        // Another policy, or the same one with other permissions and maybe another broker.
        reloadPolicy();
        events.emitThisFrame('broker', brokerState);
      },
      onFileChanged: (change) => {
        language.fileChanged(change.path);
        events.emit('fileChanged', {
          path: change.path,
          ...(change.version === undefined ? {} : { version: change.version }),
        });
      },
      onContentChanged: () => reloadPolicy(),
      onProblem: say,
    },
  );

  function policySource() {
    const { engine, deadlineMs, memoryMb, environment } = settings.get(workspace.root);
    return {
      engine,
      workspaceRoot: workspace.root,
      policyFile: workspace.policyFile,
      environment: workspace.trust === 'trusted' ? environment : {},
      limits: { deadlineMs, memoryBytes: memoryMb * 2 ** 20 },
    };
  }

  const activeProfile = () => profiles.activeIn(workspace.root, workspace.trust);
  const topology = new ActiveTopology({ profiles, embedded, published, activeProfile });

  function runBroker() {
    return observedBroker(brokerOfProfile(activeProfile(), profiles, embedded), observer);
  }

  function brokerState() {
    return brokerStateOf(workspace, profiles, embedded, presence.state());
  }

  function reloadPolicy() {
    config.load(workspace.policyFile === '' ? undefined : policySource());
  }

  const host: HostParts = {
    shell: options.shell,
    pickFolder: options.pickFolder,
    events,
    console,
    history,
    published,
    settings,
    profiles,
    topology,
    wire,
    presence,
    samples,
    debugSetups,
    recentForms,
    unsaved,
    recentWorkspaces,
    workspace,
    embedded,
    config,
    runs,
    scenarios,
    syntax,
    language,
    policySource,
    runBroker,
    brokerState,
    reloadPolicy,
  };
  const debugging = debugSessions((send) => openPageDebugAdapter(host, send));
  const handlers: BridgeHandlers = {
    ...workspaceHandlers(host),
    ...runHandlers(host),
    ...deliveryHandlers(host),
    ...consoleHandlers(host),
    ...brokerHandlers(host),
    ...wireHandlers(host),
    ...logLineHandlers(),
    ...settingsHandlers(host),
    ...debugging.handlers,
    ...debugSetupHandlers(host),
    ...readingHandlers(host),
    ...languageHandlers(host),
    ...searchHandlers(host),
    ...unsavedHandlers(host),
    ...scenarioHandlers(host),
  };

  // A policy is loaded with the broker that it reaches, so the broker comes first.
  await embedded.ensureStarted();
  const last = recentWorkspaces.opened.find((path) => existsSync(path));
  await workspace.open(options.open ?? last ?? (await samples.copyOf(FIRST_SAMPLE)));

  return {
    handlers,
    dispatch: createDispatch(handlers, options.onBug ?? reportBug),
    onEvent: (listener) => events.listen(listener),
    close: async () => {
      workspace.close();
      await debugging.close();
      await scenarios.close();
      await runs.close();
      await config.close();
      presence.close();
      await embedded.close();
      lastRun.stop();
      syntax.close();
      await language.close();
      history.close();
      events.close();
    },
  };
}

function reportBug(call: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`A bug of the workbench in ${call}: ${text}\n`);
}
