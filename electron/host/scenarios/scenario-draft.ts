/** The scenario that somebody saves, with all that its run depends on. */
import { dirname, join } from 'node:path';
import type { ScenarioToSave } from '../../bridge/scenarios.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { Entry, RunEntry } from '../../../lua-runtime/recording/entries.ts';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import { DEFAULT_CONFIRMS, EMBEDDED } from '../broker-profiles.ts';
import type { HostParts } from '../host-parts.ts';
import {
  beyondDefinitions,
  declarationsOfDelivery,
  declarationsOfForm,
  declareOf,
} from './scenario-declarations.ts';
import type { ScenarioDeclare } from './scenario-declarations.ts';
import {
  scenarioBrokerOf,
  scenarioBrokerOfRun,
  scenarioOfDelivery,
  scenarioOfForm,
  scenarioOfRun,
} from './scenario-of.ts';
import type { ScenarioBroker } from './scenario-of.ts';
import type { Scenario } from './scenario-schema.ts';
import type { Declarations } from '../../amqp/topology/declarations.ts';

/** Throws a BridgeError for what cannot be a scenario. */
export async function draftScenario(
  host: HostParts,
  name: string,
  from: ScenarioToSave,
): Promise<Scenario> {
  if (from.kind === 'form') {
    const { resolution } = await host.config.resolve(from.form.queue);
    return scenarioOfForm(name, from, resolution, await brokerNow(host));
  }
  const recording = host.history.recording(from.id);
  if (!recording) {
    throw new BridgeError('not-found', 'This delivery was cleared; its recording is gone.');
  }
  const { row, entries } = recording;
  const broker =
    host.scenarios.launched(row.runId)?.broker ?? (await brokerOfDelivery(host, entries));
  const make = from.wholeRun === true ? scenarioOfRun : scenarioOfDelivery;
  return make(name, entries, { engine: host.policySource().engine, broker });
}

/** The load run that a delivery is one of, for somebody who may want to save all of it. */
export function loadRunOf({ history }: HostParts, from: ScenarioToSave): RunEntry['load'] {
  const entries = from.kind === 'delivery' ? history.recording(from.id)?.entries : undefined;
  return entries && entriesOfKind(entries, 'run')[0]?.load;
}

async function brokerNow(host: HostParts): Promise<ScenarioBroker> {
  const { profiles, workspace, embedded, published } = host;
  const profile = profiles.activeIn(workspace.root, workspace.trust);
  const declared = declarationsOfForm(
    embedded.declaredAt(Infinity),
    embedded.declaredByHand(),
    published.list(),
  );
  return scenarioBrokerOf(profile, {
    fault: embedded.fault,
    dialect: profiles.dialect,
    declare: profile.kind === 'embedded' ? await missingInScenario(host, declared) : undefined,
  });
}

async function brokerOfDelivery(
  host: HostParts,
  entries: readonly Entry[],
): Promise<ScenarioBroker> {
  const { profiles, embedded } = host;
  const [run] = entriesOfKind(entries, 'run');
  if (!run) return {};
  const { profile: name } = run.broker;
  const profile = profiles.list().find((each) => each.name === name || each.id === name);
  const { confirmTimeoutMs } = profile ?? DEFAULT_CONFIRMS;
  if (name !== EMBEDDED) return scenarioBrokerOfRun(run, { declare: undefined, confirmTimeoutMs });
  const declared = declarationsOfDelivery(entries, (time) => embedded.declaredAt(time));
  const declare = await missingInScenario(host, declared);
  return scenarioBrokerOfRun(run, { declare, confirmTimeoutMs });
}

/** Scenarios have the definitions.json beside their policy. */
async function missingInScenario(
  { workspace: { root, policyFile } }: HostParts,
  declared: Declarations,
): Promise<ScenarioDeclare | undefined> {
  const policyRoot = dirname(join(root, policyFile));
  return declareOf(await beyondDefinitions(policyRoot, declared));
}
