/** The message object. Metadata, envelope and headers run here; verification and MIME do not. */
import { field, functionsUnder, object, table, alias, type CataloguePart } from '../../describe.ts';
import { authentication, content, envelope, headers, metadata, spool } from './message-methods.ts';

const method = functionsUnder('reference/message');

export const message: CataloguePart = {
  objects: [
    object('Message', 'A message in reception, in a queue or in delivery. Handlers share it.', {
      page: 'reference/message/_index.md',
      methods: [
        method('id', '(): string', 'The id of the message: 32 hexadecimal digits.', {
          here: 'runs',
        }),
        method('queue_name', '(): string', 'The scheduled queue that the message belongs to now.', {
          since: '2024.06.10',
          here: 'runs',
        }),
        method(
          'num_attempts',
          '(): integer',
          'How many deliveries were tried. It is kept in memory only.',
          { since: '2024.06.10', here: 'runs' },
        ),
        method('increment_num_attempts', '()', 'Counts one attempt more.', {
          since: '2026.03.04',
          here: 'runs',
        }),
        ...metadata(),
        ...envelope(),
        ...content(),
        ...headers(),
        ...authentication(),
        ...spool(),
      ],
    }),
  ],
  aliases: [
    alias(
      'MessageMeta',
      "'queue'|'tenant'|'campaign'|'routing_domain'|'extra'|'reception_protocol'|'received_via'|'orig_received_via'|'received_from'|'orig_received_from'|'hostname'|'authn_id'|'authz_id'|'ehlo_domain'|'tls_cipher'|'tls_protocol_version'|'tls_peer_subject_name'|'http_auth'|'log_record'|string",
      'Keys of metadata that kumod reads or sets, and any other; own keys should begin with `x_`.',
      { page: 'reference/metadata.md' },
    ),
  ],
  tables: [
    table(
      'SchedulingParameters',
      'When a message may be delivered. `dow`, `tz`, `start` and `end` come together.',
      [
        field('first_attempt', 'string', 'RFC 3339 time of the earliest delivery.'),
        field('expires', 'string', 'RFC 3339 time of expiry, instead of `max_age`.', {
          since: '2025.03.19',
        }),
        field('dow', 'string', 'Days of the week with commas: `Mon,Wed`.'),
        field('tz', 'string', 'IANA name of the time zone: `America/Phoenix`.'),
        field('start', 'string', 'Begin of the window: `09:00:00`.'),
        field('end', 'string', "End of the window; in Lua `['end'] = '17:00:00'`."),
      ],
      { page: 'reference/message/set_scheduling.md' },
    ),
    table(
      'ImportHeaderSpec',
      'Which headers become metadata, and how.',
      [
        field('name', 'string', 'A header, or the begin of its name and `*`.', { required: true }),
        field('match', "'first'|'last'|'all'", 'Which of several values.', { default: 'last' }),
        field(
          'transform',
          "'snake_case'|'kebab_case'|'camel_case'|'pascal_case'",
          'How the key is made from the name of the header.',
          { default: 'snake_case' },
        ),
        field('target', 'string', 'The key itself; not with `*`.'),
        field('remove', 'boolean', 'Removes the header from the message.', { default: 'false' }),
      ],
      { page: 'reference/message/import_headers.md', since: '2026.05.12' },
    ),
    table(
      'CheckFixSettings',
      'How 8-bit content is read when it is mended.',
      [
        field('detect_encoding', 'boolean', 'Guess the character set.', { default: 'false' }),
        field('include_encodings', 'string[]', 'Guess one of these only.', { default: '{}' }),
        field('exclude_encodings', 'string[]', 'Never guess these.', { default: '{}' }),
        field('message_id', 'string', 'The Message-ID to add when it is missing.', {
          undocumented: true,
        }),
      ],
      {
        page: 'reference/message/check_fix_conformance.md',
        since: '2025.12.02',
        unknownFields: 'ignored',
      },
    ),
  ],
};
