import type { Entry, SourceLocation } from '../../electron/bridge/contract.ts';
import { verdictLook, warningWord, type Tone } from '../deliveries/verdict-words.ts';
import {
  formatBytes,
  formatMicroseconds,
  formatQuantity,
  formatSeconds,
} from '../wording/quantities.ts';
import { luaLiteral } from './lua-literal.ts';

/** One line of the timeline. `text` may hold code between backticks. */
export interface EntryWords {
  readonly tone: Tone;
  readonly text: string;
  readonly location?: SourceLocation;
}

/** Text that may hold backticks itself, as code. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function verdictText(entry: Extract<Entry, { kind: 'verdict' }>): string {
  const reply = [entry.reply_code, entry.reply_text].filter((part) => part !== undefined).join(' ');
  const after =
    entry.latency_us === undefined ? '' : ` after ${formatMicroseconds(entry.latency_us)}`;
  switch (entry.verdict) {
    case 'acked':
      return `broker acked${after}`;
    case 'nacked':
      return `broker nacked${after}: it did not take the message`;
    case 'unroutable':
      return `broker returned it as unroutable${reply ? `: ${reply}` : ''}`;
    case 'unconfirmed':
      return `broker did not confirm${after}`;
    case 'failed':
      // Without a code it is not the broker that speaks: it was not reached, or nothing was written.
      if (entry.reply_code !== undefined) return `broker refused: ${reply}`;
      return entry.reply_text === undefined
        ? (entry.explanation ?? 'the broker was not reached')
        : `not sent: ${entry.reply_text}`;
  }
}

function queueText(entry: Extract<Entry, { kind: 'queue-config' }>): string {
  const { resolution } = entry;
  if (resolution.error) return `get_queue_config failed: ${resolution.error.summary}`;
  if (resolution.handler) return `get_queue_config answered for ${code(resolution.queue)}`;
  return resolution.handlers_asked === 0
    ? 'no get_queue_config handler, defaults apply'
    : 'no get_queue_config handler answered, defaults apply';
}

function sessionText(entry: Extract<Entry, { kind: 'session' }>): string {
  const why = entry.reason === undefined ? '' : `: ${entry.reason}`;
  switch (entry.state) {
    case 'opened':
      return `session opened, ${code(entry.constructor_event)}`;
    case 'failed':
      return `session failed${why}`;
    case 'disconnected':
      return `session disconnected${why}`;
    case 'closed':
      return `session closed${why}`;
  }
}

/**
 * What an entry says, in plain words.
 *
 * @param answer the result of a host call, when it has one
 */
