import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { HostParts } from '../host-parts.ts';

type DebugSetupHandlers = Pick<
  BridgeHandlers,
  Extract<keyof BridgeHandlers, `debugSetup.${string}`>
>;

export function debugSetupHandlers(host: HostParts): DebugSetupHandlers {
  const { workspace, debugSetups } = host;
  return {
    'debugSetup.get': async () => debugSetups.of(workspace.root),
    'debugSetup.set': async ({ root, setup }) => {
      if (root !== workspace.root) {
        throw new BridgeError('conflict', 'Another folder is open now; its breakpoints stay.');
      }
      debugSetups.set(root, setup);
      return {};
    },
  };
}
