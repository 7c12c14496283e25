/** `kumo.define_spool`. */
import {
  field,
  fieldsUnder,
  functionsUnder,
  module,
  table,
  type CataloguePart,
  type FieldOptions,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo');
const spool = fieldsUnder('reference/kumo/define_spool');
const rocksPage = 'reference/kumo/define_spool/rocks_params.md';

const rocks = (name: string, type: string, summary: string, options: FieldOptions = {}) =>
  field(name, type, summary, { since: '2023.03.31', page: rocksPage, ...options });

export const kumoSpool: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        fn(
          'define_spool',
          '(params: SpoolParameters)',
          'Storage for messages. Two are needed, named `data` and `meta`.',
          { page: 'define_spool/_index.md', only: 'init' },
        ),
      ],
    }),
  ],
  tables: [
    table(
      'SpoolParameters',
      'A spool.',
      [
        spool('name', "'data'|'meta'|string", 'Which spool it is.', { required: true }),
        spool('path', 'string', 'Its folder.', { required: true }),
        spool('kind', "'LocalDisk'|'RocksDB'", 'How it stores.', { default: 'LocalDisk' }),
        spool('flush', 'boolean', 'Flushes after each write. Very slow.', { default: 'false' }),
        spool('rocks_params', 'RocksSpoolParameters', 'Settings of RocksDB.', {
          default: 'nil',
        }),
        spool('min_free_space', 'MinFree', 'Free space below which no mail is taken.', {
          default: '10%',
          since: '2024.09.02',
        }),
        spool('min_free_inodes', 'MinFree', 'Free inodes below which no mail is taken.', {
          default: '10%',
          since: '2024.09.02',
        }),
      ],
      { page: 'reference/kumo/define_spool/_index.md' },
    ),
    table(
      'RocksSpoolParameters',
      'Settings of RocksDB. Unknown fields are ignored without a word.',
      [
        rocks('increase_parallelism', 'integer', 'Threads for background work.'),
        rocks(
          'optimize_level_style_compaction',
          'integer',
          'Bytes of memory for level style compaction.',
        ),
        rocks(
          'optimize_universal_style_compaction',
          'integer',
          'Bytes of memory for universal style compaction, instead.',
        ),
        rocks('paranoid_checks', 'boolean', 'Checks more, and costs more.', {
          default: 'false',
        }),
        rocks(
          'compression_type',
          "'None'|'Snappy'|'Zlib'|'Bz2'|'Lz4'|'Lz4hc'|'Zstd'",
          'How blocks are compressed. Official builds know `None` and `Snappy` only.',
          { default: 'Snappy' },
        ),
        rocks('compaction_readahead_size', 'integer', 'Bytes that compaction reads ahead.'),
        rocks(
          'level_compaction_dynamic_level_bytes',
          'boolean',
          'Lets RocksDB choose the sizes of its levels.',
          { default: 'false' },
        ),
        rocks('max_open_files', 'integer', 'How many files stay open; all unless set.'),
        rocks('write_buffer_size', 'integer', 'Bytes of a memtable.', { since: 'dev' }),
        rocks('level0_stop_writes_trigger', 'integer', 'How many files at level 0 stop writes.', {
          since: 'dev',
        }),
        rocks(
          'log_level',
          "'Debug'|'Info'|'Warn'|'Error'|'Fatal'|'Header'",
          "How much RocksDB's own log says.",
          { default: 'Info' },
        ),
        rocks('memtable_huge_page_size', 'integer', 'Size of huge pages for memtables.'),
        rocks('log_file_time_to_roll', 'duration', 'How long its own log file is used.', {
          default: '1day',
          since: '2023.11.28',
        }),
        rocks('obsolete_files_period', 'duration', 'How often old files are removed.', {
          default: '6h',
          since: '2023.11.28',
        }),
        rocks('limit_concurrent_stores', 'integer', 'How many stores run at once.', {
          since: '2025.03.19',
        }),
        rocks('limit_concurrent_loads', 'integer', 'How many loads run at once.', {
          since: '2025.03.19',
        }),
        rocks('limit_concurrent_removes', 'integer', 'How many removals run at once.', {
          since: '2025.03.19',
        }),
        rocks('store_deadline', 'duration', 'How long a store may take.', {
          default: '30s',
          since: 'dev',
        }),
        rocks('error_latch_duration', 'duration', 'After how long of errors load is shed.', {
          default: '15s',
          since: 'dev',
        }),
        rocks('error_unlatch_duration', 'duration', 'After how long without, it is taken again.', {
          default: '5m',
          since: 'dev',
        }),
        rocks('allow_error_unlatch', 'boolean', 'Whether it is taken again by itself.', {
          default: 'true',
          since: 'dev',
        }),
      ],
      { page: rocksPage, unknownFields: 'ignored' },
    ),
  ],
};
