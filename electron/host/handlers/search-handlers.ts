import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { HostParts } from '../host-parts.ts';
import { searchFiles } from '../search-files.ts';

type SearchHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `search.${string}`>>;

export function searchHandlers({ workspace }: HostParts): SearchHandlers {
  return {
    'search.files': async (question) => {
      const { root, files } = workspace.describe();
      return searchFiles(root, files, question);
    },
  };
}
