import { resolve } from 'node:path';
import { serve } from '../browser-shell/serve.ts';
import { parseArguments } from './arguments.ts';
import { CommandProblem, ExitStatus, UsageError } from './cli-error.ts';
import type { Command, CommandIo } from './command.ts';

const help = `Usage: kumo-workbench serve [FOLDER] [OPTION…]

Serves the workbench to a browser on 127.0.0.1 until SIGINT or SIGTERM, and opens the browser. Each
printed URL works once; the next one is printed when it was used.

  FOLDER                  a folder or a policy (default: what was open last)
  --port N                the port (default: any free one)
  --no-open               print the URL only
`;

export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve the window to a browser',
  help,
  async run(args, io) {
    const parsed = parseArguments('serve', args, {
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
    });
    if (parsed.positionals.length > 1) throw new UsageError('Give one folder: serve [FOLDER].');
    const [folder] = parsed.positionals;
    const port = parsed.integer('port', 0, 0, 65_535);
    return serveUntilStopped({ folder, port, open: !parsed.flag('no-open') }, io);
  },
};

export interface ServeRequest {
  readonly folder: string | undefined;
  readonly port: number;
  readonly open: boolean;
}

/** Prints the URL on stdout when it is ready. */
export async function serveUntilStopped(
  { folder, port, open }: ServeRequest,
  io: CommandIo,
): Promise<ExitStatus> {
  let shell;
  try {
    shell = await serve({
      folder: folder === undefined || folder.startsWith('~') ? folder : resolve(folder),
      port,
      open,
      onLinkUsed: (nextUrl) => io.err(`For another browser window: ${nextUrl}\n`),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new CommandProblem(`Port ${port} is taken; choose another --port, or none.`);
    }
    throw error;
  }
  io.out(`${shell.url}\n`);
  await new Promise<void>((stopped) => {
    if (io.stop.aborted) stopped();
    io.stop.addEventListener('abort', () => stopped(), { once: true });
  });
  await shell.close();
  return ExitStatus.fine;
}
