import { outputOf } from '../host/debug/debug-output.ts';
import { EventRun } from '../host/debug/event-run.ts';
import { SCRIPT_EVENT } from '../../lua-runtime/kumod/run-script.ts';
import {
  engineOf,
  limitsOf,
  parseArguments,
  POLICY_OPTIONS,
  POLICY_OPTIONS_HELP,
} from './arguments.ts';
import { openCliBroker } from './cli-broker.ts';
import { ExitStatus, UsageError } from './cli-error.ts';
import type { Command } from './command.ts';
import { policyArgument } from './policy-argument.ts';

const help = `Usage: kumo-workbench script POLICY [OPTION…] [-- ARG…]

Does what \`kumod --policy POLICY --script -- ARG…\` does: loads the policy and calls its handler of
\`main\` with each ARG as a string. What the script prints goes to stdout, errors and log lines to
stderr. Exit status 0 when the handler returned, else 1.

  POLICY                  a .lua file, or a folder with init.lua
  --broker embedded|URL|PROFILE
                          where publishes go, whatever address the policy names (default embedded)
  --json                  the recording: one entry a line
${POLICY_OPTIONS_HELP}
`;

export const scriptCommand: Command = {
  name: 'script',
  summary: "run a policy's main handler, as kumod --script does",
  help,
  async run(args, io) {
    const parsed = parseArguments('script', args, {
      ...POLICY_OPTIONS,
      broker: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [policy, ...scriptArguments] = parsed.positionals;
    if (policy === undefined) throw new UsageError('Give a policy: script POLICY [-- ARG…].');
    const { root, file } = policyArgument(policy);
    const source = {
      engine: engineOf(parsed),
      workspaceRoot: root,
      policyFile: file,
      environment: {},
      limits: limitsOf(parsed),
    };
    const json = parsed.flag('json');
    let isTold = false as boolean;
    const broker = await openCliBroker({
      name: parsed.text('broker') ?? 'embedded',
      fault: undefined,
      definitions: undefined,
      policyFolder: root,
      confirms: {},
    });
    try {
      const run = new EventRun({
        policy: source,
        seed: Math.floor(Math.random() * 0xffff_ffff),
        event: SCRIPT_EVENT,
        args: scriptArguments,
        isScript: true,
        broker: broker.runBroker,
        onEntry: (entry) => {
          isTold ||= entry.kind === 'error' || entry.kind === 'limit';
          if (json) io.out(`${JSON.stringify(entry)}\n`);
          const said = json ? undefined : outputOf(entry);
          if (said?.category === 'stdout') io.out(said.text);
          else if (said !== undefined) io.err(said.text);
        },
      });
      const cancel = (): void => run.cancel();
      io.stop.addEventListener('abort', cancel);
      const end = await run.run();
      io.stop.removeEventListener('abort', cancel);
      if (end.bug) throw new Error(end.problem);
      if (end.problem !== undefined && !isTold) io.err(`${end.problem}\n`);
      return end.state === 'finished' ? ExitStatus.fine : ExitStatus.findings;
    } finally {
      await broker.close();
    }
  },
};
