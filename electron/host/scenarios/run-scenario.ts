/** Runs a scenario and reads its recording against what is expected. */
import type { Mismatch } from '../../../lua-runtime/expectations/expectation-contract.ts';
import { RecordingJudge } from '../../../lua-runtime/expectations/recording-judge.ts';
import { parseQueueName } from '../../../lua-runtime/kumod/queue-name.ts';
import { QUEUE_CONFIG_EVENT } from '../../../lua-runtime/kumod/queue-resolution.ts';
import type { Entry, JsonValue } from '../../../lua-runtime/recording/entries.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { EventRun } from '../debug/event-run.ts';
import { DeliveryRun } from '../delivery-run.ts';
import type { RunEnd } from '../delivery-run.ts';
import { createMessageFactory } from '../message-form.ts';
import type { MessageSource } from '../message-form.ts';
import type { PolicySource } from '../policy-source.ts';
import { withWholePayloads } from '../run-broker.ts';
import type { RunBroker } from '../run-broker.ts';
import { openScenarioBroker } from './scenario-broker.ts';
import type { OpenNamedBroker } from './scenario-broker.ts';
import type { LoadedScenario } from './scenario-files.ts';
import { amountOf, messageSourceOfScenario, queueNameOf } from './scenario-message.ts';

/** Random numbers and ids are the same in every run of a scenario. */
const SEED = 1;

export type ScenarioAction =
  | {
      readonly kind: 'deliver';
      readonly source: MessageSource;
      /** With `seconds`, the most. */
      readonly count: number;
      readonly seconds?: number | undefined;
      readonly sessions: number;
    }
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly args: readonly JsonValue[];
      /** kumod takes its defaults when the policy registers nothing. */
      readonly isOptional?: true;
    };

export interface ScenarioRun {
  readonly action: ScenarioAction;
  readonly policy: PolicySource;
  readonly broker: RunBroker;
  readonly seed: number;
  readonly onEntry: (entry: Entry) => void;
}

export interface LaunchedRun {
  readonly runId?: string | undefined;
  readonly ended: Promise<RunEnd>;
  cancel(): void;
}

export interface ScenarioParts {
  /** The rest comes from the scenario; its engine wins. */
  readonly policy: Pick<PolicySource, 'engine' | 'environment' | 'limits'>;
  readonly openNamedBroker: OpenNamedBroker;
  /** Default: a run that nobody else hears of. */
  readonly launch?: ((run: ScenarioRun) => LaunchedRun) | undefined;
  readonly onEntry?: ((entry: Entry) => void) | undefined;
  /** Aborted: the run is cancelled. */
  readonly signal?: AbortSignal | undefined;
}

export interface ScenarioResult {
  readonly scenario: LoadedScenario;
  readonly state: 'passed' | 'failed' | 'cancelled';
  readonly mismatches: readonly Mismatch[];
  readonly durationMs: number;
  readonly runId?: string | undefined;
  /** The workbench itself failed. */
  readonly bug?: string | undefined;
}

/** Never rejects for what the scenario, its policy or its broker does. */
export async function runScenario(
  scenario: LoadedScenario,
  parts: ScenarioParts,
): Promise<ScenarioResult> {
  const began = performance.now();
  const end = (rest: Pick<ScenarioResult, 'state' | 'mismatches' | 'runId' | 'bug'>) => ({
    scenario,
    durationMs: performance.now() - began,
    ...rest,
  });
  let broker;
  try {
    broker = await openScenarioBroker(scenario, parts.openNamedBroker);
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    return end({ state: 'failed', mismatches: [notOpened(error.message)] });
  }
  try {
    const { launch = launchAlone, onEntry, signal, policy } = parts;
    const judge = new RecordingJudge(scenario.scenario.expect);
    const toLaunch: ScenarioRun = {
      action: actionOf(scenario),
      policy: {
        ...policy,
        engine: scenario.scenario.engine ?? policy.engine,
        workspaceRoot: scenario.policyRoot,
        policyFile: scenario.policyFile,
      },
      broker: withWholePayloads(broker.runBroker),
      seed: SEED,
      onEntry: (entry) => {
        judge.add(entry);
        onEntry?.(entry);
      },
    };
    let run: LaunchedRun;
    try {
      run = launch(toLaunch);
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
      return end({ state: 'failed', mismatches: [notStarted(error.message)] });
    }
    const cancel = (): void => run.cancel();
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted === true) cancel();
    const { state, problem, bug } = await run.ended;
    signal?.removeEventListener('abort', cancel);
    const { runId } = run;
    if (bug) return end({ state: 'failed', mismatches: [], runId, bug: problem });
    if (state === 'cancelled') return end({ state, mismatches: [], runId });
    const mismatches = judge.end({ problem });
    return end({ state: mismatches.length === 0 ? 'passed' : 'failed', mismatches, runId });
  } finally {
    await broker.close();
  }
}

/** What a scenario has the policy do. */
export function actionOf({ scenario, data }: LoadedScenario): ScenarioAction {
  const { deliver, resolve, event } = scenario;
  if (deliver) {
    const source = messageSourceOfScenario(deliver, data);
    return { kind: 'deliver', source, ...amountOf(deliver) };
  }
  if (resolve) {
    const { domain, tenant, campaign, routing_domain } = parseQueueName(queueNameOf(resolve.queue));
    const args = [domain, tenant ?? null, campaign ?? null, routing_domain ?? null];
    return { kind: 'event', event: QUEUE_CONFIG_EVENT, args, isOptional: true };
  }
  return { kind: 'event', event: event?.name ?? '', args: event?.args ?? [] };
}

function launchAlone({ action, ...run }: ScenarioRun): LaunchedRun {
  if (action.kind === 'event') return launched(new EventRun({ ...run, ...action }));
  const { source, count, seconds, sessions } = action;
  return launched(
    new DeliveryRun({
      ...run,
      runId: 'run-1',
      queue: source.queue,
      count,
      seconds,
      sessions,
      makeMessage: createMessageFactory(source, run.seed),
      onFinished: () => undefined,
    }),
  );
}

export function launched(run: DeliveryRun | EventRun): LaunchedRun {
  return { ended: run.run(), cancel: () => run.cancel() };
}

function notStarted(why: string): Mismatch {
  return { key: 'run', expected: 'a run that starts', actual: why, times: 1 };
}

function notOpened(why: string): Mismatch {
  return { key: 'broker', expected: 'a broker to deliver to', actual: why, times: 1 };
}
