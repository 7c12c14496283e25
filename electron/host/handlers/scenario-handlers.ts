import { join } from 'node:path';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import type {
  ScenarioDraft,
  ScenarioFile,
  ScenarioId,
  ScenarioItem,
} from '../../bridge/scenarios.ts';
import { readInWorkspace, writeText } from '../workspace.ts';
import { relativePath } from '../workspace-path.ts';
import { DEFAULT_CONFIRMS, parseBrokerUrl } from '../broker-profiles.ts';
import type { ConfirmPolicy } from '../broker-profiles.ts';
import { EventRun } from '../debug/event-run.ts';
import { ReadingProblem } from '../debug/read-in-worker.ts';
import type { HostParts } from '../host-parts.ts';
import { brokerOfProfile, mappedBroker } from '../run-broker.ts';
import type { RunBroker } from '../run-broker.ts';
import { launched } from '../scenarios/run-scenario.ts';
import type { LaunchedRun, ScenarioRun } from '../scenarios/run-scenario.ts';
import { summedCoverage } from '../scenarios/scenario-coverage.ts';
import { findScenarioFiles, readScenarioFile } from '../scenarios/scenario-files.ts';
import type { LoadedScenario, ReadScenarioFile } from '../scenarios/scenario-files.ts';
import { amountOf, queueNameOf } from '../scenarios/scenario-message.ts';
import { declarationsOfScenario } from '../scenarios/scenario-declarations.ts';
import { placeOfFolder } from '../scenarios/place-of-run.ts';
import { placedEntry } from '../scenarios/placed-recording.ts';
import { openScenario } from '../scenarios/open-scenario.ts';
import { draftScenario, loadRunOf } from '../scenarios/scenario-draft.ts';
import type { RunRows } from '../scenarios/scenario-runner.ts';
import { SCENARIO_SUFFIX } from '../scenarios/scenario-schema.ts';
import type { Scenario } from '../scenarios/scenario-schema.ts';
import { withScenario } from '../scenarios/write-scenario.ts';

type ScenarioHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `scenarios.${string}`>>;

export function scenarioHandlers(host: HostParts): ScenarioHandlers {
  const { workspace, console, scenarios: runner } = host;

  async function readAll(): Promise<ReadScenarioFile[]> {
    const { root } = workspace;
    const files = await findScenarioFiles(root);
    return Promise.all(files.map((file) => readScenarioFile(file, root)));
  }

  async function find({ file, name }: ScenarioId): Promise<LoadedScenario> {
    const { root } = workspace;
    const isFile = (await findScenarioFiles(root)).includes(join(root, file));
    const read = isFile ? await readScenarioFile(join(root, file), root) : undefined;
    const found = read?.scenarios.find(({ scenario }) => scenario.name === name);
    if (!found) throw new BridgeError('not-found', `${file} has no scenario ${name} any more.`);
    return found;
  }

  return {
    'scenarios.list': async () => ({
      files: (await readAll()).map((file) => described(file, workspace.root)),
    }),
    'scenarios.run': async ({ only }) => {
      const scenarios = only
        ? await Promise.all(only.map(find))
        : (await readAll()).flatMap((file) => file.scenarios);
      const { engine, environment, limits } = host.policySource();
      runner.start(scenarios, {
        root: workspace.root,
        policy: { engine, environment, limits },
        openNamedBroker: (name, confirms) => openNamedBroker(host, name, confirms),
        launch: (run, rows, of) => launch(host, run, rows, of),
        onProgress: (progress) => host.events.emit('scenario', progress),
        onBug: (problem) => console.say('error', problem),
      });
      return { count: scenarios.length };
    },
    'scenarios.cancel': async () => {
      runner.cancel();
      return {};
    },
    'scenarios.coverage': async () => {
      const current = await runner.recordings.current();
      if (current.length === 0) {
        throw new BridgeError(
          'not-found',
          runner.recordings.size === 0
            ? 'No scenario was run yet; run them first.'
            : 'The policy was changed since the scenarios were run; run them again.',
        );
      }
      try {
        const { files, ...rest } = await summedCoverage(current, { values: true });
        const own = files.map((file) => ({
          ...file,
          file: relativePath(workspace.root, file.file),
        }));
        return { coverage: { ...rest, files: own }, scenarios: current.length };
      } catch (error) {
        if (error instanceof ReadingProblem) throw new BridgeError('failed', error.message);
        throw error;
      }
    },
    'scenarios.open': async (id) => openScenario(host, await find(id)),
    'scenarios.draft': async ({ from }) => {
      const run = loadRunOf(host, from);
      const draft = describedDraft(await draftScenario(host, 'draft', from));
      return { ...draft, ...(run ? { run } : {}) };
    },
    'scenarios.save': async ({ file, name, from }) => {
      if (!file.endsWith(SCENARIO_SUFFIX)) {
        throw new BridgeError('invalid-input', `Let the file's name end in ${SCENARIO_SUFFIX}.`);
      }
      if (name.trim() === '') throw new BridgeError('invalid-input', 'Give the scenario a name.');
      const { root, policyFile } = workspace;
      const scenario = await draftScenario(host, name, from);
      const there = await readInWorkspace(root, file);
      const { text, line } = withScenario(file, policyFile, scenario, there?.text);
      const result = await writeText(root, file, text, there?.version);
      if (result.result === 'conflict') {
        throw new BridgeError('conflict', `${file} was changed meanwhile; save once more.`);
      }
      await workspace.noteWritten(file, result.file.version);
      return { file, line };
    },
  };
}

