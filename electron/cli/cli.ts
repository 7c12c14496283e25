#!/usr/bin/env node
/** The command line: finds the command, turns its end into an exit status. */
import { brokerCommand } from './broker-command.ts';
import { checkCommand } from './check-command.ts';
import { CommandProblem, ExitStatus, UsageError } from './cli-error.ts';
import type { Command, CommandIo } from './command.ts';
import { dapCommand } from './dap-command.ts';
import { deliverCommand } from './deliver-command.ts';
import { resolveCommand } from './resolve-command.ts';
import { scriptCommand } from './script-command.ts';
import { serveCommand } from './serve-command.ts';
import { testCommand } from './test-command.ts';
import { formatCommand } from './format-command.ts';
import { lspCommand } from './lsp-command.ts';
import { openWindow, WINDOW_HELP } from './window.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import { productVersion } from '../host/shipped-files.ts';

const COMMANDS: readonly Command[] = [
  resolveCommand,
  deliverCommand,
  checkCommand,
  testCommand,
  scriptCommand,
  formatCommand,
  brokerCommand,
  dapCommand,
  lspCommand,
  serveCommand,
];

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const list = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: kumo-workbench COMMAND …
       kumo-workbench [FOLDER]

${list.join('\n')}

${WINDOW_HELP}

\`kumo-workbench COMMAND --help\` tells a command's options. Exit status: 0 fine, 1 findings or a
failed expectation, 2 wrong usage, 3 a bug in the workbench.
`;
}

async function main(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const [first, ...rest] = args;
  if (first === '--help' || first === '-h' || first === 'help') {
    io.out(overview());
    return ExitStatus.fine;
  }
  if (first === '--version') {
    io.out(`${productVersion()}\n`);
    return ExitStatus.fine;
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (!command) return openWindow(args, io);
  const beforeDashes = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (beforeDashes.includes('--help') || beforeDashes.includes('-h')) {
    io.out(command.help);
    return ExitStatus.fine;
  }
  return command.run(rest, io);
}

/** What the host says of an argument that means nothing to it. */
const BAD_ARGUMENT: ReadonlySet<BridgeError['code']> = new Set(['invalid-input', 'not-found']);

function statusOfFailure(error: unknown, io: CommandIo): ExitStatus {
  if (error instanceof UsageError) {
    io.err(`${error.message}\n`);
    return ExitStatus.usage;
  }
  if (error instanceof BridgeError || error instanceof CommandProblem) {
    io.err(`${error.message}\n`);
    return error instanceof BridgeError && BAD_ARGUMENT.has(error.code)
      ? ExitStatus.usage
      : ExitStatus.findings;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(`This is a bug of the workbench; please report it with the command you typed: ${text}\n`);
  return ExitStatus.bug;
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Twice means: now.
    if (stop.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    stop.abort();
  });
}
// A reader that went away (`… | head`) is no bug: there is just nobody to write for any more.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitStatus.fine);
  throw error;
});

const io: CommandIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readStdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  },
  get stdin() {
    return process.stdin;
  },
  stop: stop.signal,
};

const status = await main(process.argv.slice(2), io).catch((error: unknown) =>
  statusOfFailure(error, io),
);
// A timer of a connection that was dropped must not keep a finished command waiting. What was
// written is out before.
process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
