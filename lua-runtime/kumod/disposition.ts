/**
 * What kumod makes of the end of a custom_lua attempt.
 * KumoMTA crates/kumod/src/lua_deliver.rs 192-361 and ready_queue.rs 2073-2236.
 */
import type { LogRecordType } from '../recording/log-record.ts';

/** How an attempt ended, as seen from outside the script. */
export type AttemptEnd =
  /** `send` or `send_batch` returned a value that converts to a string. */
  | { readonly kind: 'returned'; readonly text: string }
  /** The script raised `kumo.reject` or `kumo.disconnect`, and it arrived unflattened. */
  | { readonly kind: 'rejected'; readonly code: number; readonly text: string }
  /** Anything else that went wrong in `send`: `text` with kumod's context, see `SEND_FAILURE`. */
  | { readonly kind: 'failed'; readonly text: string }
  /** No connection object: the constructor failed, or a session is used again after it closed. */
  | { readonly kind: 'not-connected'; readonly text: string };

export interface Disposition {
  readonly type: LogRecordType & ('Delivery' | 'TransientFailure' | 'Bounce');
  readonly code: number;
  readonly content: string;
  /** True: the record names the constructor as peer. False: peer_address is null. */
  readonly has_peer: boolean;
  /** True: kumod calls the connection object's `close` now, and the session cannot connect again. */
  readonly closes_connection: boolean;
  /** True: kumod ends the session without calling `close`. */
  readonly ends_session: boolean;
}

/** Contexts that kumod puts before the text of an error in `send`: lua_deliver.rs 212-236. */
export const SEND_FAILURE = {
  methodNotFound: (method: string, text: string) => `sender:${method} method not found: ${text}`,
  methodFailed: (method: string, text: string) => `sender:${method} method failed: ${text}`,
  invalidConnection: 'invalid connection object',
} as const;

/** The refusal of a second connect in a session: lua_deliver.rs 145-147. */
export const ONE_ATTEMPT_PER_SESSION = 'only one connection attempt per session';

export function dispositionOf(end: AttemptEnd): Disposition {
  switch (end.kind) {
    case 'returned':
      return connected('Delivery', 200, end.text);
    case 'rejected': {
      // Every code outside 400-499 is permanent, even 250 or 0.
      const transient = end.code >= 400 && end.code < 500;
      return {
        ...connected(transient ? 'TransientFailure' : 'Bounce', end.code, end.text),
        closes_connection: end.code === 421,
      };
    }
    case 'failed':
      return {
        type: 'TransientFailure',
        code: 400,
        content: `KumoMTA internal: error in deliver_message: ${end.text}`,
        has_peer: false,
        closes_connection: true,
        ends_session: false,
      };
    case 'not-connected':
      return {
        type: 'TransientFailure',
        code: 400,
        content: `KumoMTA internal: failed to connect to any candidate hosts: ${end.text}`,
        has_peer: false,
        closes_connection: false,
        ends_session: true,
      };
  }
}

function connected(type: Disposition['type'], code: number, content: string): Disposition {
  return {
    type,
    code,
    content,
    has_peer: true,
    closes_connection: false,
    ends_session: false,
  };
}

/** The first truth in a few words, for an attempt's row: what the script returned, or how it ended. */
export function shortTold(end: AttemptEnd, lastConfirmStatus: string | undefined): string {
  if (end.kind === 'returned') return oneLine(end.text);
  if (end.kind === 'rejected' && lastConfirmStatus !== undefined) return lastConfirmStatus;
  if (end.kind === 'rejected') return `reject ${end.code}`;
  return 'error';
}

const TOLD_LENGTH = 80;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= TOLD_LENGTH ? line : `${line.slice(0, TOLD_LENGTH - 1)}…`;
}
