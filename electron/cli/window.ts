/** The window: Electron where its program is installed, else the system's browser. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { electronProgram, runElectron } from '../desktop/electron-program.ts';
import { ExitStatus, UsageError } from './cli-error.ts';
import type { CommandIo } from './command.ts';
import { serveUntilStopped } from './serve-command.ts';

export const WINDOW_HELP = `Without a command the window opens: in Electron, or in the browser where Electron is missing.
FOLDER is a folder or a policy (default: what was open last).`;

/** `args`: nothing, or what to open. */
export async function openWindow(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const [path, ...rest] = args;
  if (path?.startsWith('-') || rest.length > 0) {
    const kind = path?.startsWith('-') ? 'an option' : 'a command';
    throw new UsageError(`${path} is not ${kind}; \`kumo-workbench --help\` lists what there is.`);
  }
  if (path !== undefined && !path.startsWith('~') && !existsSync(resolve(path))) {
    throw new UsageError(
      `${path} is neither a command nor a folder; \`kumo-workbench --help\` lists the commands.`,
    );
  }
  const program = electronProgram();
  if (program === undefined) {
    return serveUntilStopped({ folder: path, port: 0, open: true }, io);
  }
  const folder = path === undefined || path.startsWith('~') ? path : resolve(path);
  const status = await runElectron(program, folder === undefined ? [] : [folder]);
  return status === 0 ? ExitStatus.fine : ExitStatus.findings;
}
