/**
 * Envelope addresses: KumoMTA crates/rfc5321/src/parser.rs 395-550, grammar of RFC 5321 section 4.1.2.
 * Case is preserved; a source route is accepted and dropped.
 */

export type EnvelopeAddress =
  | { readonly kind: 'null' }
  | { readonly kind: 'postmaster' }
  | {
      readonly kind: 'mailbox';
      /** As written, quotes included. */
      readonly localPart: string;
      /** A domain name, or an address literal with its brackets. */
      readonly domain: string;
    };

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\u{10FFFF}-]+";
const DOT_STRING = `${ATOM}(?:\\.${ATOM})*`;
const QUOTED_STRING = '"(?:[ !#-\\[\\]-~\\u0080-\\u{10FFFF}]|\\\\[ -~])*"';
const LABEL =
  '[A-Za-z0-9_\\u0080-\\u{10FFFF}](?:[A-Za-z0-9_\\u0080-\\u{10FFFF}-]*[A-Za-z0-9_\\u0080-\\u{10FFFF}])?';
const DOMAIN_NAME = `${LABEL}(?:\\.${LABEL})*\\.?`;
const ADDRESS_LITERAL = '\\[[!-Z^-~]+\\]';
const DOMAIN = `(?:${DOMAIN_NAME}|${ADDRESS_LITERAL})`;
const SOURCE_ROUTE = `@${DOMAIN}(?:,@${DOMAIN})*:`;
const MAILBOX = `(?<local>${DOT_STRING}|${QUOTED_STRING})@(?<domain>${DOMAIN})`;

const BARE_MAILBOX = new RegExp(`^${MAILBOX}$`, 'u');
const BRACKETED_PATH = new RegExp(`^<(?:${SOURCE_ROUTE})?${MAILBOX}>$`, 'u');
const POSTMASTER = /^(?:<postmaster>|postmaster)$/i;

/** Both spellings of the null sender. */
const NULL_ADDRESS: EnvelopeAddress = { kind: 'null' };

/**
 * Reads `user@domain`, `<user@domain>`, `Postmaster`, `<>` or the empty string.
 * @throws Error when `text` is none of them.
 */
export function parseEnvelopeAddress(text: string): EnvelopeAddress {
  if (text === '' || text === '<>') return NULL_ADDRESS;
  if (POSTMASTER.test(text)) return { kind: 'postmaster' };
  const match = BARE_MAILBOX.exec(text) ?? BRACKETED_PATH.exec(text);
  const localPart = match?.groups?.local;
  const domain = match?.groups?.domain;
  if (localPart === undefined || domain === undefined) {
    throw new Error(`\`${text}\` is not an envelope address of the form user@domain`);
  }
  return { kind: 'mailbox', localPart, domain };
}

/** The local part without quoting; `postmaster` and the null sender have fixed ones. */
export function addressUser(address: EnvelopeAddress): string {
  if (address.kind === 'null') return '';
  if (address.kind === 'postmaster') return 'postmaster';
  if (!address.localPart.startsWith('"')) return address.localPart;
  return address.localPart.slice(1, -1).replace(/\\(.)/gsu, '$1');
}

/** Empty for Postmaster and the null sender. */
export function addressDomain(address: EnvelopeAddress): string {
  return address.kind === 'mailbox' ? address.domain : '';
}

/** The whole address as kumod prints it: empty for the null sender. */
export function formatAddress(address: EnvelopeAddress): string {
  if (address.kind === 'null') return '';
  if (address.kind === 'postmaster') return 'Postmaster';
  return `${address.localPart}@${address.domain}`;
}
