/** `--log-line FILE`: a delivery that stands for a line of kumod's log. */
import { readFile } from 'node:fs/promises';
import type { MessageSource } from '../host/message-form.ts';
import type { LogRecord } from '../../lua-runtime/recording/log-record.ts';
import { loggedCauseOf } from '../../lua-runtime/log-lines/logged-cause.ts';
import { loggedDifferences } from '../../lua-runtime/log-lines/logged-differences.ts';
import { readLogLines } from '../../lua-runtime/log-lines/logged-record.ts';
import type { LoggedRecord } from '../../lua-runtime/log-lines/logged-record.ts';
import { reproductionOf } from '../../lua-runtime/log-lines/reproduction.ts';
import { CommandProblem, UsageError } from './cli-error.ts';
import type { CommandIo } from './command.ts';

export const LOG_LINE_HELP = `  --log-line FILE         the message of a log record of kumod (JSON, one a line; the first that failed;
                          - reads stdin), with its id, age and attempts: then exit status 0 when it
                          ends as the record says; the other options come on top`;

const FAILED: readonly string[] = ['Bounce', 'TransientFailure'];

export interface LogLine {
  /** Of a message without its content. */
  readonly source: Omit<MessageSource, 'data'>;
  /** `Name: value` lines; empty when none were logged. */
  readonly headers: string;
  readonly record: LoggedRecord;
}

/** Throws `UsageError` for a file that cannot be read, `CommandProblem` for one that holds no record. */
export async function readLogLine(file: string, io: CommandIo): Promise<LogLine> {
  const { records, problem } = readLogLines(await textOf(file, io));
  const record = records.find(({ type }) => FAILED.includes(type)) ?? records[0];
  if (record === undefined) {
    throw new CommandProblem(`--log-line ${file}: ${problem ?? 'The file is empty.'}`);
  }
  const reproduction = reproductionOf(record);
  if (typeof reproduction === 'string') {
    throw new CommandProblem(`--log-line ${file}: ${reproduction}`);
  }
  if (records.length > 1) {
    io.err(
      `${records.length} records; taken is ${record.type} ${record.code} in ${record.queue}.\n`,
    );
  }
  const { message, notes } = reproduction;
  for (const note of notes) io.err(`${note}\n`);
  return {
    source: {
      queue: message.queue,
      sender: message.sender,
      recipient: message.recipients.join(', '),
      meta: message.meta,
      id: message.id,
      numAttempts: message.numAttempts,
    },
    headers: message.headers,
    record,
  };
}

/** What became of it, beside what the log says; the last line empty. */
export function comparisonAccount(
  { record }: LogLine,
  here: LogRecord,
): { text: string; same: boolean } {
  const differences = loggedDifferences(record, here);
  if (differences.length === 0)
    return { text: 'It ended as the line of the log says.\n', same: true };
  const lines = ['It ended otherwise than the line of the log says.'];
  for (const { what, logged, here: found } of differences) {
    lines.push(`  ${what}`, `    log line  ${logged}`, `    here      ${found}`);
  }
  const cause = loggedCauseOf(record);
  if (cause) {
    const how = cause.fault === undefined ? '' : ` Try --fault ${cause.fault}.`;
    lines.push(`  ${cause.text}${how}`);
  }
  return { text: `${lines.join('\n')}\n`, same: false };
}

async function textOf(file: string, io: CommandIo): Promise<string> {
  if (file === '-') return new TextDecoder().decode(await io.readStdin());
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--log-line ${file} cannot be read (${why}); name a readable file or -.`);
  }
}
