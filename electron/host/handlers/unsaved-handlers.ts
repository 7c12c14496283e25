import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { HostParts } from '../host-parts.ts';

type UnsavedHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `unsaved.${string}`>>;

export function unsavedHandlers({ unsaved, workspace }: HostParts): UnsavedHandlers {
  return {
    'unsaved.keep': async (text) => {
      await unsaved.keep(workspace.root, text);
      return {};
    },
    'unsaved.forget': async ({ path }) => {
      await unsaved.forget(workspace.root, path);
      return {};
    },
    'unsaved.list': () => unsaved.of(workspace.root),
  };
}
