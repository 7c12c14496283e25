/** A debug adapter with what it needs of this machine. */
import { readFileSync, realpathSync } from 'node:fs';
import { CodeCheck } from '../../lua-runtime/debugger/code-check.ts';
import { DapAdapter } from '../../lua-runtime/debugger/dap/dap-adapter.ts';
import type { AdapterParts } from '../../lua-runtime/debugger/dap/dap-adapter.ts';

import type { EngineId } from '../../lua-runtime/vm/lua-vm.ts';
import { createLuaVm } from './lua-engines.ts';

export type OpenAdapterParts = Omit<AdapterParts, 'realPath' | 'readFile' | 'codeLines' | 'now'>;

export function openDebugAdapter(parts: OpenAdapterParts): DapAdapter {
  return new DapAdapter({ ...parts, realPath, readFile, codeLines, now: () => performance.now() });
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

function codeLines(engine: EngineId, text: string): readonly number[] {
  const vm = createLuaVm(engine);
  const check = new CodeCheck(vm);
  try {
    const found = check.linesOf('policy.lua', Buffer.from(text, 'latin1'));
    return found.ok ? found.lines : [];
  } finally {
    check.close();
    vm.close();
  }
}
