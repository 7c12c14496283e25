/** A debug adapter with what it needs of this machine. */
import { readFileSync, realpathSync } from 'node:fs';
import { DapAdapter } from '../../lua-runtime/debugger/dap/dap-adapter.ts';
import type { AdapterParts } from '../../lua-runtime/debugger/dap/dap-adapter.ts';

export type OpenAdapterParts = Omit<AdapterParts, 'realPath' | 'readFile' | 'now'>;

export function openDebugAdapter(parts: OpenAdapterParts): DapAdapter {
  return new DapAdapter({ ...parts, realPath, readFile, now: () => performance.now() });
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
