/**
 * What the words of a record tell about the broker: the texts of kumod's client libraries, which a
 * script's error carries into the log (kumod-error-text.ts of electron/amqp/client makes the same ones).
 */
import type { LoggedRecord } from './logged-record.ts';

export interface LoggedCause {
  /** What happened, as a sentence. */
  readonly text: string;
  /** The fault of the embedded broker that makes it happen again, in the command line's spelling. */
  readonly fault?: string;
}

interface Sign {
  readonly words: RegExp;
  readonly cause: (match: RegExpExecArray) => LoggedCause;
}

/** lapin's names of AMQP's reply codes (amq-protocol 7.2.3 src/generated.rs 116-210). */
const SOFT: { readonly [name: string]: number } = {
  'CONTENT-TOO-LARGE': 311,
  'NO-CONSUMERS': 313,
  'ACCESS-REFUSED': 403,
  'NOT-FOUND': 404,
  'RESOURCE-LOCKED': 405,
  'PRECONDITION-FAILED': 406,
};
const HARD: { readonly [name: string]: number } = {
  'CONNECTION-FORCED': 320,
  'INVALID-PATH': 402,
  'FRAME-ERROR': 501,
  'SYNTAX-ERROR': 502,
  'COMMAND-INVALID': 503,
  'CHANNEL-ERROR': 504,
  'UNEXPECTED-FRAME': 505,
  'RESOURCE-ERROR': 506,
  'NOT-IMPLEMENTED': 540,
  'INTERNAL-ERROR': 541,
};

const always = (text: string, fault?: string) => (): LoggedCause =>
  fault === undefined ? { text } : { text, fault };

/** The first that fits. */
const SIGNS: readonly Sign[] = [
  {
    words: /only one connection attempt per session/,
    cause: always(
      'An earlier message of the same session failed and closed the connection; this one paid for it. Deliver two messages in one session with the fault of the earlier line.',
    ),
  },
  {
    words: /Login was refused|ACCESS_REFUSED - Login|AMQP network error: peer shutdown/,
    cause: always('The broker refused the login.', 'auth'),
  },
  {
    words: /NOT-ALLOWED|NOT_ALLOWED|vhost .{1,200} not found/,
    cause: always('The broker refused the virtual host.', 'vhost'),
  },
  {
    words: /Connection refused/,
    cause: always('Nobody listened at the broker’s port.', 'refuse'),
  },
  {
    words: /AMQP soft error: ([A-Z-]+)/,
    cause: ([, name = '']) => closed('channel', name, SOFT[name]),
  },
  {
    words: /AMQP hard error: ([A-Z-]+)/,
    cause: ([, name = '']) => closed('connection', name, HARD[name]),
  },
  {
    words: /connection aborted|Connection reset by peer|Broken pipe|connection interrupted/,
    cause: always('The connection to the broker broke.', 'reset'),
  },
  {
    words: /no heartbeat received/,
    cause: always('The broker stood still for longer than two heartbeats.'),
  },
  {
    words: /invalid (?:channel|connection) state/,
    cause: always(
      'The connection had been closed before this message came to it: the line of an earlier message tells why.',
    ),
  },
  {
    words: /deadline has elapsed|Timeout occurred/,
    cause: always(
      'The broker did not answer in time, as it does when it blocks publishers.',
      'block',
    ),
  },
  {
    words: /NO_ROUTE|NO-ROUTE|"reply_code":\s*312/,
    cause: always('No queue took the message, and the broker gave it back.', 'unroutable'),
  },
  {
    words: /"status":\s*"Nack"/,
    cause: always('The broker refused to keep the message.', 'nack'),
  },
  {
    words: /error converting Lua (?:nil|boolean|table) to String/,
    cause: always('`send` returned no text. No fault of the broker is needed for that.'),
  },
];

function closed(
  what: 'channel' | 'connection',
  name: string,
  code: number | undefined,
): LoggedCause {
  const text = `The broker closed the ${what}: ${name}.`;
  return code === undefined ? { text } : { text, fault: `close-${what}:${code}` };
}

/** Undefined when the words tell nothing about the broker. */
export function loggedCauseOf({ content }: Pick<LoggedRecord, 'content'>): LoggedCause | undefined {
  for (const { words, cause } of SIGNS) {
    const match = words.exec(content);
    if (match) return cause(match);
  }
  return undefined;
}
