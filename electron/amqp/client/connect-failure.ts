/**
 * Turns whatever ends an attempt to connect (errors of the system, of TLS, of amqplib's handshake)
 * into a verdict with cause, code and the broker's own words.
 */
import type { BrokerAddress, BrokerVerdict, VerdictCause } from '../client-contract.ts';
import { probeHandshake } from './handshake-probe.ts';
import type { HandshakeAnswer } from './handshake-probe.ts';
import { rejectedCertificate } from './peer-certificate.ts';
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
    // A mail server, for one, greets and waits: its first words tell what is there.
    const answer = await probe(address, connectTimeoutMs);
    return foreignPeer(answer, address) ?? failed('connect-timeout', { limitMs: connectTimeoutMs });
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
  if (system === 'connection-lost' || (system === undefined && isForeignHandshake(message))) {
    const answer = await probe(address, connectTimeoutMs);
    if (answer.kind === 'closed') return refused(address, answer.replyCode, answer.replyText);
    // amqplib hides the alert with which a broker ends TLS behind the end of the socket.
    const alert = answer.kind === 'nothing' ? systemCause(answer.error, '', address) : undefined;
    if (alert === 'client-certificate-required' || alert === 'client-certificate-rejected') {
      return failed(alert, { replyText: reason(answer.kind === 'nothing' ? answer.error : '') });
    }
    const foreign = foreignPeer(answer, address);
    if (foreign !== undefined) return foreign;
    if (system === undefined) return failed('not-amqp');
  }
  const code = errorCode(error) ?? '';
  // ERR_OSSL_…: a certificate of this side cannot be read, and the broker was not asked for any.
  if (system === 'certificate-rejected' && !code.startsWith('ERR_OSSL_')) {
    const rejected = await rejectedCertificate(
      address,
      code,
      Math.min(connectTimeoutMs, PROBE_LIMIT_MS),
    );
    const replyText = reason(error) ?? firstLine(message);
    return failed(system, { replyText, ...(rejected === undefined ? {} : { rejected }) });
  }
  if (system !== undefined) {
    return failed(system, {
      replyText: reason(error) ?? firstLine(message),
      limitMs: connectTimeoutMs,
    });
  }
  return failed('other', { replyText: firstLine(message) });
}

/** The verdict on a peer that answered, and not as an AMQP 0-9-1 broker. */
function foreignPeer(answer: HandshakeAnswer, address: BrokerAddress): BrokerVerdict | undefined {
  if (answer.kind === 'not-amqp') {
    return brokerVerdict('failed', 'not-amqp', address, { replyText: answer.greeting });
  }
  return answer.kind === 'other-amqp'
    ? brokerVerdict('failed', 'other-amqp-version', address, { replyText: answer.version })
    : undefined;
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

function probe(address: BrokerAddress, connectTimeoutMs: number): Promise<HandshakeAnswer> {
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
  if (/^ERR_SSL_.*ALERT_/.test(code)) return alertCause(code, address.tls);
  if (
    CERTIFICATE_CODES.has(code) ||
    code.startsWith('CERT_') ||
    code.startsWith('ERR_OSSL_PEM') ||
    code.startsWith('ERR_OSSL_X509')
  ) {
    return 'certificate-rejected';
  }
  return code.startsWith('ERR_SSL_') ? 'not-tls' : undefined;
}

/**
 * What the broker's TLS alert means (RFC 8446 section 6.2). TLS 1.2 has no alert of its own for a
 * client certificate that is missing: it is a plain handshake failure there.
 */
function alertCause(code: string, { cert }: NonNullable<BrokerAddress['tls']>): VerdictCause {
  if (/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE/.test(code) && cert === undefined) {
    return 'client-certificate-required';
  }
  return /CERTIFICATE|_CA$/.test(code) ? 'client-certificate-rejected' : 'not-tls';
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