function described({ file, scenarios, problems }: ReadScenarioFile, root: string): ScenarioFile {
  return {
    file: relativePath(root, file),
    problems: [...problems],
    scenarios: scenarios.map(item),
  };
}

function describedDraft({ deliver, resolve, broker = {} }: Scenario): ScenarioDraft {
  const { url, profile = url, fault, dialect, confirms, confirm_timeout_ms, declare } = broker;
  const { exchanges, queues, bindings } = declarationsOfScenario(declare);
  const asked = deliver ?? resolve;
  return {
    kind: deliver ? 'deliver' : 'resolve',
    queue: asked ? queueNameOf(asked.queue) : '',
    ...amountOf(deliver),
    ...(profile === undefined ? {} : { broker: profile }),
    ...(fault === undefined ? {} : { fault }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(confirms === undefined ? {} : { confirms }),
    ...(confirm_timeout_ms === undefined ? {} : { confirmTimeoutMs: confirm_timeout_ms }),
    declares: {
      exchanges: exchanges.map(({ name }) => name),
      queues: queues.map(({ name }) => name),
      bindings: bindings.length,
    },
  };
}

function item({ scenario, line }: LoadedScenario): ScenarioItem {
  const { name, deliver, resolve, event, broker } = scenario;
  const asked = deliver ?? resolve;
  const named = broker?.url ?? broker?.profile;
  const amount = amountOf(deliver);
  return {
    name,
    line,
    kind: deliver ? 'deliver' : resolve ? 'resolve' : 'event',
    about: asked ? queueNameOf(asked.queue) : (event?.name ?? ''),
    count: amount.count,
    ...(amount.seconds === undefined ? {} : { seconds: amount.seconds }),
    ...(broker?.fault === undefined ? {} : { fault: broker.fault }),
    ...(named === undefined ? {} : { broker: named }),
  };
}

/** Deliveries go where all deliveries go; an event's run is told in the console alone. */
function launch(
  { runs, console, workspace }: HostParts,
  { action, ...run }: ScenarioRun,
  rows: RunRows,
  { policyRoot }: LoadedScenario,
): LaunchedRun {
  const place = placeOfFolder(workspace.root, policyRoot);
  if (action.kind === 'event') {
    const onEntry: typeof run.onEntry = (entry) => {
      console.addEntry(place ? placedEntry(entry, place) : entry);
      run.onEntry(entry);
    };
    return launched(new EventRun({ ...run, ...action, onEntry }));
  }
  return runs.start({
    ...run,
    ...action,
    scenario: {
      place,
      onEntry: run.onEntry,
      onRow: (row) => rows.add(row.message, row.id),
    },
  });
}

/** A restricted folder's scenarios reach embedded brokers only. */
function openNamedBroker(
  { workspace, profiles, embedded }: HostParts,
  name: string,
  confirms: Partial<ConfirmPolicy>,
): RunBroker {
  if (workspace.trust === 'restricted') {
    throw new BridgeError(
      'refused',
      `this folder is restricted, and the scenario delivers to ${name}; trust the folder first`,
    );
  }
  if (name.includes('://')) {
    return mappedBroker('url', parseBrokerUrl(name), { ...DEFAULT_CONFIRMS, ...confirms });
  }
  const profile = profiles.list().find((each) => each.name === name || each.id === name);
  if (!profile) {
    throw new BridgeError('not-found', `there is no broker profile called ${name}`);
  }
  return brokerOfProfile({ ...profile, ...confirms }, profiles, embedded);
}
