/** Log records, and the reports that they and messages are made of. */
import { alias, field, table, type CataloguePart } from '../../describe.ts';

const must = { required: true } as const;

export const logRecord: CataloguePart = {
  aliases: [
    alias(
      'RecordType',
      "'Reception'|'Delivery'|'Bounce'|'TransientFailure'|'Expiration'|'AdminBounce'|'OOB'|'Feedback'|'Rejection'|'AdminRebind'|'DeferredInjectionRebind'|'Delayed'|'XferOut'|'XferIn'",
      'What happened.',
      { page: 'reference/log_record.md' },
    ),
  ],
  tables: [
    table(
      'LogRecord',
      'What kumod logs about a message.',
      [
        field('type', 'RecordType', 'What happened.', must),
        field('id', 'string', 'Id of the message; empty for a rejection.', must),
        field('sender', 'string', 'Sender of the envelope.', must),
        field('recipient', 'string|string[]', 'Recipient, or an array of several.', must),
        field('queue', 'string', 'Name of the scheduled queue.', must),
        field('site', 'string', 'Name of the ready queue; empty at reception.', must),
        field('size', 'integer', 'Bytes of the message; 0 when they are not in memory.', must),
        field('response', 'LogResponse', 'The answer of the peer, or of kumod itself.', must),
        field('peer_address', 'LogPeer', 'The other side.'),
        field('timestamp', 'integer', 'When, in seconds since 1970.', must),
        field('event_time', 'string', 'When, as RFC 3339.', must),
        field('created', 'integer', 'When the message was made, in seconds since 1970.', must),
        field('created_time', 'string', 'When the message was made, as RFC 3339.', must),
        field('num_attempts', 'integer', 'Attempts before this one.', must),
        field('bounce_classification', 'string', 'Class of the response.', must),
        field('egress_pool', 'string', 'The egress pool.'),
        field('egress_source', 'string', 'The egress source.'),
        field('source_address', 'LogSourceAddress', 'The address that was connected from.'),
        field('feedback_report', 'FeedbackReport', 'The ARF report of a `Feedback` record.'),
        field('meta', 'table<string, any>', 'Metadata that the logger was told to note.', must),
        field('headers', 'table<string, any>', 'Headers that the logger was told to note.', must),
        field('delivery_protocol', 'string', 'How it was delivered: `ESMTP`, `Lua`, …'),
        field('reception_protocol', 'string', 'How it came: `ESMTP`, `HTTP`, `LogRecord`.'),
        field('nodeid', 'string', 'UUID of the node.', must),
        field('tls_cipher', 'string', 'TLS cipher of the session.'),
        field('tls_protocol_version', 'string', 'TLS version of the session.'),
        field('tls_peer_subject_name', 'string[]', "Subject of the peer's certificate."),
        field('provider_name', 'string', 'The provider, as shaping names it.', {
          undocumented: true,
        }),
        field('session_id', 'string', 'UUID of the session.'),
      ],
      { page: 'reference/log_record.md', unknownFields: 'ignored' },
    ),
    table(
      'LogResponse',
      'An SMTP response.',
      [
        field('code', 'integer', 'SMTP code.', must),
        field('enhanced_code', 'EnhancedStatusCode', 'Enhanced code.'),
        field('content', 'string', 'The text, on one line.', must),
        field('command', 'string', 'The command that it answers.'),
      ],
      { page: 'reference/log_record.md', unknownFields: 'ignored' },
    ),
    table(
      'EnhancedStatusCode',
      '`5.1.1` in three numbers.',
      [
        field('class', 'integer', 'First number.', must),
        field('subject', 'integer', 'Second number.', must),
        field('detail', 'integer', 'Third number.', must),
      ],
      { page: 'reference/log_record.md', unknownFields: 'ignored' },
    ),
    table(
      'LogPeer',
      'The other side of a session.',
      [
        field('name', 'string', 'Name of the MX host, or what the client called itself.', must),
        field('addr', 'string', 'Its address.', must),
        field('is_secure', 'boolean', 'True when DNSSEC vouches for the address.', {
          default: 'false',
          undocumented: true,
        }),
      ],
      { page: 'reference/log_record.md', unknownFields: 'ignored' },
    ),
    table(
      'LogSourceAddress',
      'Where a connection came from.',
      [
        field('address', 'string', 'Address and port.', must),
        field('server', 'string', 'The proxy.'),
        field('protocol', 'string', 'Protocol of the proxy.'),
      ],
      { page: 'reference/log_record.md', unknownFields: 'ignored' },
    ),
    table(
      'DeliveryStatusReport',
      'An RFC 3464 report.',
      [
        field('per_message', 'DeliveryStatusMessage', 'What holds for the message.', must),
        field('per_recipient', 'DeliveryStatusRecipient[]', 'What holds for each recipient.', must),
        field('original_message', 'string', 'The message that it is about.', {
          undocumented: true,
        }),
      ],
      { page: 'reference/message/parse_rfc3464.md', unknownFields: 'ignored' },
    ),
    table(
      'DeliveryStatusMessage',
      'The part of a report about the message.',
      [
        field('reporting_mta', 'RemoteMta', 'Who reports.', must),
        field('original_envelope_id', 'string', 'Envelope id.', { undocumented: true }),
        field('dsn_gateway', 'RemoteMta', 'Gateway that translated it.', { undocumented: true }),
        field('received_from_mta', 'RemoteMta', 'Who sent it.', { undocumented: true }),
        field('arrival_date', 'string', 'When it came.', { undocumented: true }),
        field('extensions', 'table<string, string[]>', 'Other fields.', {
          required: true,
          undocumented: true,
        }),
      ],
      { page: 'reference/message/parse_rfc3464.md', unknownFields: 'ignored' },
    ),
    table(
      'DeliveryStatusRecipient',
      'The part of a report about one recipient.',
      [
        field('final_recipient', 'ReportRecipient', 'Who it was for.', must),
        field(
          'action',
          "'failed'|'delayed'|'delivered'|'relayed'|'expanded'",
          'What was done.',
          must,
        ),
        field('status', 'ReportStatus', 'Enhanced code.', must),
        field('original_recipient', 'ReportRecipient', 'Who it was for at first.'),
        field('diagnostic_code', 'ReportDiagnosticCode', 'What the peer said.'),
        field('last_attempt_date', 'string', 'Last attempt.'),
        field('remote_mta', 'RemoteMta', 'The peer.', { undocumented: true }),
        field('final_log_id', 'string', 'Id in the log.', { undocumented: true }),
        field('will_retry_until', 'string', 'Until when.', { undocumented: true }),
        field('extensions', 'table<string, string[]>', 'Other fields.', {
          required: true,
          undocumented: true,
        }),
      ],
      { page: 'reference/message/parse_rfc3464.md', unknownFields: 'ignored' },
    ),
    table(
      'ReportRecipient',
      'A recipient of a report.',
      [
        field('recipient_type', 'string', 'Such as `rfc822`.', must),
        field('recipient', 'string', 'The address.', must),
      ],
      { page: 'reference/message/parse_rfc3464.md', unknownFields: 'ignored' },
    ),
    table(
      'ReportStatus',
      'An enhanced code of a report.',
      [
        field('class', 'integer', 'First number.', must),
        field('subject', 'integer', 'Second number.', must),
        field('detail', 'integer', 'Third number.', must),
        field('comment', 'string', 'What followed it.', { undocumented: true }),
      ],
      { page: 'reference/message/parse_rfc3464.md', unknownFields: 'ignored' },
    ),
    table(
      'ReportDiagnosticCode',
      'What a peer said.',
      [
        field('diagnostic_type', 'string', 'Such as `smtp`.', must),
        field('diagnostic', 'string', 'The text.', must),
      ],
      { page: 'reference/message/parse_rfc3464.md', unknownFields: 'ignored' },
    ),
    table(
      'FeedbackReport',
      'An RFC 5965 (ARF) report.',
      [
        field('feedback_type', 'string', 'Such as `abuse`.', must),
        field('user_agent', 'string', 'What made the report.', must),
        field('version', 'string', 'Version of the form.', must),
        field('arrival_date', 'string', 'When the message came.'),
        field('incidents', 'integer', 'How many it stands for.'),
        field('original_envelope_id', 'string', 'Envelope id.'),
        field('original_mail_from', 'string', 'Sender of the envelope.'),
        field('reporting_mta', 'RemoteMta', 'Who reports.'),
        field('source_ip', 'string', 'Where the message came from.'),
        field('authentication_results', 'string[]', 'Authentication results.'),
        field('original_rcpto_to', 'string[]', 'Recipients of the envelope.'),
        field('reported_domain', 'string[]', 'Domains that are reported.'),
        field('reported_uri', 'string[]', 'URIs that are reported.'),
        field('extensions', 'table<string, string[]>', 'Other fields.', must),
        field('original_message', 'string', 'The message that it is about.'),
        field('supplemental_trace', 'any', "What KumoMTA's own trace header held."),
      ],
      { page: 'reference/log_record.md', unknownFields: 'ignored' },
    ),
  ],
};
