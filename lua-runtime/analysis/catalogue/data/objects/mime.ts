/** `kumo.mimepart`, and the parts that it and messages are made of; their headers are in mime-headers.ts. */
import {
  field,
  functionsUnder,
  member,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo.mimepart');
const part = functionsUnder('reference/mimepart');
const describe = functionsUnder(undefined);
const builderPage = 'reference/kumo.mimepart/builder.md';
const structurePage = 'reference/mimepart/get_simple_structure.md';
const since = '2025.10.06';

export const mime: CataloguePart = {
  modules: [
    module('kumo.mimepart', 'Reading and building MIME messages.', {
      page: 'reference/kumo.mimepart/_index.md',
      since,
      functions: [
        fn('parse', '(message: string): MimePart', 'Reads a message.', { since }),
        fn('builder', '(): MimeBuilder', 'Builds a message of texts and attachments.', { since }),
        fn(
          'new_binary',
          '(content_type: string, content: string, options?: AttachmentOptions): MimePart',
          'A part of bytes.',
          { since },
        ),
        fn('new_html', '(html: string): MimePart', 'A part of HTML.', { since }),
        fn('new_text', '(content_type: string, text: string): MimePart', 'A part of text.', {
          since,
        }),
        fn('new_text_plain', '(text: string): MimePart', 'A part of plain text.', { since }),
        fn(
          'new_multipart',
          '(content_type: string, parts: MimePart[], boundary?: string): MimePart',
          'A part of parts.',
          { since },
        ),
      ],
    }),
  ],
  objects: [
    object('MimePart', 'A part of a message; `tostring` gives its bytes.', {
      page: 'reference/mimepart/_index.md',
      fields: [
        member('body', 'string', 'Its content, decoded. Assigning encodes it anew.', {
          page: 'reference/mimepart/body.md',
          since,
          writable: true,
        }),
        member('headers', 'HeaderMap', 'Its headers.', {
          page: 'reference/mimepart/headers.md',
          since,
        }),
        member('id', 'string', 'Its place in the tree when it was read.', {
          page: 'reference/mimepart/id.md',
          since,
        }),
      ],
      methods: [
        part('append_part', '(part: MimePart)', 'Adds a part inside it.', { since }),
        part('get_simple_structure', '(): MimeStructure', 'The texts and attachments in it.', {
          since,
        }),
        part('rebuild', '(): MimePart', 'Built anew in good form. Something may be lost.', {
          since,
        }),
        part(
          'replace_body',
          '(content: string, content_type?: string)',
          'Replaces its content, and its type if given.',
          { since },
        ),
      ],
      operators: [{ operator: 'tostring' }],
    }),
    object('MimeBuilder', 'Builds a message.', {
      page: builderPage,
      since,
      methods: [
        describe('text_plain', '(text: string)', 'Sets the plain text.', { page: builderPage }),
        describe('text_html', '(html: string)', 'Sets the HTML.', { page: builderPage }),
        describe('text_amp_html', '(html: string)', 'Sets the AMP HTML.', {
          undocumented: true,
        }),
        describe(
          'attach',
          '(content_type: string, content: string, options?: AttachmentOptions)',
          'Attaches bytes.',
          { page: builderPage },
        ),
        describe('attach_part', '(part: MimePart)', 'Attaches a part.', { page: builderPage }),
        describe('set_stable_content', '(stable: boolean)', 'Fixed boundaries, for tests.', {
          page: builderPage,
        }),
        describe('build', '(): MimePart', 'The message. Once only.', { page: builderPage }),
      ],
    }),
  ],
  tables: [
    table(
      'AttachmentOptions',
      'How a part is attached.',
      [
        field('file_name', 'string', 'Its file name.'),
        field('inline', 'boolean', 'It is shown in the message.', { default: 'false' }),
        field('content_id', 'string', 'Its id, for HTML that shows it.'),
      ],
      { page: 'reference/kumo.mimepart/new_binary.md', since },
    ),
    table(
      'MimeStructure',
      'The texts and attachments of a message.',
      [
        field('text_part', 'MimePart', 'The first plain text.'),
        field('html_part', 'MimePart', 'The first HTML.'),
        field('header_part', 'MimePart', 'The part with the headers that count.'),
        field('attachments', 'MimeAttachment[]', 'The attachments.', { required: true }),
      ],
      { page: structurePage, since, unknownFields: 'ignored' },
    ),
    table(
      'MimeAttachment',
      'An attachment.',
      [
        field('file_name', 'string', 'Its file name, if it has one.'),
        field('inline', 'boolean', 'It is shown in the message.', { required: true }),
        field('content_id', 'string', 'Its id, if it has one.'),
        field('content_type', 'string', 'Its type.', { required: true, undocumented: true }),
        field('part', 'MimePart', 'The part itself.', { required: true }),
      ],
      { page: structurePage, since, unknownFields: 'ignored' },
    ),
  ],
};
