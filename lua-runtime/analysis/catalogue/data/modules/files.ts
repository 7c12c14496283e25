/** `kumo.fs` and `kumo.jsonl`: files that are read and written beside other work. */
import {
  field,
  functionsUnder,
  member,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fs = functionsUnder('reference/kumo.fs');
const jsonl = functionsUnder('reference/kumo.jsonl');
const describe = functionsUnder(undefined);
const openPage = 'reference/kumo.fs/open.md';
const metadataPage = 'reference/kumo.fs/metadata_for_path.md';
const batchPage = 'reference/kumo.jsonl/LogBatch.md';
const tailerPage = 'reference/kumo.jsonl/new_tailer.md';
const multiPage = 'reference/kumo.jsonl/new_multi_tailer.md';
const writerPage = 'reference/kumo.jsonl/new_writer.md';
const since = '2026.04.09';
const must = { required: true } as const;

const fsModule: CataloguePart = {
  modules: [
    module('kumo.fs', 'Files, without blocking other work.', {
      page: 'reference/kumo.fs/_index.md',
      functions: [
        fs(
          'open',
          "(name: string, mode?: 'r'|'rb'|'w'|'wb'|'a'|'ab'|'r+'|'r+b'|'w+'|'w+b'|'a+'|'a+b'): AsyncFile",
          'Opens a file, as io.open does.',
          { since: '2025.10.06' },
        ),
        fs('read_dir', '(path: string): string[]', 'The paths in a folder.', {
          since: '2025.10.06',
        }),
        fs(
          'glob',
          '(pattern: string, relative_to?: string, ttl_seconds?: number): string[]',
          'The paths that a pattern matches, kept for 60 seconds unless told otherwise.',
          { since: '2025.10.06' },
        ),
        fs(
          'uncached_glob',
          '(pattern: string, relative_to?: string): string[]',
          'The paths that a pattern matches now. Not for the main chunk.',
          { since: '2025.10.06' },
        ),
        fs('metadata_for_path', '(path: string): FileMetadata', 'What a file is.', { since }),
        fs(
          'symlink_metadata_for_path',
          '(path: string): FileMetadata',
          'What a file is, or the link itself.',
          { since },
        ),
      ],
    }),
  ],
  objects: [
    object('AsyncFile', 'An open file.', {
      page: openPage,
      since: '2025.10.06',
      methods: [
        describe('read', '(bytes?: integer): string', 'Reads so much, or the rest.'),
        describe('write', '(bytes: string)', 'Writes.'),
        describe(
          'seek',
          "(whence?: 'set'|'cur'|'end'|integer, offset?: integer): integer",
          'Moves, and says where it is.',
        ),
        describe('flush', '()', 'Hands what was written to the system.'),
        describe('close', '()', 'Closes it.'),
      ].map((method) => ({ ...method, page: openPage })),
    }),
    object(
      'FileMetadata',
      'What a file is. The later fields are nil where the system lacks them.',
      {
        page: metadataPage,
        since,
        fields: [
          ...['is_file', 'is_dir', 'is_symlink', 'readonly'].map((name) =>
            member(name, 'boolean', `Whether it is ${name.replace('is_', 'a ')}.`, {
              page: metadataPage,
            }),
          ),
          member('len', 'integer', 'Its bytes.', { page: metadataPage }),
          ...['dev', 'ino', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'size', 'blksize', 'blocks'].map(
            (name) => member(name, 'integer?', `The ${name} of stat(2).`, { page: metadataPage }),
          ),
          ...['atime', 'mtime', 'ctime'].map((name) =>
            member(name, 'Time?', `The ${name} of stat(2).`, { page: metadataPage }),
          ),
        ],
      },
    ),
  ],
};

const jsonlModule: CataloguePart = {
  modules: [
    module('kumo.jsonl', 'Reading and writing log files while they grow.', {
      page: 'reference/kumo.jsonl/_index.md',
      since,
      functions: [
        jsonl(
          'new_tailer',
          '(params: LogTailerParameters, filter?: fun(record: table): boolean): LogTailer',
          'Follows the log files of a folder.',
          { since },
        ),
        jsonl(
          'new_multi_tailer',
          '(params: MultiTailerParameters): MultiTailer',
          'Follows the log files of a folder for several consumers.',
          { since },
        ),
        jsonl('new_writer', '(params: LogWriterParameters): LogWriter', 'Writes log files.', {
          since,
        }),
      ],
    }),
  ],
  objects: [
    object('LogTailer', 'Follows log files; closing it ends that.', {
      page: tailerPage,
      since,
      methods: [
        describe('batches', '(): fun(): LogBatch?', 'An iterator over batches.', {
          page: tailerPage,
        }),
        describe('close', '()', 'Ends it.', { page: tailerPage }),
      ],
      operators: [{ operator: 'close' }],
    }),
    object('MultiTailer', 'Follows log files for several consumers; closing it ends that.', {
      page: multiPage,
      since,
      methods: [
        describe('batches', '(): fun(): LogBatch[]?', 'An iterator over the batches of all.', {
          page: multiPage,
        }),
        describe('close', '()', 'Ends it.', { page: multiPage }),
      ],
      operators: [{ operator: 'close' }],
    }),
    object('LogBatch', 'Records that came together.', {
      page: batchPage,
      since,
      methods: [
        describe('records', '(): table[]', 'The records.'),
        describe('iter_records', '(): fun(): table?', 'An iterator over the records.'),
        describe('commit', '()', 'Notes that they are done with.'),
        describe('consumer_name', '(): string', 'Whose batch it is.'),
      ].map((method) => ({ ...method, page: batchPage })),
    }),
    object('LogWriter', 'Writes log files; closing it finishes the last one.', {
      page: writerPage,
      since,
      methods: [
        describe('write_line', '(line: string)', 'Writes a line.'),
        describe('write_record', '(record: any)', 'Writes a value as JSON.'),
        describe('close', '()', 'Finishes the file.'),
      ].map((method) => ({ ...method, page: writerPage })),
      operators: [{ operator: 'close' }],
    }),
  ],
  tables: [
    table(
      'LogTailerParameters',
      'Which files, and in which portions.',
      [...tailerFields(), ...consumerFields()],
      { page: tailerPage, since, unknownFields: 'ignored' },
    ),
    table(
      'MultiTailerParameters',
      'Which files, and for whom.',
      [...tailerFields(), field('consumers', 'LogConsumer[]', 'For whom.', must)],
      { page: multiPage, since, unknownFields: 'ignored' },
    ),
    table(
      'LogConsumer',
      'Who gets records, and which.',
      [
        field('name', 'string', 'Its name.', must),
        ...consumerFields(),
        field('filter', 'fun(record: table): boolean', 'Whether it gets a record.'),
      ],
      { page: multiPage, since, unknownFields: 'ignored' },
    ),
    table(
      'LogWriterParameters',
      'Where log files are written.',
      [
        field('log_dir', 'string', 'Their folder.', must),
        field('max_file_size', 'integer', 'Uncompressed bytes of a file.', {
          default: '134217728',
        }),
        field('compression_level', 'integer', 'Level of zstd.', { default: '3' }),
        field('max_segment_duration', 'duration', 'How long a file is written to.', {
          default: 'nil',
        }),
        field('suffix', 'string', 'What is added to the file name.', { default: 'nil' }),
        field('tz', 'string', 'IANA time zone of the file names.', { default: 'UTC' }),
      ],
      { page: writerPage, since, unknownFields: 'ignored' },
    ),
  ],
};

function tailerFields() {
  return [
    field('directory', 'string', 'The folder.', must),
    field('pattern', 'string', 'Which files there.', { default: '*' }),
    field('poll_watcher', 'duration', 'Looks so often, instead of being told.', {
      default: 'nil',
    }),
    field('tail', 'boolean', 'Begins with what comes, not with what is there.', {
      default: 'false',
    }),
  ];
}

function consumerFields() {
  return [
    field('max_batch_size', 'integer', 'How many records a batch has.', { default: '100' }),
    field('max_batch_latency', 'duration', 'How long a batch waits to be full.', {
      default: '1s',
    }),
    field('checkpoint_name', 'string', 'Under which name it notes how far it got.', {
      default: 'nil',
    }),
  ];
}

export const files: readonly CataloguePart[] = [fsModule, jsonlModule];
