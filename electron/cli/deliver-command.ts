import { readFile } from 'node:fs/promises';
import { faultHelp, formatFault, parseFault } from '../amqp/embedded/faults.ts';
import { MOST_ATTEMPTS } from '../../lua-runtime/kumod/runtime-contract.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import { messageAccount, runAccount } from './delivery-account.ts';
import type { ConfirmPolicy } from '../host/broker-profiles.ts';
import { DeliveryRun } from '../host/delivery-run.ts';
import type { FinishedDelivery } from '../host/attempt-completion.ts';
import { createMessageFactory, messageData } from '../host/message-form.ts';
import { observedBroker } from '../host/run-broker.ts';
import {
  engineOf,
  limitsOf,
  parseArguments,
  POLICY_OPTIONS,
  POLICY_OPTIONS_HELP,
} from './arguments.ts';
import type { ParsedArguments } from './arguments.ts';
import { openCliBroker } from './cli-broker.ts';
import { ExitStatus, UsageError } from './cli-error.ts';
import type { Command, CommandIo } from './command.ts';
import { DIALECT_HELP, dialectOf } from './dialect-option.ts';
import { metaOf } from './key-value.ts';
import { comparisonAccount, LOG_LINE_HELP, readLogLine } from './log-line.ts';
import { policyArgument } from './policy-argument.ts';
import { RunReadings } from './run-readings.ts';
import { summaryAccount } from './summary-account.ts';
import { WIRE_HELP, WireFile } from './wire-file.ts';

const MOST_MESSAGES = 10_000_000;
const DEFAULT_BODY = '{"type":"Delivery","queue":"example.com"}\n';

const help = `Usage: kumo-workbench deliver POLICY --queue QUEUE [OPTION…]

Delivers messages through the policy as kumod would and tells for each: what the script was told,
what the broker did, what kumod would log. Exit status 0 when every message ended in a Delivery that
the broker kept, else 1. --queue may be left out with --log-line.

  POLICY                  a .lua file, or a folder with init.lua
  --queue QUEUE           [[campaign:]tenant@]domain[!routing_domain]
  --data FILE             the message as it is, headers and all; - reads it from stdin
  --sender ADDRESS        envelope sender (default sender@example.com)
  --recipient ADDRESS     envelope recipient; several separated by commas (default: at the domain)
  --meta NAME=VALUE       metadata, JSON or text; may be repeated
  --id ID                 the message's id, 32 hexadecimal digits, which tell its age (default: a new
                          one; the other messages of a run get new ones)
  --num-attempts N        attempts before this one (default 0)
${LOG_LINE_HELP}
  --count N               how many messages (default 1)
  --seconds N             a load run: messages for so long, with --count the most
  --sessions N            how many sessions at once, each a Lua context (default 1)
  --broker embedded|URL|PROFILE
                          where publishes go, whatever address the policy names (default embedded);
                          as-written dials what the policy says; PROFILE is one of the Brokers panel
                          (KUMO_WORKBENCH_BROKER_PASSWORD stands for its password)
  --fault FAULT           how the embedded broker misbehaves; see below
${DIALECT_HELP}
  --definitions FILE      queues, exchanges and bindings of the embedded broker, in RabbitMQ's
                          definitions format (default: definitions.json beside the policy)
  --confirms broker|kumod what the script sees of a confirm: what the broker did (default), or
                          NotRequested, as kumod reports; a profile has its own default
  --confirm-timeout MS    how long a confirm is awaited (default 5000, or the profile's)
  --json                  the recording: one entry a line, before the last a summary
  --quiet                 no account of each message; a summary goes to stderr, as it does after
                          more than one message
  --coverage DIR          replays the run and writes DIR/lcov.info; the shares go to stderr
  --profile FILE          replays the run and writes a .cpuprofile, for Chrome, VS Code, speedscope
${WIRE_HELP}
${POLICY_OPTIONS_HELP}

${faultHelp()}`;

