import { checkPath } from '../host/policy-check.ts';
import type { Diagnostic } from '../bridge/workspace.ts';
import {
  engineOf,
  limitsOf,
  parseArguments,
  POLICY_OPTIONS,
  POLICY_OPTIONS_HELP,
} from './arguments.ts';
import { ExitStatus, UsageError } from './cli-error.ts';
import type { Command } from './command.ts';

const help = `Usage: kumo-workbench check PATH… [OPTION…]

Checks policies: syntax errors of every .lua file, in the words of Lua's own compiler, and errors
raised while a policy loads. PATH is a .lua file or a folder; in a folder init.lua is also loaded.
Exit status 1 when there is an error.

  --format text|json      json prints [{file,range,severity,code,message}] with LSP ranges and
                          severities (default text)
${POLICY_OPTIONS_HELP}
`;

export const checkCommand: Command = {
  name: 'check',
  summary: 'find syntax and load errors',
  help,
  async run(args, io) {
    const parsed = parseArguments('check', args, { ...POLICY_OPTIONS, format: { type: 'string' } });
    const format = parsed.text('format') ?? 'text';
    if (format !== 'text' && format !== 'json') {
      throw new UsageError('--format must be text or json.');
    }
    if (parsed.positionals.length === 0) {
      throw new UsageError('Give at least one policy file or folder: check PATH…');
    }
    const engine = engineOf(parsed);
    const limits = limitsOf(parsed);
    const diagnostics: Diagnostic[] = [];
    for (const path of parsed.positionals) {
      diagnostics.push(...(await checkPath(path, { engine, limits })));
    }
    if (format === 'json') io.out(`${JSON.stringify(diagnostics, undefined, 2)}\n`);
    else for (const diagnostic of diagnostics) io.out(`${asText(diagnostic)}\n`);
    return diagnostics.some(({ severity }) => severity === 1)
      ? ExitStatus.findings
      : ExitStatus.fine;
  },
};

const SEVERITIES = { 1: 'error', 2: 'warning', 3: 'information', 4: 'hint' } as const;

function asText({ file, range, severity, code, message }: Diagnostic): string {
  const { line, character } = range.start;
  return `${file}:${line + 1}:${character + 1}: ${SEVERITIES[severity]}: ${message} [${code}]`;
}
