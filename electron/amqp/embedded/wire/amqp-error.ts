/**
 * The reply codes of AMQP 0-9-1 (section 1.2, "constants" of the XML definition) and the error the
 * engine and the server throw to close a channel or a connection with one of them.
 */

const names = {
  311: 'CONTENT_TOO_LARGE',
  312: 'NO_ROUTE',
  313: 'NO_CONSUMERS',
  320: 'CONNECTION_FORCED',
  402: 'INVALID_PATH',
  403: 'ACCESS_REFUSED',
  404: 'NOT_FOUND',
  405: 'RESOURCE_LOCKED',
  406: 'PRECONDITION_FAILED',
  501: 'FRAME_ERROR',
  502: 'SYNTAX_ERROR',
  503: 'COMMAND_INVALID',
  504: 'CHANNEL_ERROR',
  505: 'UNEXPECTED_FRAME',
  506: 'RESOURCE_ERROR',
  530: 'NOT_ALLOWED',
  540: 'NOT_IMPLEMENTED',
  541: 'INTERNAL_ERROR',
} as const;

export type ReplyCode = keyof typeof names;

/** Every reply code, ascending. */
export const replyCodes: readonly ReplyCode[] = Object.keys(names).map(
  (code) => Number(code) as ReplyCode,
);

/** `NOT_FOUND` for 404 and so on: the word RabbitMQ puts before its text. */
export function replyCodeName(code: ReplyCode): string {
  return names[code];
}

export function isReplyCode(code: number): code is ReplyCode {
  return Object.hasOwn(names, code);
}

/** The soft errors of the specification end one channel; all others end the connection. */
const channelErrors: ReadonlySet<ReplyCode> = new Set([311, 312, 313, 403, 404, 405, 406]);

/**
 * Ends the channel or the connection it happened on. `message` is the whole reply text, the code's
 * name included, as RabbitMQ writes it: `NOT_FOUND - no queue 'q' in vhost '/'`.
 */
export class AmqpError extends Error {
  override readonly name = 'AmqpError';
  readonly code: ReplyCode;
  readonly scope: 'channel' | 'connection';

  constructor(code: ReplyCode, text: string, scope?: 'channel' | 'connection') {
    super(`${names[code]} - ${text}`);
    this.code = code;
    this.scope = scope ?? (channelErrors.has(code) ? 'channel' : 'connection');
  }
}
