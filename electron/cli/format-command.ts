import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { formatLua, FormatProblem } from '../../lua-runtime/analysis/format/format-lua.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import { listFiles, readText, writeText } from '../host/workspace.ts';
import { parseArguments } from './arguments.ts';
import { CommandProblem, ExitStatus, UsageError } from './cli-error.ts';
import type { Command } from './command.ts';

const help = `Usage: kumo-workbench format PATH… [--check]

Writes .lua files in the style of KumoMTA's own (78 columns, two spaces, single quotes, no parentheses
around a single string or table), and names those that it changed. Programs and comments stay what they
are. PATH is a .lua file, or a folder with all its .lua files. A file with syntax errors stays as it is
and is told; the exit status is then 1. The comment \`-- stylua: ignore\` lets the next statement off.

  --check                 changes nothing: names the files that are not in this style, and ends with 1
                          when there are any
`;

export const formatCommand: Command = {
  name: 'format',
  summary: "write Lua in KumoMTA's style",
  help,
  async run(args, io) {
    const parsed = parseArguments('format', args, { check: { type: 'boolean' } });
    const isCheck = parsed.flag('check');
    if (parsed.positionals.length === 0) {
      throw new UsageError('Give at least one .lua file or folder: format PATH…');
    }
    const files = (await Promise.all(parsed.positionals.map(luaFilesAt))).flat();
    let isFine = true;
    for (const { root, path, name } of files) {
      try {
        const { text, version } = await readText(root, path);
        const formatted = formatLua(text);
        if (formatted === text) continue;
        if (isCheck) isFine = false;
        else await written(root, path, formatted, version);
        io.out(`${name}\n`);
      } catch (error) {
        if (!(error instanceof FormatProblem || error instanceof BridgeError)) throw error;
        isFine = false;
        io.err(`${name}: ${error.message}\n`);
      }
    }
    return isFine ? ExitStatus.fine : ExitStatus.findings;
  },
};

interface FoundFile {
  readonly root: string;
  readonly path: string;
  /** As the person named it. */
  readonly name: string;
}

async function luaFilesAt(path: string): Promise<FoundFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new UsageError(`${path} does not exist; give a .lua file or a folder.`);
  }
  if (!found.isDirectory()) {
    return [{ root: resolve(dirname(path)), path: basename(path), name: path }];
  }
  const root = resolve(path);
  return (await listFiles(root)).flatMap((file) =>
    file.kind === 'file' && file.path.endsWith('.lua')
      ? [{ root, path: file.path, name: join(path, file.path) }]
      : [],
  );
}

async function written(root: string, path: string, text: string, version: string): Promise<void> {
  try {
    const { result } = await writeText(root, path, text, version);
    if (result === 'written') return;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new CommandProblem(`${path} cannot be written (${why}); make it writable and try again.`);
  }
  throw new CommandProblem(`${path} was changed meanwhile; format it again.`);
}
