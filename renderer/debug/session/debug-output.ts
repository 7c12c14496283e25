import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { useConsole, type ShownLine } from '../../console/console-store.ts';
import { notify } from '../../shell/notices-store.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';
import { workspaceFile } from './source-path.ts';

/** The host numbers its lines from 1 up; ours go down, so that none meets another. */
let lastId = 0;

/** Puts a line into the console, beside those that the host tells. */
export function addConsoleLine(line: Omit<ShownLine, 'id' | 'at'>): void {
  lastId -= 1;
  const added: ShownLine = { id: lastId, at: Date.now(), ...line };
  useConsole.setState(({ lines }) => ({ lines: [...lines, added].slice(-10_000) }));
}

/** What the debugged script printed, and what the debugger has to say (DAP, "Output" event). */
export function takeOutput(body: Dap.OutputEvent['body']): void {
  const text = body.output.replace(/\n$/, '');
  if (text === '' || body.category === 'telemetry') return;
  if (body.category === 'important') notify(text, 'fail');
  const root = useWorkspace.getState().workspace?.root ?? '';
  const path = body.source?.path;
  const file = path === undefined ? undefined : workspaceFile(root, path);
  addConsoleLine({
    level: body.category === 'stderr' || body.category === 'important' ? 'error' : 'info',
    source: body.category === 'stdout' || body.category === 'stderr' ? 'print' : 'workbench',
    text,
    ...(file === undefined || body.line === undefined ? {} : { file, line: body.line }),
  });
}
