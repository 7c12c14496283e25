import { writeFile } from 'node:fs/promises';
import { catalogue } from '../../lua-runtime/analysis/catalogue/catalogue.ts';
import { luaLsMeta } from '../../lua-runtime/analysis/catalogue/luals-meta.ts';
import { releaseNamed } from '../host/language/workbench-file.ts';
import { checkPath } from '../host/policy-check.ts';
import type { Diagnostic } from '../bridge/workspace.ts';
import {
  engineOf,
  limitsOf,
  parseArguments,
  POLICY_OPTIONS,
  POLICY_OPTIONS_HELP,
} from './arguments.ts';
import { CommandProblem, ExitStatus, UsageError } from './cli-error.ts';
import { sarifOf } from './sarif.ts';
import { KUMOMTA_RELEASES } from '../../lua-runtime/analysis/catalogue/releases.ts';
import { productVersion } from '../host/shipped-files.ts';
import type { Command } from './command.ts';

const help = `Usage: kumo-workbench check PATH… [OPTION…]
       kumo-workbench check --luals-meta FILE

Checks policies: syntax errors of every .lua file, in the words of Lua's own compiler, errors raised
while a policy loads, and what kumod would accept without doing what is meant (events that never fire,
functions that do not exist, wrong fields, a send that returns nothing). Checks the .toml and .json
files of KumoMTA's helpers (queues, sources, listener domains, DKIM, shaping): those that the policy
hands over, and those with a usual name, such as queues.toml. PATH is a .lua file, such a data file or
a folder; in a folder init.lua is also loaded. Exit status 1 when there is an error or a warning.

A line, or the line below it, is let off by the comment \`-- workbench: ignore CODE: why\` (# in TOML).
A folder agrees on more in its workbench.json: {"kumomta": "RELEASE", "silenced": {"CODE": "why"}}.

  --format text|json|sarif
                          json prints [{file,range,severity,code,message}] with LSP ranges and
                          severities, and fixes and related places where there are any;
                          sarif carries them too (default text)
  --kumomta RELEASE       what the policies are for, e.g. 2025.12.02: newer functions are told
  --luals-meta FILE       writes what is known of KumoMTA's functions as a definition file for
                          lua-language-server, so that other editors complete and check them too;
                          - writes it to the terminal. PATH may be left out
${POLICY_OPTIONS_HELP}
`;

export const checkCommand: Command = {
  name: 'check',
  summary: 'find errors, and what kumod accepts silently',
  help,
  async run(args, io) {
    const parsed = parseArguments('check', args, {
      ...POLICY_OPTIONS,
      format: { type: 'string' },
      kumomta: { type: 'string' },
      'luals-meta': { type: 'string' },
    });
    const format = parsed.text('format') ?? 'text';
    if (format !== 'text' && format !== 'json' && format !== 'sarif') {
      throw new UsageError('--format must be text, json or sarif.');
    }
    const kumomta = releaseOf(parsed.text('kumomta'));
    const metaFile = parsed.text('luals-meta');
    if (metaFile !== undefined) await writeLuaLsMeta(metaFile, io.out);
    if (parsed.positionals.length === 0) {
      if (metaFile !== undefined) return ExitStatus.fine;
      throw new UsageError('Give at least one policy file or folder: check PATH…');
    }
    const engine = engineOf(parsed);
    const limits = limitsOf(parsed);
    const diagnostics: Diagnostic[] = [];
    for (const path of parsed.positionals) {
      diagnostics.push(...(await checkPath(path, { engine, limits, kumomta })));
    }
    if (format === 'json') io.out(`${JSON.stringify(diagnostics, undefined, 2)}\n`);
    else if (format === 'sarif') io.out(sarifOf(diagnostics, productVersion()));
    else for (const diagnostic of diagnostics) io.out(`${asText(diagnostic)}\n`);
    return diagnostics.some(({ severity }) => severity <= 2)
      ? ExitStatus.findings
      : ExitStatus.fine;
  },
};

/** @throws CommandProblem when the file cannot be written. */
async function writeLuaLsMeta(file: string, out: (text: string) => void): Promise<void> {
  const text = luaLsMeta(catalogue);
  if (file === '-') {
    out(text);
    return;
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new CommandProblem(`${file} cannot be written (${why}); name another place.`);
  }
}

/** The release as the catalogue names it, without its commit. */
function releaseOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const release = releaseNamed(text);
  if (release !== undefined) return release;
  const newest = KUMOMTA_RELEASES.at(-1)?.date ?? '';
  throw new UsageError(
    `--kumomta ${text} is no release of KumoMTA; the newest known is ${newest}.`,
  );
}

const SEVERITIES = { 1: 'error', 2: 'warning', 3: 'information', 4: 'hint' } as const;

function asText({ file, range, severity, code, message }: Diagnostic): string {
  const { line, character } = range.start;
  return `${file}:${line + 1}:${character + 1}: ${SEVERITIES[severity]}: ${message} [${code}]`;
}
