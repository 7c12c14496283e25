/** `kumo.shaping` and `kumo.file_type`. */
import {
  alias,
  field,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo.shaping');
const type = functionsUnder('reference/kumo.file_type');
const describe = functionsUnder(undefined);
const page = 'reference/kumo.shaping/load.md';
const typePage = 'reference/kumo.file_type/_index.md';
const hidden = { undocumented: true } as const;

export const shaping: CataloguePart = {
  modules: [
    module('kumo.shaping', 'Shaping files.', {
      page: 'reference/kumo.shaping/_index.md',
      since: '2023.08.22',
      functions: [
        fn(
          'load',
          '(paths: string[], options?: ShapingLoadOptions): Shaping',
          'Reads shaping files and URLs, each over those before it.',
          { since: '2023.08.22', aboutSince: { options: '2024.11.08' } },
        ),
      ],
    }),
    module('kumo.file_type', 'What kind of file bytes are.', {
      page: typePage,
      since: '2025.12.02',
      functions: [
        type('from_bytes', '(bytes: string): FileType', 'A guess by the content.', {
          since: '2025.12.02',
        }),
        type('from_extension', '(extension: string): FileType[]', 'Those with a file name end.', {
          since: '2025.12.02',
        }),
        type('from_media_type', '(media_type: string): FileType[]', 'Those with a MIME type.', {
          since: '2025.12.02',
        }),
      ],
    }),
  ],
  objects: [
    object('Shaping', 'Shaping rules.', {
      page,
      since: '2023.08.22',
      methods: [
        describe(
          'get_egress_path_config',
          '(domain: string, egress_source: string, site_name: string): EgressPathParameters',
          'The parameters for a path.',
          hidden,
        ),
        describe('get_errors', '(): string[]', 'What is wrong in the files.', hidden),
        describe('get_warnings', '(): string[]', 'What is doubtful in the files.', hidden),
        describe(
          'get_referenced_sources',
          '(): table<string, string[]>',
          'The sources that are named, and by what.',
          hidden,
        ),
        describe(
          'match_rules',
          '(record: LogRecord): table[]',
          'The automation rules that a record matches.',
          hidden,
        ),
        describe('hash', '(): string', 'A text that changes when the rules do.', hidden),
      ],
    }),
  ],
  aliases: [
    alias('CheckLevel', "'Ignore'|'Warn'|'Error'", 'How much a problem matters.', {
      page,
      since: '2024.11.08',
    }),
  ],
  tables: [
    table(
      'ShapingLoadOptions',
      'How much problems of shaping files matter.',
      [
        ...Object.entries({
          aliased_site: ['Domains of one site have blocks of their own.', 'Ignore'],
          dns_fail: ['A domain cannot be looked up.', 'Ignore'],
          local_load: ['A file cannot be read.', 'Error'],
          null_mx: ['A domain takes no mail.', 'Ignore'],
          provider_overlap: ['A domain is in a provider as well.', 'Ignore'],
          remote_load: ['A URL cannot be read.', 'Ignore'],
        }).map(([name, [summary = '', level = '']]) =>
          field(name, 'CheckLevel', summary, { default: level }),
        ),
        field('skip_remote', 'boolean', 'Leaves URLs out.', { default: 'false' }),
        field('http_timeout', 'duration', 'How long a URL may take.', {
          default: '5s',
          since: '2025.03.19',
        }),
      ],
      { page, since: '2024.11.08' },
    ),
    table(
      'FileType',
      'A kind of file.',
      [
        field('name', 'string', 'Its name.', { required: true }),
        field('extensions', 'string[]', 'How file names end.', { required: true }),
        field('media_types', 'string[]', 'MIME types.', { required: true }),
      ],
      { page: typePage, since: '2025.12.02', unknownFields: 'ignored' },
    ),
  ],
};
