import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { productVersion } from '../host/shipped-files.ts';
import { FramingError } from './message-framing.ts';
import { serveDap } from './dap-server.ts';
import { createPolicyTarget } from './dap-target.ts';
import { parseArguments } from './arguments.ts';
import { CommandProblem, ExitStatus, UsageError } from './cli-error.ts';
import type { Command } from './command.ts';
import { vscodeManifest } from './vscode-extension.ts';

const help = `Usage: kumo-workbench dap [--vscode FOLDER]

  --vscode FOLDER         only writes a package.json into FOLDER that makes this debugger known to
                          VS Code: \`code --extensionDevelopmentPath=FOLDER\` loads it

Debugs policies for an editor: speaks the Debug Adapter Protocol on stdin and stdout, until the client
disconnects or closes stdin. What is run is told by the arguments of the launch request:

  program                 a .lua file, or a folder with init.lua (always)
  queue                   delivers messages through this scheduled queue, with
    data                  the file with the message as it is
    sender, recipient     the envelope
    meta                  metadata, an object
    id                    the first message's id, which tells its age
    numAttempts           attempts before this one
    count                 how many messages (default 1)
  event                   or: fires this handler, with
    args                  its arguments, a list
  recording               or: looks at a finished run, a file that deliver --json wrote
  broker                  embedded (default), an AMQP URL, as-written or a profile
  fault, dialect          of the embedded broker, as deliver's --fault and --dialect
  engine                  lua54 (default) or fengari
  kumomta                 the release that the policy is written for: what it uses that came later
                          is told first
  stopOnEntry, stopOnEnd  stand still before the first line, after the last one (default false)
  noDebug                 run and stop nowhere
`;

export const dapCommand: Command = {
  name: 'dap',
  summary: 'debug policies from an editor (Debug Adapter Protocol on stdio)',
  help,
  async run(args, io) {
    const parsed = parseArguments('dap', args, { vscode: { type: 'string' } });
    const { positionals } = parsed;
    if (positionals.length > 0) {
      throw new UsageError(`dap takes no ${positionals.join(' ')}: the editor says what to run.`);
    }
    const folder = parsed.text('vscode');
    if (folder !== undefined) {
      await writeVscodeExtension(folder);
      return ExitStatus.fine;
    }
    try {
      await serveDap(
        { input: io.stdin, out: io.out, stop: io.stop },
        { createTarget: createPolicyTarget, defaults: { stopOnEnd: false } },
      );
    } catch (error) {
      if (error instanceof FramingError) throw new UsageError(error.message);
      throw error;
    }
    return ExitStatus.fine;
  },
};

async function writeVscodeExtension(folder: string): Promise<void> {
  const manifest = vscodeManifest({
    runtime: process.execPath,
    program: resolve(process.argv[1] ?? ''),
    args: ['dap'],
    version: productVersion(),
  });
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandProblem(`${folder} cannot be written (${why}); name another --vscode folder.`);
  }
}
