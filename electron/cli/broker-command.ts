import { startEmbeddedBroker } from '../host/start-embedded-broker.ts';
import { faultHelp, parseFault } from '../amqp/embedded/faults.ts';
import { parseArguments } from './arguments.ts';
import { ExitStatus, UsageError } from './cli-error.ts';
import type { Command } from './command.ts';
import { DIALECT_CHANGES_HELP, DIALECT_HELP, dialectOf } from './dialect-option.ts';
import { WIRE_HELP, WireFile } from './wire-file.ts';

const help = `Usage: kumo-workbench broker [OPTION…]

Runs the embedded broker by itself, a real AMQP 0-9-1 server on 127.0.0.1, until SIGINT or SIGTERM.
Prints its URL once it listens. It keeps nothing on disk.

  --port N                the port (default: any free one)
  --fault FAULT           how the broker misbehaves; see below
${DIALECT_HELP}
  --definitions FILE      queues, exchanges, bindings, users and permissions, in RabbitMQ's
                          definitions format
${WIRE_HELP}

${faultHelp()}

${DIALECT_CHANGES_HELP}`;

export const brokerCommand: Command = {
  name: 'broker',
  summary: 'run the embedded broker by itself',
  help,
  async run(args, io) {
    const parsed = parseArguments('broker', args, {
      port: { type: 'string' },
      fault: { type: 'string' },
      dialect: { type: 'string' },
      definitions: { type: 'string' },
      wire: { type: 'string' },
    });
    if (parsed.positionals.length > 0) {
      throw new UsageError(`broker takes no ${parsed.positionals.join(' ')}; see broker --help.`);
    }
    const port = parsed.integer('port', 0, 0, 65_535);
    const faultText = parsed.text('fault');
    const fault = faultText === undefined ? undefined : parsedFault(faultText);
    const dialect = dialectOf(parsed);
    const wireFile = parsed.text('wire');
    const wire = wireFile === undefined ? undefined : new WireFile(wireFile, io);
    const broker = await startEmbeddedBroker({
      port,
      fault,
      dialect,
      definitionsFile: parsed.text('definitions'),
      traceClient: wire?.traceClient,
    });
    io.out(`amqp://guest:guest@127.0.0.1:${broker.port}/\n`);
    await new Promise<void>((resolve) => {
      if (io.stop.aborted) resolve();
      io.stop.addEventListener('abort', () => resolve(), { once: true });
    });
    await broker.close();
    wire?.close();
    return ExitStatus.fine;
  },
};

function parsedFault(text: string) {
  try {
    return parseFault(text);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
