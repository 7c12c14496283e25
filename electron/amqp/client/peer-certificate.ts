/**
 * Which certificate of a broker was not accepted, and why. Node's error says only the why, so the TLS
 * handshake is made once more without the check and the chain is read; nothing of AMQP is sent.
 */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { BrokerAddress } from '../client-contract.ts';

export interface RejectedCertificate {
  /** Distinguished names, such as `CN=mq.example, O=Example`. */
  readonly subject: string;
  readonly issuer: string;
  /** Completes "It was not accepted: …". */
  readonly why: string;
  readonly advice: string;
}

/** How `tls.connect` is called for an address; the name is only sent where there is one. */
export function tlsConnectOptions({ host, port, tls = {} }: BrokerAddress) {
  const { serverName, ...certificates } = tls;
  const servername = serverName ?? (isIP(host) === 0 ? host : undefined);
  return { host, port, ...certificates, ...(servername === undefined ? {} : { servername }) };
}

/**
 * `code` is that of Node's error. Resolves to undefined when the broker shows no certificate any more;
 * never rejects, and takes at most `timeoutMs`.
 */
export async function rejectedCertificate(
  address: BrokerAddress,
  code: string,
  timeoutMs: number,
): Promise<RejectedCertificate | undefined> {
  const chain = await shownChain(address, timeoutMs);
  const leaf = chain[0];
  if (leaf === undefined) return undefined;
  const { certificate, why, advice } = judged(code, leaf, chain, nameOf(address));
  return { subject: named(certificate.subject), issuer: named(certificate.issuer), why, advice };
}

function nameOf({ host, tls }: BrokerAddress): string {
  return tls?.serverName ?? host;
}

function shownChain(
  address: BrokerAddress,
  timeoutMs: number,
): Promise<readonly DetailedPeerCertificate[]> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({ ...tlsConnectOptions(address), rejectUnauthorized: false });
    const finish = (chain: readonly DetailedPeerCertificate[]): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(chain);
    };
    const timer = setTimeout(() => finish([]), timeoutMs);
    socket.on('error', () => finish([]));
    socket.on('close', () => finish([]));
    socket.on('secureConnect', () => finish(chainOf(socket.getPeerCertificate(true))));
  });
}

/** From the broker's own certificate upwards; a root is its own issuer. */
function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  const seen = new Set<string>();
  let next: Partial<DetailedPeerCertificate> | undefined = leaf;
  while (isShown(next) && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/** Node gives an empty object, or nothing, where there is no certificate. */
function isShown(
  certificate: Partial<DetailedPeerCertificate> | undefined,
): certificate is DetailedPeerCertificate {
  return certificate?.raw !== undefined;
}

interface Judgement {
  readonly certificate: DetailedPeerCertificate;
  readonly why: string;
  readonly advice: string;
}

const TRUST_IT =
  'Name the file of the authority that signed it as the CA file of the broker profile.';

function judged(
  code: string,
  leaf: DetailedPeerCertificate,
  chain: readonly DetailedPeerCertificate[],
  name: string,
): Judgement {
  const last = chain[chain.length - 1] ?? leaf;
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        certificate: leaf,
        why: 'it is self-signed and not among the trusted ones',
        advice: 'If it is the right one, name its file as the CA file of the broker profile.',
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return {
        certificate: last,
        why: 'it is the root of the chain that the broker shows, and not among the trusted ones',
        advice: 'If it is the right one, name its file as the CA file of the broker profile.',
      };
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return {
        certificate: last,
        why: 'its issuer is not among the trusted authorities',
        advice: TRUST_IT,
      };
    case 'CERT_HAS_EXPIRED': {
      const expired = chain.find((one) => Date.parse(one.valid_to) < Date.now()) ?? leaf;
      return {
        certificate: expired,
        why: `it expired on ${expired.valid_to}`,
        advice: 'Renew it on the broker, or correct the clock of this machine.',
      };
    }
    case 'CERT_NOT_YET_VALID': {
      const early = chain.find((one) => Date.parse(one.valid_from) > Date.now()) ?? leaf;
      return {
        certificate: early,
        why: `it is not valid before ${early.valid_from}`,
        advice: 'Wait until then, or correct the clock of this machine.',
      };
    }
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        certificate: leaf,
        why: `it is for ${leaf.subjectaltname ?? named(leaf.subject)}, not for '${name}'`,
        advice: 'Give one of its names as the server name of the broker profile, or as the host.',
      };
    default:
      return { certificate: leaf, why: `OpenSSL says ${code}`, advice: TRUST_IT };
  }
}

/** Most specific part first; a part may come several times. */
function named(name: DetailedPeerCertificate['subject']): string {
  const parts = Object.entries(name).flatMap(([type, values]: [string, unknown]) =>
    (Array.isArray(values) ? values : [values]).map((value) => `${type}=${String(value)}`),
  );
  return parts.reverse().join(', ');
}