const OPTIONS = {
  ...POLICY_OPTIONS,
  queue: { type: 'string' },
  data: { type: 'string' },
  sender: { type: 'string' },
  recipient: { type: 'string' },
  meta: { type: 'string', multiple: true },
  id: { type: 'string' },
  'num-attempts': { type: 'string' },
  'log-line': { type: 'string' },
  count: { type: 'string' },
  seconds: { type: 'string' },
  sessions: { type: 'string' },
  broker: { type: 'string' },
  fault: { type: 'string' },
  dialect: { type: 'string' },
  definitions: { type: 'string' },
  confirms: { type: 'string' },
  'confirm-timeout': { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  coverage: { type: 'string' },
  profile: { type: 'string' },
  wire: { type: 'string' },
} as const;

export const deliverCommand: Command = {
  name: 'deliver',
  summary: 'deliver messages through a policy and show what the broker did',
  help,
  async run(args, io) {
    const parsed = parseArguments('deliver', args, OPTIONS);
    const [policy, ...rest] = parsed.positionals;
    const logFile = parsed.text('log-line');
    if (policy === undefined || rest.length > 0 || !(parsed.text('queue') || logFile)) {
      throw new UsageError('Give one policy and a queue: deliver POLICY --queue QUEUE.');
    }
    const { root, file } = policyArgument(policy);
    const limits = limitsOf(parsed);
    const engine = engineOf(parsed);
    const seconds = secondsOf(parsed);
    const count = parsed.integer(
      'count',
      seconds === undefined ? 1 : MOST_MESSAGES,
      1,
      MOST_MESSAGES,
    );
    const sessions = parsed.integer('sessions', 1, 1, 32);
    if (logFile === '-' && parsed.text('data') === '-') {
      throw new UsageError('Only one of --log-line and --data can read stdin.');
    }
    const logLine = logFile === undefined ? undefined : await readLogLine(logFile, io);
    const queue = parsed.text('queue') || (logLine?.source.queue ?? '');
    const seed = Math.floor(Math.random() * 0xffff_ffff);
    const makeMessage = createMessageFactory(
      {
        queue,
        sender: parsed.text('sender') ?? logLine?.source.sender ?? 'sender@example.com',
        recipient: parsed.text('recipient') ?? logLine?.source.recipient ?? '',
        meta: { ...logLine?.source.meta, ...metaOf(parsed.texts('meta')) },
        data: await dataOf(parsed, io, logLine?.headers),
        id: parsed.text('id') ?? logLine?.source.id,
        numAttempts: parsed.integer(
          'num-attempts',
          logLine?.source.numAttempts ?? 0,
          0,
          MOST_ATTEMPTS,
        ),
      },
      seed,
    );
    const wireFile = parsed.text('wire');
    const wire = wireFile === undefined ? undefined : new WireFile(wireFile, io);
    const broker = await openCliBroker({
      name: parsed.text('broker') ?? 'embedded',
      fault: faultOf(parsed),
      dialect: dialectOf(parsed),
      definitions: parsed.text('definitions'),
      policyFolder: root,
      confirms: confirmsOf(parsed),
    });
    const readings = new RunReadings({
      coverage: parsed.text('coverage'),
      profile: parsed.text('profile'),
      root,
    });
    try {
      const json = parsed.flag('json');
      const quiet = parsed.flag('quiet');
      let notKept = 0;
      let asLogged: boolean | undefined;
      const run = new DeliveryRun({
        runId: 'run-1',
        policy: { engine, workspaceRoot: root, policyFile: file, environment: {}, limits },
        seed,
        queue,
        count,
        seconds,
        sessions,
        makeMessage,
        broker: wire ? observedBroker(broker.runBroker, wire.observer) : broker.runBroker,
        onEntry: (entry) => {
          readings.add(entry);
          if (json) io.out(`${JSON.stringify(entry)}\n`);
          else if (!quiet) io.out(runAccount(entry));
        },
        onFinished: (delivery) => {
          if (!isKept(delivery.entries)) notKept++;
          if (!json && !quiet) io.out(messageAccount(delivery));
          const ended = delivery.entries.find((entry) => entry.kind === 'record');
          if (logLine === undefined || delivery.message.message !== 1 || !ended) return;
          const { text, same } = comparisonAccount(logLine, ended.record);
          asLogged = same;
          if (json) io.err(text);
          else io.out(text);
        },
      });
      io.stop.addEventListener('abort', () => run.cancel(), { once: true });
      const end = await run.run();
      const { summary } = end;
      if (summary && !json && (quiet || count > 1)) io.err(summaryAccount(summary));
      if (end.problem !== undefined) io.err(`${end.problem}\n`);
      if (end.bug) return ExitStatus.bug;
      await readings.write(io);
      if (asLogged !== undefined) return asLogged ? ExitStatus.fine : ExitStatus.findings;
      const complete = end.state === 'finished' && summary?.not_tried === 0;
      return complete && notKept === 0 ? ExitStatus.fine : ExitStatus.findings;
    } finally {
      readings.close();
      await broker.close();
      wire?.close();
    }
  },
};

/** A Delivery without a loss warning: all three truths agree that the message arrived. */
function isKept(entries: FinishedDelivery['entries']): boolean {
  return entries.every((entry: Entry) => {
    if (entry.kind === 'record') return entry.record.type === 'Delivery';
    if (entry.kind === 'warning')
      return entry.code !== 'silent-loss' && entry.code !== 'possible-loss';
    return true;
  });
}

async function dataOf(parsed: ParsedArguments, io: CommandIo, headers = ''): Promise<Uint8Array> {
  const file = parsed.text('data');
  if (file === undefined) return messageData(headers, DEFAULT_BODY);
  if (file === '-') return io.readStdin();
  try {
    return await readFile(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--data ${file} cannot be read (${why}); name a readable file or -.`);
  }
}

function secondsOf(parsed: ParsedArguments): number | undefined {
  return parsed.text('seconds') === undefined ? undefined : parsed.integer('seconds', 1, 1, 86_400);
}

function confirmsOf(parsed: ParsedArguments): Partial<ConfirmPolicy> {
  const confirms = parsed.text('confirms');
  if (confirms !== undefined && confirms !== 'broker' && confirms !== 'kumod') {
    throw new UsageError('--confirms must be broker or kumod.');
  }
  return {
    ...(confirms === undefined ? {} : { confirms }),
    ...(parsed.text('confirm-timeout') === undefined
      ? {}
      : { confirmTimeoutMs: parsed.integer('confirm-timeout', 5_000, 100, 600_000) }),
  };
}

/** In its canonical spelling. */
function faultOf(parsed: ParsedArguments): string | undefined {
  const text = parsed.text('fault');
  if (text === undefined) return undefined;
  try {
    return formatFault(parseFault(text));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
