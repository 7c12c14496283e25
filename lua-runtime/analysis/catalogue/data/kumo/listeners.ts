/** `kumo.start_esmtp_listener` and `kumo.start_http_listener`. */
import {
  field,
  fieldsUnder,
  functionsUnder,
  module,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo');
const esmtp = fieldsUnder('reference/kumo/start_esmtp_listener');
const http = fieldsUnder('reference/kumo/start_http_listener');
const esmtpPage = 'reference/kumo/start_esmtp_listener/_index.md';

export const kumoListeners: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        fn(
          'start_esmtp_listener',
          '(params: EsmtpListenerParameters)',
          'Takes mail by SMTP on an address.',
          { page: 'start_esmtp_listener/_index.md', only: 'init' },
        ),
        fn(
          'start_http_listener',
          '(params: HttpListenerParameters)',
          'Takes injections and administration by HTTP on an address.',
          { page: 'start_http_listener/_index.md', only: 'init' },
        ),
      ],
    }),
  ],
  tables: [
    table(
      'EsmtpListenerParameters',
      'A listener for SMTP. `listen` and `max_connections` cannot be changed for single connections.',
      [
        esmtp('listen', 'string', 'Address and port.', { default: '127.0.0.1:2025' }),
        esmtp('max_connections', 'integer', 'How many sessions it has at once.', {
          default: '32768',
          since: '2024.09.02',
        }),
        ...sessionFields(),
        ...limits(),
        ...security(),
      ],
      { page: esmtpPage },
    ),
    table(
      'TraceHeaders',
      'Which headers trace a message.',
      [
        field('received_header', 'boolean', 'Adds `Received`.', { default: 'true' }),
        field('supplemental_header', 'boolean', 'Adds a header that ARF reports bring back.', {
          default: 'true',
        }),
        field('header_name', 'string', 'Name of that header.', { default: 'X-KumoRef' }),
        field('include_meta_names', 'string[]', 'Metadata that it carries.', { default: '{}' }),
      ],
      { page: 'reference/kumo/start_esmtp_listener/trace_headers.md' },
    ),
    table(
      'HttpListenerParameters',
      'A listener for HTTP.',
      [
        http('listen', 'string', 'Address and port.', { default: '127.0.0.1:8000' }),
        http('hostname', 'string', 'Name for TLS and for the metadata of messages.', {
          default: 'the host name',
        }),
        http('request_body_limit', 'integer', 'The most bytes of a request, uncompressed.', {
          default: '2097152',
          since: '2024.06.10',
        }),
        http('use_tls', 'boolean', 'Speaks HTTPS.', { default: 'false' }),
        http('tls_certificate', 'keysource', 'Certificate; self-signed unless given.', {
          default: 'nil',
        }),
        http('tls_private_key', 'keysource', 'Key of the certificate.', { default: 'nil' }),
        http('trusted_hosts', 'string[]', 'Networks that need no authentication.', {
          default: "{ '127.0.0.1', '::1' }",
        }),
      ],
      { page: 'reference/kumo/start_http_listener/_index.md' },
    ),
  ],
};

function sessionFields() {
  return [
    esmtp('hostname', 'string', 'Name in the banner and in replies.', {
      default: 'the host name',
    }),
    esmtp('banner', 'string', 'Text of the banner after the name.', { default: 'KumoMTA' }),
    esmtp('relay_hosts', 'string[]', 'Addresses and networks that may relay to anywhere.', {
      default: "{ '127.0.0.1', '::1' }",
    }),
    esmtp(
      'batch_handling',
      "'BifurcateAlways'|'BatchByDomain'",
      'One message for each recipient, or one for each domain.',
      { default: 'BifurcateAlways', since: '2025.12.02' },
    ),
    esmtp(
      'deferred_queue',
      'boolean',
      'Answers the client before the message is processed. For trusted clients only.',
      { default: 'false', since: '2025.01.23' },
    ),
    esmtp('deferred_spool', 'boolean', 'Keeps messages in memory until their first failure.', {
      default: 'false',
    }),
    esmtp('trace_headers', 'TraceHeaders', 'Which headers trace a message.', { default: '{}' }),
    esmtp('meta', 'table<string, any>', 'Metadata of every session.', {
      default: '{}',
      since: '2025.05.06',
    }),
    esmtp(
      'peer',
      'table<string, EsmtpListenerParameters>',
      'Parameters by the address or network of the client.',
      { default: 'nil', since: '2025.05.06' },
    ),
    esmtp(
      'via',
      'table<string, EsmtpListenerParameters>',
      'Parameters by the address that the client connected to.',
      { default: 'nil', since: '2025.05.06' },
    ),
  ];
}

function limits() {
  return [
    esmtp('client_timeout', 'duration', 'How long to wait for the client.', { default: '1m' }),
    esmtp('data_buffer_size', 'integer', 'Bytes of the buffer for data.', { default: '131072' }),
    esmtp('data_processing_timeout', 'duration', 'How long the data may be processed.', {
      default: '5m',
      since: '2025.03.19',
    }),
    esmtp('max_message_size', 'integer', 'The most bytes of a message.', {
      default: '20971520',
    }),
    esmtp('max_messages_per_connection', 'integer', 'How many messages a session brings.', {
      default: '10000',
    }),
    esmtp('max_recipients_per_message', 'integer', 'How many recipients a message has.', {
      default: '1024',
    }),
    esmtp('line_length_hard_limit', 'integer', 'The longest line.', {
      default: '998',
      since: '2023.11.28',
    }),
    esmtp(
      'invalid_line_endings',
      "'Deny'|'Allow'|'Fix'",
      'What is done with data whose lines do not end in CRLF.',
      { default: 'Deny', since: '2023.11.28' },
    ),
  ];
}

function security() {
  return [
    esmtp('tls_certificate', 'keysource', 'Certificate; self-signed unless given.', {
      default: 'nil',
    }),
    esmtp('tls_private_key', 'keysource', 'Key of the certificate.', { default: 'nil' }),
    esmtp('tls_required_client_ca', 'keysource', 'CA that client certificates are checked with.', {
      default: 'nil',
      since: '2025.10.06',
    }),
    esmtp('allow_xclient', 'boolean', 'Lets clients use XCLIENT. Only inside `peer`.', {
      default: 'false',
      since: '2025.10.06',
    }),
    esmtp('require_proxy_protocol', 'boolean', 'Wants the HA proxy protocol. Only inside `peer`.', {
      default: 'false',
      since: '2025.12.02',
    }),
  ];
}
