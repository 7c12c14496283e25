/** Runs scenarios of the opened folder one after the other, and tells how they are doing. */
import { join } from 'node:path';
import type { Mismatch } from '../../../lua-runtime/expectations/expectation-contract.ts';
import type { ScenarioProgress } from '../../bridge/scenarios.ts';
import { relativePath } from '../workspace-path.ts';
import { KeptRecordings } from './kept-recordings.ts';
import { runScenario } from './run-scenario.ts';
import type { LaunchedRun, ScenarioParts, ScenarioRun } from './run-scenario.ts';
import type { LoadedScenario } from './scenario-files.ts';
import type { Scenario } from './scenario-schema.ts';

/** Deliveries of a run by their message, as many as are looked for. */
const KNOWN_ROWS = 10_000;

/** Runs of which it is known what scenario they were of. */
const KNOWN_RUNS = 1_000;

/** Where a scenario's run went, and whose lines it tells. */
export interface LaunchedScenario {
  readonly broker: NonNullable<Scenario['broker']>;
  /** Absolute; places of the recording are relative to it. */
  readonly policyRoot: string;
}

/** Rows of a run, so that a mismatch leads to its delivery. */
export interface RunRows {
  add(message: number, deliveryId: number): void;
}

export interface ScenarioRunnerParts extends Omit<ScenarioParts, 'launch' | 'onEntry' | 'signal'> {
  /** Absolute; what is told is relative to it. */
  readonly root: string;
  readonly launch: (run: ScenarioRun, rows: RunRows, scenario: LoadedScenario) => LaunchedRun;
  readonly onProgress: (progress: ScenarioProgress) => void;
  /** The workbench itself failed. */
  readonly onBug: (problem: string) => void;
}

export class ScenarioRunner {
  /** Of the newest runs. */
  readonly recordings = new KeptRecordings();
  readonly #launched = new Map<string, LaunchedScenario>();
  #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  /** What is running is cancelled before. */
  start(scenarios: readonly LoadedScenario[], parts: ScenarioRunnerParts): void {
    this.cancel();
    const { signal } = (this.#stop = new AbortController());
    for (const scenario of scenarios) {
      parts.onProgress({ ...idOf(scenario, parts.root), state: 'waiting' });
    }
    const launch: ScenarioRunnerParts['launch'] = (run, rows, of) => {
      const launched = parts.launch(run, rows, of);
      if (launched.runId !== undefined) this.#note(launched.runId, of);
      return launched;
    };
    this.#ended = this.#ended.then(() =>
      runAll(scenarios, { ...parts, launch }, this.recordings, signal),
    );
  }

  /** What is known of a run when it was a scenario's. */
  launched(runId: string): LaunchedScenario | undefined {
    return this.#launched.get(runId);
  }

  #note(runId: string, { scenario, policyRoot }: LoadedScenario): void {
    this.#launched.set(runId, { broker: scenario.broker ?? {}, policyRoot });
    const [oldest] = this.#launched.keys();
    if (this.#launched.size > KNOWN_RUNS && oldest !== undefined) this.#launched.delete(oldest);
  }

  cancel(): void {
    this.#stop.abort();
  }

  /** Another folder is open: what runs is cancelled, what was recorded is let go. */
  forget(): void {
    this.cancel();
    this.recordings.clear();
  }

  /** Cancels and waits until it has ended. */
  async close(): Promise<void> {
    this.cancel();
    await this.#ended;
    this.recordings.clear();
  }
}

async function runAll(
  scenarios: readonly LoadedScenario[],
  parts: ScenarioRunnerParts,
  recordings: KeptRecordings,
  signal: AbortSignal,
): Promise<void> {
  for (const scenario of scenarios) {
    const id = idOf(scenario, parts.root);
    if (signal.aborted) {
      parts.onProgress({ ...id, state: 'cancelled' });
      continue;
    }
    parts.onProgress({ ...id, state: 'running' });
    try {
      parts.onProgress({ ...id, ...(await runOne(scenario, parts, recordings, signal)) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      parts.onBug(`The workbench itself failed in the scenario ${id.name}: ${why}`);
      parts.onProgress({ ...id, state: 'cancelled' });
    }
  }
}

async function runOne(
  scenario: LoadedScenario,
  parts: ScenarioRunnerParts,
  recordings: KeptRecordings,
  signal: AbortSignal,
): Promise<Omit<ScenarioProgress, 'file' | 'name'>> {
  const { root, launch } = parts;
  const { policyRoot } = scenario;
  const deliveries = new Map<number, number>();
  const rows: RunRows = {
    add: (message, deliveryId) => {
      if (deliveryId > 0 && deliveries.size < KNOWN_ROWS) deliveries.set(message, deliveryId);
    },
  };
  const record = recordings.begin(JSON.stringify(idOf(scenario, root)), policyRoot);
  const { state, mismatches, durationMs, bug } = await runScenario(scenario, {
    ...parts,
    launch: (run) => launch(run, rows, scenario),
    onEntry: record,
    signal,
  });
  if (bug !== undefined) throw new Error(bug);
  const failed = mismatches.find(({ message }) => message !== undefined)?.message;
  const deliveryId = deliveries.get(failed ?? 1) ?? [...deliveries.values()][0];
  return {
    state,
    durationMs,
    mismatches: mismatches.map((mismatch) => placed(mismatch, root, policyRoot)),
    ...(deliveryId === undefined ? {} : { deliveryId }),
  };
}

function idOf({ file, scenario }: LoadedScenario, root: string): { file: string; name: string } {
  return { file: relativePath(root, file), name: scenario.name };
}

/** With its place in the opened folder. */
function placed(mismatch: Mismatch, root: string, policyRoot: string): Mismatch {
  const { location } = mismatch;
  if (location === undefined) return mismatch;
  const file = relativePath(root, join(policyRoot, location.file));
  return { ...mismatch, location: { ...location, file } };
}
