/**
 * What a script under kumod reads when AMQP fails: the texts of the client libraries that kumod is
 * built on. The cause is known here as a verdict; the words are the libraries' own.
 *
 * lapin 2.5.5 src/error.rs 56-86 (Display), amq-protocol 7.2.3 src/protocol.rs 74-115 and
 * src/generated.rs 116-210 (AMQP errors), amq-protocol-uri 7.2.3 src/lib.rs (URIs), amqprs 2.1.5
 * src/api/error.rs 60-83, src/net/error.rs 38-50 and src/api/connection.rs 640-704, deadpool 0.12
 * src/managed/errors.rs. KumoMTA passes them on with crates/config/src/lib.rs 420 (`any_err`).
 */
import type { AmqpUriError } from './amqp-uri.ts';
import type { BrokerVerdict, VerdictCause } from '../client-contract.ts';

/** tokio's `Elapsed`, which both clients show for their own limits. */
export const DEADLINE_ELAPSED = 'deadline has elapsed';

const SOFT_ERRORS: { readonly [code: number]: string } = {
  311: 'CONTENT-TOO-LARGE',
  312: 'NO-ROUTE',
  313: 'NO-CONSUMERS',
  403: 'ACCESS-REFUSED',
  404: 'NOT-FOUND',
  405: 'RESOURCE-LOCKED',
  406: 'PRECONDITION-FAILED',
};
const HARD_ERRORS: { readonly [code: number]: string } = {
  320: 'CONNECTION-FORCED',
  402: 'INVALID-PATH',
  501: 'FRAME-ERROR',
  502: 'SYNTAX-ERROR',
  503: 'COMMAND-INVALID',
  504: 'CHANNEL-ERROR',
  505: 'UNEXPECTED-FRAME',
  506: 'RESOURCE-ERROR',
  530: 'NOT-ALLOWED',
  540: 'NOT-IMPLEMENTED',
  541: 'INTERNAL-ERROR',
};

/** `kumo.amqp.build_client` could not connect. */
export function lapinConnectError(verdict: BrokerVerdict): string {
  if (verdict.cause === 'connect-timeout') {
    return DEADLINE_ELAPSED;
  }
  return lapinProtocolError(verdict) ?? lapinIoError(verdict);
}

/** `kumo.amqp.build_client` was given something that is no AMQP URI. */
export function lapinUriError(error: AmqpUriError): string {
  switch (error.part) {
    case 'form':
      return 'IO error: relative URL without a base';
    case 'scheme':
      return `IO error: Invalid AMQP scheme: ${error.found.toLowerCase()}`;
    case 'port':
    case 'host':
      return 'IO error: invalid port number';
    case 'heartbeat':
      return /^\d+$/.test(error.found)
        ? 'IO error: number too large to fit in target type'
        : 'IO error: invalid digit found in string';
    case 'percent-encoding':
      return 'IO error: invalid utf-8 sequence of 1 bytes from index 0';
  }
}

/**
 * `client:publish` or `client:close` on a client whose channel is gone. A channel that the broker or
 * the script closed is `Closed`; one that the end of its connection took along is `Error`
 * (lapin src/channel.rs 176-201, src/channels.rs 108-143).
 */
export function lapinChannelStateError({ cause }: BrokerVerdict): string {
  return CONNECTION_ENDS.has(cause)
    ? 'invalid channel state: Error'
    : 'invalid channel state: Closed';
}

const CONNECTION_ENDS: ReadonlySet<VerdictCause> = new Set([
  'connection-lost',
  'heartbeat-timeout',
  'closed-by-operator',
  'other',
]);

/** Waiting for a confirm ended without one (lapin src/channel.rs 190-209, error_publisher_confirms). */
export function lapinConfirmError(verdict: BrokerVerdict): string {
  switch (verdict.cause) {
    case 'heartbeat-timeout':
      return 'no heartbeat received from server for too long';
    case 'closed-by-us':
      return 'invalid channel state: Closed';
    case 'headers-too-large':
    case 'other':
      return (
        lapinProtocolError(verdict) ??
        `failed to serialise: ${verdict.replyText ?? verdict.explanation}`
      );
    default:
      return lapinProtocolError(verdict) ?? lapinIoError(verdict);
  }
}

/** `kumo.amqp.basic_publish` could not connect: deadpool's words around amqprs' words. */
export function amqprsConnectError(verdict: BrokerVerdict, connectTimeoutSet: boolean): string {
  if (verdict.cause === 'connect-timeout' && connectTimeoutSet) {
    return 'Timeout occurred while creating a new object';
  }
  return amqprsPoolError(amqprsError(verdict));
}

/** What deadpool puts before an error of the connection that it was creating. */
export function amqprsPoolError(text: string): string {
  return `Error occurred while creating a new object: ${text}`;
}

function lapinProtocolError({ replyCode, replyText = '' }: BrokerVerdict): string | undefined {
  if (replyCode === undefined) {
    return undefined;
  }
  const soft = SOFT_ERRORS[replyCode];
  if (soft !== undefined) {
    return `protocol error: AMQP soft error: ${soft}: ${replyText}`;
  }
  const hard = HARD_ERRORS[replyCode];
  return hard === undefined
    ? 'invalid connection state: Closed'
    : `protocol error: AMQP hard error: ${hard}: ${replyText}`;
}

function lapinIoError(verdict: BrokerVerdict): string {
  return `IO error: ${systemError(verdict)}`;
}

function amqprsError(verdict: BrokerVerdict): string {
  const { cause, replyCode, replyText = '' } = verdict;
  if (cause === 'login-refused') {
    // amqprs does not announce authentication_failure_close, so RabbitMQ only ends the socket.
    return 'AMQP network error: peer shutdown';
  }
  if (cause === 'not-amqp' || cause === 'other-amqp-version') {
    return `AMQP network error: ${replyText === '' ? 'peer shutdown' : 'connection interrupted'}`;
  }
  if (replyCode === undefined) {
    return `AMQP network error: network io error: ${systemError(verdict)}`;
  }
  const text = `ShortStr(${Buffer.byteLength(replyText)}, ${rustDebug(replyText)})`;
  const close = `Close { reply_code: ${replyCode}, reply_text: ${text}, class_id: 10, method_id: 40 }`;
  return `AMQP connection open error: failed to open connection, reason: Close(MethodHeader { class_id: 10, method_id: 50 }, ${close})`;
}

/** Rust's `std::io::Error` on Linux. */
function systemError({ cause, replyText, explanation }: BrokerVerdict): string {
  switch (cause) {
    case 'connection-refused':
      return 'Connection refused (os error 111)';
    case 'host-not-found':
      return 'failed to lookup address information: Name or service not known';
    case 'connect-timeout':
      return 'Connection timed out (os error 110)';
    case 'connection-lost':
      return replyText?.includes('ECONNRESET') === true
        ? 'Connection reset by peer (os error 104)'
        : 'connection aborted';
    case 'not-amqp':
    case 'other-amqp-version':
      return 'connection aborted';
    default:
      return replyText ?? explanation;
  }
}

function rustDebug(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
