/** The headers of a MIME part. */
import {
  alias,
  field,
  functionsUnder,
  member,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const map = functionsUnder('reference/headermap');
const page = 'reference/headermap/_index.md';
const since = '2025.10.06';

/** Each is a getter and a setter. */
const ACCESSORS: Readonly<Record<string, string>> = {
  from: 'Mailbox[]',
  to: 'MailAddress[]',
  cc: 'MailAddress[]',
  bcc: 'MailAddress[]',
  reply_to: 'MailAddress[]',
  sender: 'Mailbox',
  resent_from: 'Mailbox[]',
  resent_to: 'MailAddress[]',
  resent_cc: 'MailAddress[]',
  resent_bcc: 'MailAddress[]',
  resent_sender: 'Mailbox',
  subject: 'string',
  comments: 'string',
  mime_version: 'string',
  message_id: 'string',
  content_id: 'string',
  references: 'string[]',
  content_type: 'MimeParams',
  content_disposition: 'MimeParams',
  content_transfer_encoding: 'MimeParams',
};

export const mimeHeaders: CataloguePart = {
  objects: [
    object('HeaderMap', 'The headers of a part; `tostring` gives their bytes.', {
      page,
      since,
      methods: [
        map('append', '(name: string, value: string)', 'Adds a header behind.', {
          since: '2025.12.02',
        }),
        map('prepend', '(name: string, value: string)', 'Adds a header in front.', { since }),
        map('remove_all_named', '(name: string)', 'Removes headers by name.', { since }),
        map('get_first_named', '(name: string): Header?', 'The first header of a name.', {
          since,
        }),
        map('iter', '(name?: string): fun(): Header?', 'An iterator, over one name or all.', {
          since,
        }),
        ...Object.entries(ACCESSORS).flatMap(([name, type]) => accessors(name, type)),
      ],
      operators: [{ operator: 'tostring' }],
    }),
    object('Header', 'A header, as it was; changing it changes nothing.', {
      page: 'reference/header/_index.md',
      since,
      fields: [
        ...Object.entries({
          name: ['string', 'Its name.'],
          raw_value: ['string', 'Its value as it stands in the message.'],
          value: ['any', 'Its value, in the form that its name calls for.'],
          unstructured: ['string', 'Its value as text.'],
          mailbox_list: ['Mailbox[]', 'Its value as mailboxes.'],
          address_list: ['MailAddress[]', 'Its value as mailboxes and groups.'],
          message_id: ['string', 'Its value as an id.'],
          message_id_list: ['string[]', 'Its value as ids.'],
          mime_params: ['MimeParams', 'Its value as MIME parameters.'],
          authentication_results: ['AuthenticationResults', 'Its value as authentication results.'],
        }).map(([name, [type = 'any', summary = '']]) =>
          member(name, type, summary, { page: `reference/header/${name}.md`, since }),
        ),
      ],
      operators: [{ operator: 'tostring' }],
    }),
  ],
  aliases: [
    alias('MailAddress', 'Mailbox|MailGroup', 'A mailbox or a group of them.', { page, since }),
  ],
  tables: [
    table(
      'Mailbox',
      'A mailbox.',
      [
        field('name', 'string', 'The name before it.'),
        field('address', 'AddrSpec', 'The address.', { required: true }),
      ],
      { page, since },
    ),
    table(
      'AddrSpec',
      'An address in two parts.',
      [
        field('local_part', 'string', 'Before the `@`.', { required: true }),
        field('domain', 'string', 'After the `@`.', { required: true }),
      ],
      { page, since },
    ),
    table(
      'MailGroup',
      'A group of mailboxes.',
      [
        field('name', 'string', 'Its name.', { required: true }),
        field('entries', 'Mailbox[]', 'Its mailboxes.', { required: true }),
      ],
      { page, since, unknownFields: 'ignored' },
    ),
    table(
      'MimeParams',
      'A value with parameters, such as a content type.',
      [
        field('value', 'string', 'The value.', { required: true }),
        field('parameters', 'table<string, string>', 'The parameters.', { required: true }),
      ],
      { page, since },
    ),
    table(
      'AuthenticationResults',
      'What one server found.',
      [
        field('serv_id', 'string', 'The server.', { required: true, undocumented: true }),
        field('version', 'integer', 'Version of the form.', { undocumented: true }),
        field('results', 'AuthenticationResult[]', 'What it found.', { undocumented: true }),
      ],
      { page: 'reference/header/authentication_results.md', since },
    ),
  ],
};

function accessors(name: string, type: string) {
  const header = name.replaceAll('_', '-');
  return [
    map(name, `(): ${type}?`, `The \`${header}\` header.`, {
      ...(name === 'resent_to' ? { undocumented: true as const } : { since }),
    }),
    map(
      `set_${name}`,
      `(value: ${type === 'string' ? type : `string|${type}`})`,
      `Sets the \`${header}\` header.`,
      { since },
    ),
  ];
}
