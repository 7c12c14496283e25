import { notDeliverableReason } from '../../lua-runtime/kumod/ready-queue.ts';
import type { QueueResolution, SourceLocation } from '../../lua-runtime/recording/entries.ts';
import { resolveQueues } from '../host/resolve-queues.ts';
import {
  engineOf,
  limitsOf,
  parseArguments,
  POLICY_OPTIONS,
  POLICY_OPTIONS_HELP,
} from './arguments.ts';
import { ExitStatus, UsageError } from './cli-error.ts';
import type { Command } from './command.ts';
import { policyArgument } from './policy-argument.ts';

const help = `Usage: kumo-workbench resolve POLICY QUEUE… [OPTION…]

Prints the effective queue config of each scheduled queue as JSON, as KumoMTA's
resolve-queue-config does: one document for each QUEUE, in their order. A queue that cannot be
resolved prints nothing; why goes to stderr and the exit status is 1.

  POLICY                  a .lua file, or a folder with init.lua
  QUEUE                   [[campaign:]tenant@]domain[!routing_domain]
  --explain               adds which handler answered (file:line), what it set, ready queue and session
${POLICY_OPTIONS_HELP}
`;

export const resolveCommand: Command = {
  name: 'resolve',
  summary: 'print the effective queue config of scheduled queues',
  help,
  async run(args, io) {
    const parsed = parseArguments('resolve', args, {
      ...POLICY_OPTIONS,
      explain: { type: 'boolean' },
    });
    const [policy, ...queues] = parsed.positionals;
    if (policy === undefined || queues.length === 0) {
      throw new UsageError('Give a policy and at least one queue: resolve POLICY QUEUE…');
    }
    const { root, file } = policyArgument(policy);
    const answers = await resolveQueues(
      {
        engine: engineOf(parsed),
        workspaceRoot: root,
        policyFile: file,
        environment: {},
        limits: limitsOf(parsed),
      },
      queues,
    );
    let status: ExitStatus = ExitStatus.fine;
    for (const resolution of answers) {
      if (resolution.error) {
        io.err(`${resolution.queue}: ${resolution.error.text}\n`);
        status = ExitStatus.findings;
        continue;
      }
      const shown = parsed.flag('explain') ? explained(resolution) : resolution.config;
      io.out(`${JSON.stringify(shown, undefined, 2)}\n`);
    }
    return status;
  },
};

function explained(resolution: QueueResolution) {
  const { protocol, handler } = resolution;
  return {
    queue: resolution.queue,
    parts: resolution.parts,
    handler: handler ? place(handler) : null,
    handlers_asked: resolution.handlers_asked,
    fields_set: resolution.fields_set,
    protocol: protocol?.kind ?? null,
    egress_pool: resolution.egress_pool ?? null,
    egress_source: resolution.egress_source ?? null,
    ready_queue: resolution.ready_queue ?? null,
    session:
      protocol?.kind === 'custom_lua'
        ? {
            constructor: protocol.constructor_event,
            constructor_handler: protocol.constructor_location
              ? place(protocol.constructor_location)
              : null,
            batch_size: protocol.batch_size,
          }
        : null,
    not_deliverable: notDeliverableReason(resolution) ?? null,
    config: resolution.config,
  };
}

function place({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}
