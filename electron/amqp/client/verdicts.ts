/**
 * The cause table: for every way in which a publish or a connection can end, the verdict and the
 * sentence that tells the person at the screen what is the case and what to do. The window and the
 * command line show these texts as they are.
 */
import type { Verdict } from '../../../lua-runtime/recording/entries.ts';
import type { BrokerAddress, BrokerVerdict, VerdictCause } from '../client-contract.ts';
import { formatHostAndPort } from './amqp-uri.ts';
import type { RejectedCertificate } from './peer-certificate.ts';

/** What is known about the case; each explanation uses what concerns it. */
export interface VerdictDetails {
  readonly replyCode?: number;
  /** The broker's own words; for causes outside AMQP, those of the system or the TLS library. */
  readonly replyText?: string | undefined;
  readonly exchange?: string;
  readonly routingKey?: string;
  readonly limitMs?: number;
  /** The broker's certificate that was not accepted. */
  readonly rejected?: RejectedCertificate;
  readonly latencyUs?: number;
}

/** Puts a verdict together, with its explanation from the cause table. */
export function brokerVerdict(
  verdict: Verdict,
  cause: VerdictCause,
  address: BrokerAddress,
  details: VerdictDetails = {},
): BrokerVerdict {
  const explain = EXPLANATIONS[cause];
  return {
    verdict,
    cause,
    ...(details.replyCode === undefined ? {} : { replyCode: details.replyCode }),
    ...(details.replyText === undefined ? {} : { replyText: details.replyText }),
    explanation: explain({ verdict, address, broker: formatHostAndPort(address), ...details }),
    ...(details.latencyUs === undefined ? {} : { latencyUs: details.latencyUs }),
  };
}

interface Case extends VerdictDetails {
  readonly verdict: Verdict;
  readonly address: BrokerAddress;
  readonly broker: string;
}

/** Where an outstanding message stands when the connection went before its confirm. */
function fate({ verdict }: Case): string {
  return verdict === 'unconfirmed'
    ? ' Whether it kept the message is not known: look in the queue before sending it again.'
    : '';
}

function words(text: string | undefined): string {
  return text === undefined || text === '' ? '' : ` (${text})`;
}

function destination({ exchange = '', routingKey = '' }: Case): string {
  return exchange === ''
    ? `the default exchange with routing key '${routingKey}'`
    : `exchange '${exchange}' with routing key '${routingKey}'`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? 'the limit' : `${ms / 1000} s`;
}

/** RabbitMQ's two answers with 530 (rabbit_direct, rabbit_access_control) read apart. */
function missingVhost({ address: { vhost, username }, broker, replyText }: Case): string {
  if (vhost === '') {
    return `The broker at ${broker} has no virtual host with an empty name${words(replyText)}. A URI that ends in a lone slash names it; write %2f after the slash for the default virtual host.`;
  }
  if (/ not found$/.test(replyText ?? '')) {
    return `The broker at ${broker} has no virtual host '${vhost}'${words(replyText)}. Create it, or correct the name.`;
  }
  if (/ refused for user /.test(replyText ?? '')) {
    return `The broker at ${broker} does not let user '${username}' into virtual host '${vhost}'${words(replyText)}. Grant the user permissions there, or use another user.`;
  }
  return `The broker at ${broker} did not open virtual host '${vhost}' for user '${username}'${words(replyText)}. Create it, grant the user access, or correct the name.`;
}

