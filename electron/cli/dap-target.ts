/** What a launch means on this machine, for an editor that started the adapter: as `deliver` would run it. */
import { dialectNames, isDialectName } from '../amqp/embedded/dialects.ts';
import { parseFault } from '../amqp/embedded/faults.ts';
import { EMBEDDED } from '../host/broker-profiles.ts';
import { createDebugTarget } from '../host/debug/create-debug-target.ts';
import { newerThanRelease } from '../host/policy-check.ts';
import { DEFAULT_LIMITS } from '../host/worker/worker-contract.ts';
import type {
  DebugEvents,
  DebugLaunch,
  DebugTarget,
} from '../../lua-runtime/debugger/debug-target.ts';
import { openCliBroker } from './cli-broker.ts';
import { policyArgument } from './policy-argument.ts';

/** Rejects with a sentence when there is no such policy, fault, dialect or recording. */
export async function createPolicyTarget(
  launch: DebugLaunch,
  events: DebugEvents,
): Promise<DebugTarget> {
  const { root, file } = policyArgument(launch.program);
  if (launch.fault !== undefined) parseFault(launch.fault);
  const { dialect } = launch;
  if (dialect !== undefined && !isDialectName(dialect)) {
    throw new Error(`\`dialect\` must be one of ${dialectNames.join(', ')}.`);
  }
  if (launch.kumomta !== undefined) {
    for (const { file: place, range, message } of await newerThanRelease(
      root,
      file,
      launch.kumomta,
    )) {
      const text = `${place}:${range.start.line + 1}: ${message}\n`;
      events.output({ category: 'important', text });
    }
  }
  return createDebugTarget(launch, events, {
    policy: {
      engine: launch.engine ?? 'lua54',
      workspaceRoot: root,
      policyFile: file,
      environment: {},
      limits: DEFAULT_LIMITS,
    },
    openBroker: () =>
      openCliBroker({
        name: launch.broker ?? EMBEDDED,
        fault: launch.fault,
        dialect,
        definitions: undefined,
        policyFolder: root,
        confirms: {},
      }),
  });
}
