/** The SMTP settings of `kumo.make_egress_path`: hosts, TLS, authentication, timeouts. */
import type { FieldEntry } from '../../catalogue-contract.ts';
import { field, fieldsUnder } from '../../describe.ts';

const option = fieldsUnder('reference/kumo/make_egress_path');

const hosts: readonly FieldEntry[] = [
  option('ehlo_domain', 'string', "Name for EHLO; else the source's, else the host name.", {
    default: 'nil',
  }),
  option('smtp_port', 'integer', 'Port; the source and `mx_list` come first.', { default: '25' }),
  option('prohibited_hosts', 'string[]', 'Addresses and networks that bounce a domain.', {
    default: "{ '127.0.0.0/8', '::1', '0.0.0.0', '::' }",
  }),
  option('skip_hosts', 'string[]', 'Addresses and networks that are left out.', {
    default: '{}',
  }),
  option(
    'ip_lookup_strategy',
    "'Ipv4Only'|'Ipv6Only'|'Ipv4AndIpv6'|'Ipv6ThenIpv4'|'Ipv4ThenIpv6'",
    'Which addresses of a host are asked for, and in which order.',
    { default: 'Ipv4AndIpv6', since: '2026.04.09' },
  ),
  option(
    'try_next_host_on_transport_error',
    'boolean',
    'Lets a message try the next host at once after a transport error.',
    { default: 'false', since: '2025.10.06' },
  ),
  option('use_lmtp', 'boolean', 'Speaks LMTP instead of ESMTP.', {
    default: 'false',
    since: '2025.01.23',
  }),
  option('enable_pipelining', 'boolean', 'Uses PIPELINING where it is offered.', {
    default: 'true',
    since: '2025.01.23',
  }),
  option('enable_rset', 'boolean', 'Sends RSET between messages.', {
    default: 'true',
    since: '2025.01.23',
  }),
  option(
    'ignore_8bit_checks',
    'boolean',
    'Sends 8-bit messages also to hosts that do not offer 8BITMIME or SMTPUTF8.',
    { default: 'false', since: '2025.10.06' },
  ),
];

const tls: readonly FieldEntry[] = [
  option(
    'enable_tls',
    "'Opportunistic'|'OpportunisticInsecure'|'Required'|'RequiredInsecure'|'Disabled'",
    'Whether TLS is used, and whether certificates must be valid. MTA-STS and DANE can raise it.',
    { default: 'Opportunistic' },
  ),
  option('enable_mta_sts', 'boolean', 'Heeds the MTA-STS policy of the destination.', {
    default: 'true',
    since: '2023.11.28',
  }),
  option('enable_dane', 'boolean', 'Heeds the TLSA records of the destination.', {
    default: 'false',
    since: '2023.11.28',
  }),
  option('tls_prefer_openssl', 'boolean', 'Uses OpenSSL rather than rustls.', {
    default: 'false',
    since: '2024.09.02',
  }),
  option('tls_certificate', 'keysource', 'Client certificate.', {
    default: 'nil',
    since: '2025.10.06',
  }),
  option('tls_private_key', 'keysource', 'Key of the client certificate.', {
    default: 'nil',
    since: '2025.10.06',
  }),
  option('openssl_cipher_list', 'string', 'Ciphers for OpenSSL below TLS 1.3.', {
    default: 'nil',
    since: '2024.09.02',
  }),
  option('openssl_cipher_suites', 'string', 'Suites for OpenSSL and TLS 1.3, with `:`.', {
    default: 'nil',
    since: '2024.09.02',
  }),
  option('openssl_options', 'string', 'Options of OpenSSL by name, with `|`.', {
    default: 'nil',
    since: '2024.09.02',
  }),
  option('rustls_cipher_suites', 'RustlsCipherSuite[]', 'Suites for rustls by name.', {
    default: '{}',
    since: '2024.09.02',
  }),
  option(
    'remember_broken_tls',
    'duration',
    'For how long TLS is left off after a failed handshake, when it is opportunistic.',
    { default: 'nil', since: '2024.11.08' },
  ),
  option(
    'opportunistic_tls_reconnect_on_failed_handshake',
    'boolean',
    'Connects to the same host without TLS after a failed handshake.',
    { default: 'false', since: '2025.01.23' },
  ),
];

const authentication: readonly FieldEntry[] = [
  option('smtp_auth_plain_username', 'string', 'User for AUTH PLAIN.', { default: 'nil' }),
  option('smtp_auth_plain_password', 'keysource', 'Password for AUTH PLAIN.', {
    default: 'nil',
  }),
  option(
    'allow_smtp_auth_plain_without_tls',
    'boolean',
    'Lets the password go over a connection without TLS.',
    { default: 'false' },
  ),
  option(
    'allow_smtp_auth_plain_without_valid_certificate',
    'boolean',
    'Lets the password go to a host whose certificate was not verified.',
    { default: 'false', since: 'dev' },
  ),
];

const timeouts: readonly FieldEntry[] = [
  option('connect_timeout', 'duration', 'Time for connecting.', { default: '1m' }),
  option('banner_timeout', 'duration', 'Time for the banner.', {
    default: '1m',
    since: '2024.09.02',
  }),
  option('ehlo_timeout', 'duration', 'Time for the answer to EHLO.', { default: '5m' }),
  field('auth_timeout', 'duration', 'Time for the answer to AUTH.', {
    default: '1m',
    undocumented: true,
  }),
  option('mail_from_timeout', 'duration', 'Time for the answer to MAIL FROM.', { default: '5m' }),
  option('rcpt_to_timeout', 'duration', 'Time for the answer to RCPT TO.', { default: '5m' }),
  option('data_timeout', 'duration', 'Time for the answer to DATA.', { default: '5m' }),
  option('data_dot_timeout', 'duration', 'Time for the answer to the message.', {
    default: '5m',
  }),
  option('rset_timeout', 'duration', 'Time for the answer to RSET.', { default: '5s' }),
  option('starttls_timeout', 'duration', 'Time for the answer to STARTTLS.', { default: '5s' }),
];

export const smtpFields: readonly FieldEntry[] = [...hosts, ...tls, ...authentication, ...timeouts];
