import { FramingError } from './message-framing.ts';
import { parseArguments } from './arguments.ts';
import { ExitStatus, UsageError } from './cli-error.ts';
import type { Command } from './command.ts';
import { serveLsp } from './lsp-server.ts';

const help = `Usage: kumo-workbench lsp

Knows KumoMTA's Lua for an editor: speaks the Language Server Protocol 3.17 on stdin and stdout, until
the client exits or closes stdin. Gives diagnostics with quick fixes, completion, hover, signature help,
definitions, references, rename, document and workspace symbols, code lenses, semantic tokens, folding,
inlay hints and formatting for the .lua files of the first workspace folder; for the .toml and .json
files of KumoMTA's helpers diagnostics with quick fixes, completion, hover and document symbols. The
commands of lenses (kumo.simulate, kumo.debug, kumo.showReferences) are the client's: it names those
that it has under capabilities.experimental.commands.commands.
init.lua in that folder is the policy; workbench.json beside it says what its authors agreed on (see
check --help).
`;

export const lspCommand: Command = {
  name: 'lsp',
  summary: "know KumoMTA's Lua in an editor (Language Server Protocol on stdio)",
  help,
  async run(args, io) {
    const { positionals } = parseArguments('lsp', args, {});
    if (positionals.length > 0) {
      throw new UsageError(`lsp takes no ${positionals.join(' ')}: the editor says what is open.`);
    }
    try {
      await serveLsp({ input: io.stdin, out: io.out, stop: io.stop });
    } catch (error) {
      if (error instanceof FramingError) throw new UsageError(error.message);
      throw error;
    }
    return ExitStatus.fine;
  },
};
