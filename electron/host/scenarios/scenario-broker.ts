/** The broker of a scenario: an embedded one of its own, so that no scenario sees what another left. */
import { defaultDialect } from '../../amqp/embedded/dialects.ts';
import { parseFault, formatFault } from '../../amqp/embedded/faults.ts';
import { DEFAULT_CONFIRMS, EMBEDDED } from '../broker-profiles.ts';
import type { ConfirmPolicy } from '../broker-profiles.ts';
import { definitionsBeside, startEmbeddedBroker } from '../start-embedded-broker.ts';
import { mappedBroker } from '../run-broker.ts';
import type { RunBroker } from '../run-broker.ts';
import { declarationsOfScenario } from './scenario-declarations.ts';
import type { LoadedScenario } from './scenario-files.ts';

export interface ScenarioBroker {
  readonly runBroker: RunBroker;
  close(): Promise<void>;
}

/** Opens a broker that is not embedded, by its URL or the name of its profile, or throws why not. */
export type OpenNamedBroker = (
  name: string,
  confirms: Partial<ConfirmPolicy>,
) => Promise<RunBroker> | RunBroker;

/** Rejects with a BridgeError when it cannot be opened. */
export async function openScenarioBroker(
  { scenario, policyRoot, definitionsFile }: LoadedScenario,
  openNamed: OpenNamedBroker,
): Promise<ScenarioBroker> {
  const {
    declare,
    fault: spec,
    dialect,
    url,
    profile,
    confirms,
    confirm_timeout_ms,
  } = scenario.broker ?? {};
  const asked: Partial<ConfirmPolicy> = {
    ...(confirms === undefined ? {} : { confirms }),
    ...(confirm_timeout_ms === undefined ? {} : { confirmTimeoutMs: confirm_timeout_ms }),
  };
  const named = url ?? profile;
  if (named !== undefined && named !== EMBEDDED) {
    return { runBroker: await openNamed(named, asked), close: async () => undefined };
  }
  const fault = spec === undefined ? undefined : parseFault(spec);
  const broker = await startEmbeddedBroker({
    port: 0,
    fault,
    dialect,
    definitionsFile: definitionsFile ?? definitionsBeside(policyRoot),
    declare: declarationsOfScenario(declare),
  });
  return {
    runBroker: mappedBroker(
      EMBEDDED,
      broker.address,
      { ...DEFAULT_CONFIRMS, ...asked },
      { fault: fault && formatFault(fault), dialect: dialect ?? defaultDialect },
    ),
    close: () => broker.close(),
  };
}
