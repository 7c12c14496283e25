import type { BridgeHandlers } from '../../bridge/contract.ts';
import type { ReadLine } from '../../bridge/log-lines.ts';
import type { MessageForm } from '../../bridge/runs.ts';
import { loggedCauseOf } from '../../../lua-runtime/log-lines/logged-cause.ts';
import {
  loggedDifferences,
  withoutTraceback,
} from '../../../lua-runtime/log-lines/logged-differences.ts';
import { readLogLines } from '../../../lua-runtime/log-lines/logged-record.ts';
import type { LoggedRecord } from '../../../lua-runtime/log-lines/logged-record.ts';
import { reproductionOf } from '../../../lua-runtime/log-lines/reproduction.ts';

type LogLineHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `logLines.${string}`>>;

export function logLineHandlers(): LogLineHandlers {
  return {
    'logLines.read': async ({ text }) => {
      const { records, skipped, problem } = readLogLines(text);
      return {
        lines: records.map(readLine),
        skipped,
        ...(problem === undefined ? {} : { problem }),
      };
    },
    'logLines.compare': async ({ logged, record }) => ({
      differences: loggedDifferences(logged, record),
    }),
  };
}

function readLine(record: LoggedRecord): ReadLine {
  const { type, code, content, site, queue, recipients, numAttempts, at } = record;
  const cause = loggedCauseOf(record);
  const line = {
    outcome: { type, code, content, site },
    words: withoutTraceback(content),
    queue,
    recipient: recipients.join(', '),
    attempt: numAttempts + 1,
    ...(at === undefined ? {} : { at }),
    ...(cause === undefined ? {} : { cause }),
  };
  const reproduction = reproductionOf(record);
  if (typeof reproduction === 'string') return { ...line, problem: reproduction, notes: [] };
  const { message, notes } = reproduction;
  return {
    ...line,
    notes: [...notes],
    form: {
      queue: message.queue,
      sender: message.sender,
      recipient: line.recipient,
      meta: message.meta as MessageForm['meta'],
      headers: message.headers,
      id: message.id,
      numAttempts,
    },
  };
}
