/** The debug adapter of a page: what a launch means in the opened workspace. */
import { realpathSync } from 'node:fs';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { messageFormSchema } from '../bridge/runs.ts';
import type { DebugLaunch } from '../../lua-runtime/debugger/debug-target.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import { entriesOfKind } from '../../lua-runtime/recording/recording-reader.ts';
import { createDebugTarget } from './debug/create-debug-target.ts';
import type { PageAdapter } from './handlers/debug-handlers.ts';
import type { HostParts } from './host-parts.ts';
import { messageSourceOf } from './message-form.ts';
import { openDebugAdapter } from './open-debug-adapter.ts';
import type { PolicySource } from './policy-source.ts';
import { isInside, relativePath } from './workspace-path.ts';

/** They are chosen elsewhere in the window, with the questions that belong to them, or name files. */
const NOT_FOR_PAGES = ['data', 'recording', 'broker', 'fault'] as const;

/** What of a launch is no argument of DAP: bytes and entries that the host holds. */
interface Held {
  readonly message?: Uint8Array;
  readonly entries?: readonly Entry[];
  /** The folder whose files those name, where it is not the opened one. */
  readonly policyRoot?: string | undefined;
}

export function openPageDebugAdapter(
  host: HostParts,
  send: (message: DebugProtocol.Response | DebugProtocol.Event) => void,
): PageAdapter {
  // Of the newest launch: a restart without arguments means the same again.
  let held: Held = {};
  return openDebugAdapter({
    send,
    onDisconnected: () => undefined,
    defaults: { stopOnEnd: true },
    launchArguments: (given) => {
      const { form, deliveryId, ...args } = given;
      const stray = NOT_FOR_PAGES.find((name) => args[name] !== undefined);
      if (stray !== undefined) throw new Error(`The window launches nothing with \`${stray}\`.`);
      held = {};
      if (form !== undefined) {
        const { data, ...message } = messageSourceOf(parsedForm(form));
        held = { message: data };
        return { ...args, ...message };
      }
      if (deliveryId !== undefined) {
        held = entriesOf(host, deliveryId);
        // The entries are at hand, so that this names them only.
        return { ...args, recording: 'of the history' };
      }
      return args;
    },
    createTarget: (launch, events) =>
      createDebugTarget(launch, events, {
        policy: policyOf(host, launch, held),
        openBroker: async () => {
          await host.embedded.ensureStarted();
          return { runBroker: host.runBroker(), close: async () => undefined };
        },
        ...held,
      }),
  });
}

function parsedForm(form: unknown) {
  const parsed = messageFormSchema.safeParse(form);
  if (parsed.success) return parsed.data;
  throw new Error('`form` must be a filled in Simulate form.');
}

function entriesOf({ history, scenarios }: HostParts, deliveryId: unknown): Held {
  const entries = typeof deliveryId === 'number' ? history.replayable(deliveryId) : undefined;
  const [run] = entriesOfKind(entries ?? [], 'run');
  if (entries) return { entries, policyRoot: run && scenarios.launched(run.run_id)?.policyRoot };
  throw new Error('This delivery was cleared; its recording is gone.');
}

/** The opened workspace's settings, for the policy that the launch names in it. */
function policyOf(host: HostParts, { program, engine }: DebugLaunch, held: Held): PolicySource {
  const policy = host.policySource();
  const real = realPath(program);
  if (real !== policy.workspaceRoot && !isInside(policy.workspaceRoot, real)) {
    throw new Error(`${program} is not in the opened folder ${policy.workspaceRoot}.`);
  }
  const policyFile =
    real === policy.workspaceRoot ? policy.policyFile : relativePath(policy.workspaceRoot, real);
  const own = { ...policy, policyFile, engine: engine ?? policy.engine };
  const { policyRoot, entries = [] } = held;
  if (policyRoot === undefined) return own;
  const [run] = entriesOfKind(entries, 'run');
  return { ...own, workspaceRoot: policyRoot, policyFile: run?.policy ?? policyFile };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new Error(`There is no policy at ${path}; save it first, or open its folder.`);
  }
}