export function entryWords(
  entry: Entry,
  answer?: Extract<Entry, { kind: 'host-result' }>,
): EntryWords {
  const { location } = entry;
  switch (entry.kind) {
    case 'run':
      return {
        tone: 'plain',
        text: `run of ${code(entry.policy)} with ${entry.engine === 'lua54' ? 'Lua 5.4' : 'fengari, Lua 5.3'}, broker ${entry.broker.profile}${entry.fault === undefined ? '' : `, fault ${code(entry.fault)}`}`,
      };
    case 'file':
      return { tone: 'plain', text: `read ${code(entry.path)}` };
    case 'message':
      return {
        tone: 'plain',
        text: `message for ${code(entry.queue)}, ${formatBytes(entry.data.length)}, attempt ${entry.num_attempts + 1}`,
      };
    case 'load':
      return {
        tone: 'plain',
        text: `policy loaded in ${formatMicroseconds(entry.duration_us)}`,
        location,
      };
    case 'call':
      return {
        tone: 'plain',
        text: `${code(`${entry.event}(${entry.arguments.map((a) => luaLiteral(a)).join(', ')})`)} called`,
        location,
      };
    case 'return':
      return {
        tone: entry.failed ? 'fail' : 'plain',
        text: entry.failed
          ? `${code(entry.event)} failed after ${formatMicroseconds(entry.duration_us)}`
          : entry.values.length === 0
            ? `${code(entry.event)} returned nothing`
            : `${code(entry.event)} returned ${code(entry.values.map((v) => luaLiteral(v)).join(', '))}`,
        location,
      };
    case 'queue-config':
      return {
        tone: entry.resolution.error ? 'fail' : 'info',
        text: queueText(entry),
        location: entry.resolution.error?.location ?? entry.resolution.handler ?? location,
      };
    case 'session':
      return {
        tone: entry.state === 'opened' || entry.state === 'closed' ? 'plain' : 'fail',
        text: sessionText(entry),
        location,
      };
    case 'host-call':
      if (!answer) return { tone: 'plain', text: `${code(entry.name)} asked, no answer`, location };
      return answer.error === undefined
        ? {
            tone: 'plain',
            text: `${code(entry.name)}, ${formatMicroseconds(answer.duration_us)}`,
            location,
          }
        : { tone: 'fail', text: `${code(entry.name)} failed: ${answer.error}`, location };
    case 'host-result':
      return entry.error === undefined
        ? {
            tone: 'plain',
            text: `${code(entry.name)} answered after ${formatMicroseconds(entry.duration_us)}`,
            location,
          }
        : { tone: 'fail', text: `${code(entry.name)} failed: ${entry.error}`, location };
    case 'print':
      return {
        tone: entry.level === 'error' ? 'fail' : entry.level === 'warn' ? 'warn' : 'plain',
        text: `${entry.source === 'log' ? `logged at ${entry.level}` : 'printed'}: ${code(entry.text)}`,
        location,
      };
    case 'publish':
      return {
        tone: 'info',
        text: `publish to ${entry.exchange === '' ? 'the default exchange' : code(entry.exchange)} with key ${code(entry.routing_key)}, ${formatBytes(entry.size)}`,
        location,
      };
    case 'verdict':
      return { tone: verdictLook(entry.verdict).tone, text: verdictText(entry), location };
    case 'reject':
      return {
        tone: 'fail',
        text: `script rejected with ${entry.code} ${code(entry.text)}${entry.disconnect === undefined ? '' : ', and disconnects'}`,
        location,
      };
    case 'error':
      return {
        tone: 'fail',
        text: `error in ${code(entry.during)}: ${entry.failure.summary}`,
        location: entry.failure.location ?? location,
      };
    case 'warning': {
      const isLoss = entry.code === 'silent-loss' || entry.code === 'possible-loss';
      const word =
        isLoss || entry.code === 'possible-duplicate' ? `${warningWord(entry.code)}: ` : '';
      return { tone: isLoss ? 'fail' : 'warn', text: `${word}${entry.text}`, location };
    }
    case 'limit':
      return { tone: 'fail', text: entry.text, location };
    case 'event':
      return { tone: 'plain', text: `event ${code(entry.event)} fired by hand` };
    case 'intervention':
      return {
        tone: 'warn',
        text:
          entry.query.kind === 'evaluate'
            ? `evaluated in the debugger: ${code(entry.query.expression)}`
            : `set in the debugger: ${code(`${entry.query.name} = ${entry.query.value}`)}`,
        location,
      };
    case 'record': {
      const { record, next_attempt: next } = entry;
      const after = next
        ? next.expires
          ? ', then the message expires'
          : `, next attempt in ${formatSeconds(next.delay_seconds)}`
        : '';
      return {
        tone:
          record.type === 'Delivery' ? 'ok' : record.type === 'TransientFailure' ? 'warn' : 'fail',
        text: `kumod logs ${record.type} ${record.response.code} ${code(record.response.content)}${after}`,
      };
    }
    case 'summary':
      return { tone: 'plain', text: `${formatQuantity(entry.messages, 'message')} in this run` };
    case 'end':
      return { tone: 'plain', text: entry.cancelled ? 'run cancelled' : 'run ended' };
  }
}
