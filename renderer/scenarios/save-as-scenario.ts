import type { DeliveryRow } from '../../electron/bridge/contract.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { useBrokers } from '../brokers/brokers-store.ts';
import { showDialog, showSide } from '../shell/layout-store.ts';
import { amountOf, formOf, useSimulate } from '../simulate/simulate-store.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { listScenarios } from './follow-scenarios.ts';
import { useScenarios } from './scenarios-store.ts';
import type { ScenarioToSave } from './scenarios-store.ts';

const suffix = '.scenarios.json';

/** Asks for a name and a file for what the form would deliver. */
export function saveFormAsScenario(): void {
  const state = useSimulate.getState();
  const form = formOf(state);
  const { broker } = useBrokers.getState();
  const fault = broker?.active === 'embedded' ? broker.fault : undefined;
  ask({
    from: { kind: 'form', form, ...amountOf(state) },
    name: fault === undefined ? form.queue : `${form.queue}, fault ${fault}`,
  });
}

/** Asks for a name and a file for a delivery: it shall end like this again. */
export function saveDeliveryAsScenario(row: DeliveryRow): void {
  const end = row.warning === undefined ? `${row.recordType} ${row.responseCode}` : 'lost';
  ask({ from: { kind: 'delivery', id: row.id }, name: `${row.queue}: ${end}` });
}

function ask(saving: ScenarioToSave): void {
  useScenarios.setState({ saving });
  if (useScenarios.getState().files === undefined) void listScenarios();
  showDialog('save-scenario');
}

/** Where scenarios of this policy are kept, or would be. */
export function suggestedFile(): string {
  const [known] = useScenarios.getState().files ?? [];
  if (known) return known.file;
  const policy = useWorkspace.getState().workspace?.policyFile ?? '';
  return `${policy.replace(/\.lua$/, '')}${suffix}`;
}

/** Saves, and shows the list that it is in now. Throws what the host says when it cannot. */
export async function saveScenario(
  file: string,
  name: string,
  from: ScenarioToSave['from'],
): Promise<undefined> {
  await workbench.call('scenarios.save', { file, name, from });
  showSide('scenarios');
  await listScenarios();
}
