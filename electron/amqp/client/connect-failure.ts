/**
 * Turns whatever ends an attempt to connect (errors of the system, of TLS, of amqplib's handshake)
 * into a verdict with cause, code and the broker's own words.
 */
import type { BrokerAddress, BrokerVerdict, VerdictCause } from '../client-contract.ts';
import { probeHandshake } from './handshake-probe.ts';
import { brokerVerdict } from './verdicts.ts';
import type { VerdictDetails } from './verdicts.ts';

/** The attempt took longer than the limit. */
export class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError';
}

/** How long the second look at a refused handshake may take. */
const PROBE_LIMIT_MS = 5_000;

/** amqplib 2.3.1 lib/connection.js: `Handshake terminated by server: 403 (ACCESS-REFUSED) with message "…"`. */
const CLOSE_WITH_MESSAGE = /: (\d{3}) \([^)]*\) with message "([\s\S]*)"$/;

/**
 * The verdict (always `failed`) on a failed connection attempt.
 *
 * For a refusal whose words amqplib loses, and for a peer that is no AMQP broker, the handshake is
 * repeated once by hand to learn them; that takes at most the connect limit or five seconds.
 */
export async function connectFailure(
  error: unknown,
  address: BrokerAddress,
  connectTimeoutMs: number,
): Promise<BrokerVerdict> {
  const failed = (cause: VerdictCause, details: VerdictDetails = {}): BrokerVerdict =>
    brokerVerdict('failed', cause, address, details);
  if (error instanceof ConnectTimeoutError) {
    return failed('connect-timeout', { limitMs: connectTimeoutMs });
  }
  const message = error instanceof Error ? error.message : String(error);
  const refusal = CLOSE_WITH_MESSAGE.exec(message);
  if (refusal !== null) {
    const [, code = '', text = ''] = refusal;
    return refused(address, Number(code), text);
  }
  if (message.includes('got <ConnectionClose')) {
    return refusedWithoutWords(address, connectTimeoutMs);
  }
  const system = systemCause(error, message, address);
  if (system === 'connection-lost' && address.tls === undefined) {
    const answer = await probe(address, connectTimeoutMs);
    if (answer.kind === 'not-amqp') {
      return failed('not-amqp', { replyText: answer.greeting });
    }
  }
  if (system !== undefined) {
    return failed(system, {
      replyText: reason(error) ?? firstLine(message),
      limitMs: connectTimeoutMs,
    });
  }
  if (isForeignHandshake(message)) {
    const answer = await probe(address, connectTimeoutMs);
    return answer.kind === 'closed'
      ? refused(address, answer.replyCode, answer.replyText)
      : failed('not-amqp', answer.kind === 'not-amqp' ? { replyText: answer.greeting } : {});
  }
  return failed('other', { replyText: firstLine(message) });
}

/** The broker ended the handshake with connection.close. */
function refused(address: BrokerAddress, replyCode: number, replyText: string): BrokerVerdict {
  const cause =
    replyCode === 403
      ? 'login-refused'
      : replyCode === 530
        ? 'missing-vhost'
        : refusalCause(replyCode);
  return brokerVerdict('failed', cause, address, { replyCode, replyText });
}

function refusalCause(replyCode: number): VerdictCause {
  return replyCode === 320 ? 'closed-by-operator' : 'other';
}

async function refusedWithoutWords(
  address: BrokerAddress,
  connectTimeoutMs: number,
): Promise<BrokerVerdict> {
  const answer = await probe(address, connectTimeoutMs);
  return answer.kind === 'closed'
    ? refused(address, answer.replyCode, answer.replyText)
    : brokerVerdict('failed', 'missing-vhost', address, {});
}

function probe(
  address: BrokerAddress,
  connectTimeoutMs: number,
): ReturnType<typeof probeHandshake> {
  return probeHandshake(address, Math.min(connectTimeoutMs, PROBE_LIMIT_MS));
}

const CERTIFICATE_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
]);

function systemCause(
  error: unknown,
  message: string,
  address: BrokerAddress,
): VerdictCause | undefined {
  const code = errorCode(error);
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection-refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'host-not-found';
    case 'ETIMEDOUT':
      return 'connect-timeout';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection-lost';
    case 'EPROTO':
      return 'not-tls';
    default:
      break;
  }
  if (message === 'connect ETIMEDOUT') {
    return 'connect-timeout';
  }
  if (address.tls === undefined || code === undefined) {
    return undefined;
  }
  if (
    CERTIFICATE_CODES.has(code) ||
    code.startsWith('CERT_') ||
    code.startsWith('ERR_OSSL_PEM') ||
    code.startsWith('ERR_OSSL_X509') ||
    /ALERT_.*(CERTIFICATE|CA)/.test(code)
  ) {
    return 'certificate-rejected';
  }
  return code.startsWith('ERR_SSL_') ? 'not-tls' : undefined;
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** What amqplib says when the bytes are no AMQP frames, or the peer hangs up on the protocol header. */
function isForeignHandshake(message: string): boolean {
  return (
    message.startsWith('Socket closed abruptly') ||
    message === 'Invalid frame' ||
    message.startsWith('Unknown frame type') ||
    message.startsWith('Frame size') ||
    message.startsWith('Frame on channel') ||
    message.startsWith('Expected ')
  );
}

/** OpenSSL's own short words (`wrong version number`), without addresses and source lines. */
function reason(error: unknown): string | undefined {
  return error instanceof Error && 'reason' in error && typeof error.reason === 'string'
    ? error.reason
    : undefined;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