const EXPLANATIONS: { readonly [cause in VerdictCause]: (c: Case) => string } = {
  acked: () => 'The broker routed the message and took responsibility for it.',
  nacked: () =>
    'The broker refused the message, most often because a queue is full and set to reject-publish; it kept nothing. Drain the queue or raise its limit.',
  unroutable: (c) =>
    c.exchange === undefined || c.exchange === ''
      ? `No queue is named '${c.routingKey ?? ''}', so the broker dropped the message. Declare the queue or correct the routing key.`
      : `No binding of exchange '${c.exchange}' matches routing key '${c.routingKey ?? ''}', so the broker dropped the message. Add a binding or correct the routing key.`,
  'confirm-timeout': (c) =>
    `The broker did not confirm the message within ${seconds(c.limitMs)}. Whether it kept the message is not known: look in the queue, or raise the confirm limit.`,
  'missing-exchange': (c) =>
    `Exchange '${c.exchange ?? ''}' does not exist in virtual host '${c.address.vhost}', so the broker dropped the message and closed the channel. Declare the exchange or correct its name.`,
  'access-refused': (c) =>
    `The broker refused user '${c.address.username}' the right to publish here${words(c.replyText)}. Grant the write permission or use another user.`,
  'login-refused': (c) =>
    `The broker at ${c.broker} refused the login of user '${c.address.username}'. Correct the user name or the password.`,
  'missing-vhost': (c) => missingVhost(c),
  'precondition-failed': (c) =>
    `The broker closed the channel because a condition was not met${words(c.replyText)}; it kept nothing of the message. Correct the property that it names.`,
  'message-too-large': (c) =>
    `The message is larger than the broker accepts${words(c.replyText)}; it kept nothing. Send less, or raise max_message_size.`,
  'headers-too-large': () =>
    'The headers of the message are larger than 64 KiB, so it was not sent. Put the data in the payload.',
  'connection-refused': (c) =>
    `Nothing listens at ${c.broker}. Start the broker or correct the host and port.`,
  'host-not-found': (c) =>
    `The host name '${c.address.host}' cannot be resolved. Correct it or check the name service.`,
  'not-tls': (c) =>
    `${c.broker} does not speak TLS${words(c.replyText)}. Use the broker's TLS port (5671 by default), or amqp:// for a connection without TLS.`,
  'certificate-rejected': (c) =>
    c.rejected === undefined
      ? `The TLS certificates of ${c.broker} and this side do not fit${words(c.replyText)}. Give the right CA, client certificate or server name in the broker profile.`
      : `A certificate of ${c.broker} was not accepted (subject ${c.rejected.subject}; issuer ${c.rejected.issuer}): ${c.rejected.why}. ${c.rejected.advice}`,
  'client-certificate-required': (c) =>
    `${c.broker} demands a client certificate, and none was given${words(c.replyText)}. Name a certificate and its key in the broker profile.`,
  'client-certificate-rejected': (c) =>
    `${c.broker} did not accept the client certificate of this side${words(c.replyText)}. Name one in the broker profile that an authority which the broker trusts has signed.`,
  'not-amqp': (c) =>
    c.address.tls?.cert !== undefined && (c.replyText ?? '') === ''
      ? `${c.broker} ended the connection after the TLS handshake, without a word. Check that it accepts the client certificate, and that the port is for AMQP (5671 by default).`
      : `${c.broker} does not speak AMQP 0-9-1${c.replyText === undefined || c.replyText === '' ? ': it closed the connection' : `: it answered '${c.replyText}'`}. Check the port (5672 by default), and use amqps:// (TLS in the broker profile) for a TLS port.`,
  'other-amqp-version': (c) =>
    `${c.broker} speaks ${c.replyText ?? 'another AMQP'}, and kumod speaks AMQP 0-9-1. Use a broker or a port for AMQP 0-9-1, such as RabbitMQ's 5672.`,
  'connect-timeout': (c) =>
    `${c.broker} did not complete the connection within ${seconds(c.limitMs)}. Check the host, the port and what filters the way there.`,
  blocked: (c) =>
    `The broker blocks publishers${words(c.replyText)} and did not confirm the message within ${seconds(c.limitMs)}. Free its memory or disk; whether it will keep the message is not known.`,
  'connection-lost': (c) =>
    `The connection to ${c.broker} was lost${words(c.replyText)}.${fate(c)} Check the broker, the network, and whether the port is for TLS (amqps://).`,
  'heartbeat-timeout': (c) =>
    `The broker at ${c.broker} sent no heartbeat and the connection was given up.${fate(c)} Check whether the broker is overloaded or stopped.`,
  'closed-by-operator': (c) =>
    `An operator or a shutdown of the broker closed the connection${words(c.replyText)}.${fate(c)} Connect again when the broker is back.`,
  'channel-closed': (c) =>
    c.verdict === 'failed' && c.exchange !== undefined
      ? `The broker had closed the channel because of an earlier message${words(c.replyText)} and did not take this one, for ${destination(c)}. Correct the earlier message.`
      : `The broker closed the channel${words(c.replyText)}.${fate(c)}`,
  'closed-by-us': (c) =>
    c.verdict === 'unconfirmed'
      ? 'The connection was closed before the broker confirmed the message. Whether it kept the message is not known: look in the queue.'
      : 'The connection was closed on this side. Connect again to publish.',
  other: (c) =>
    `Publishing through ${c.broker} failed${c.replyCode === undefined ? '' : ` with code ${c.replyCode}`}${words(c.replyText)}.${fate(c)}`,
};
