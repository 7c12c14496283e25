/** Loggers, log hooks, the bounce classifier and the accounting database. */
import {
  alias,
  field,
  fieldsUnder,
  functionsUnder,
  module,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo');
const log = fieldsUnder('reference/kumo/configure_local_logs');
const hookPage = 'reference/kumo/configure_log_hook.md';
const classifierPage = 'reference/kumo/configure_bounce_classifier.md';

export const kumoLogging: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        fn(
          'configure_local_logs',
          '(params: LocalLogsParameters)',
          'Writes log records to compressed files. May be called several times.',
          { page: 'configure_local_logs/_index.md', only: 'init' },
        ),
        fn(
          'configure_log_hook',
          '(params: LogHookParameters)',
          'Makes a message of each log record and asks `should_enqueue_log_record` about it.',
          { only: 'init' },
        ),
        fn(
          'configure_log_disposition_hook',
          '(params: LogDispositionHookParameters)',
          'Fires the event `log_disposition_NAME` for each log record, at once.',
          { undocumented: true, only: 'init' },
        ),
        fn(
          'configure_bounce_classifier',
          '(params: BounceClassifierParameters)',
          'Sorts the responses of failures into classes. Once only.',
          { only: 'init' },
        ),
        fn(
          'configure_accounting_db_path',
          '(path: string)',
          'Where the counts of received and delivered messages are kept; `/var/spool/kumomta/accounting.db` unless set.',
          { since: '2023.11.28', only: 'init' },
        ),
      ],
    }),
  ],
  aliases: [
    alias('MinFree', 'integer|string', 'A number, or a share such as `10%`.', {
      page: 'reference/kumo/configure_local_logs/min_free_space.md',
      since: '2024.09.02',
    }),
  ],
  tables: [
    table(
      'LocalLogsParameters',
      'Where records are written, and which.',
      [
        log('log_dir', 'string', 'Folder of the files.', { required: true }),
        log('max_file_size', 'integer', 'Uncompressed bytes of a file.', {
          default: '1000000000',
        }),
        log('back_pressure', 'integer', 'How many records wait before logging blocks.', {
          default: '128000',
        }),
        log('compression_level', 'integer', 'Level of zstd, 1 to 21; 0 is its default.', {
          default: '0',
        }),
        log('max_segment_duration', 'duration', 'How long a file is written to.', {
          default: 'nil',
        }),
        log('meta', 'string[]', 'Metadata to note; a trailing `*` matches more.', {
          default: '{}',
        }),
        log('headers', 'string[]', 'Headers to note. Reads every message from the spool.', {
          default: '{}',
        }),
        log('per_record', 'LogPerRecord', 'Settings by type of record.', { default: '{}' }),
        log('filter_event', 'string', 'Event that says which messages are logged.', {
          default: 'nil',
          since: '2023.11.28',
        }),
        log('min_free_space', 'MinFree', 'Free space below which no mail is taken.', {
          default: '10%',
          since: '2024.09.02',
        }),
        log('min_free_inodes', 'MinFree', 'Free inodes below which no mail is taken.', {
          default: '10%',
          since: '2024.09.02',
        }),
      ],
      { page: 'reference/kumo/configure_local_logs/_index.md' },
    ),
    table('LogPerRecord', 'Settings by type of record; `Any` is for all others.', perRecord(), {
      page: 'reference/kumo/configure_local_logs/per_record.md',
    }),
    table(
      'LogRecordParameters',
      'How records of a type are logged.',
      [
        field('enable', 'boolean', 'Whether they are.', { default: 'true' }),
        field('suffix', 'string', 'What is added to the file name.', { default: 'nil' }),
        field('log_dir', 'string', 'Another folder.', { default: 'nil' }),
        field('template', 'string', 'A template that writes the line instead of JSON.', {
          default: 'nil',
        }),
        field('segment_header', 'string', 'What a new file begins with.', {
          default: '',
          since: '2023.11.28',
        }),
      ],
      { page: 'reference/kumo/configure_local_logs/per_record.md' },
    ),
    table(
      'LogHookParameters',
      'A hook for log records.',
      [
        field('name', 'string', 'Name of the hook, unique.', {
          required: true,
          page: hookPage,
          since: '2023.08.22',
        }),
        field('back_pressure', 'integer', 'How many records wait before logging blocks.', {
          default: '128000',
        }),
        field('meta', 'string[]', 'Metadata to note and to copy to the log message.', {
          default: '{}',
        }),
        field('headers', 'string[]', 'Headers to note. Reads every message from the spool.', {
          default: '{}',
        }),
        field('per_record', 'LogPerRecord', 'Settings by type of record.', { default: '{}' }),
        field('deferred_spool', 'boolean', 'Keeps log messages in memory at first.', {
          default: 'false',
        }),
      ],
      { page: hookPage },
    ),
    table(
      'LogDispositionHookParameters',
      'A hook that is asked while the message is at hand.',
      [
        field('name', 'string', 'Name of the hook, unique; its event is `log_disposition_NAME`.', {
          required: true,
        }),
        field('per_record', 'LogPerRecord', 'Settings by type of record.', { default: '{}' }),
      ],
      { undocumented: true },
    ),
    table(
      'BounceClassifierParameters',
      'The rules of the classifier.',
      [
        field('files', 'string[]', 'Files of rules, `.json` or `.toml`.', { required: true }),
        field('back_pressure', 'integer', 'How many wait before logging blocks.', {
          default: '131072',
          since: '2024.09.02',
        }),
        field('pool_size', 'integer', 'Threads; a quarter of the parallelism unless set.', {
          since: '2024.09.02',
        }),
        field('cache_size', 'integer', 'How many results are kept.', {
          default: '1024',
          since: '2024.09.02',
        }),
        field('uncategorized_cache_size', 'integer', 'How many without a class are kept.', {
          default: '1024',
          since: '2024.09.02',
        }),
      ],
      { page: classifierPage },
    ),
  ],
};

function perRecord() {
  const types: Readonly<Record<string, string | undefined>> = {
    Any: undefined,
    Reception: undefined,
    Delivery: undefined,
    Bounce: undefined,
    TransientFailure: undefined,
    Expiration: undefined,
    AdminBounce: undefined,
    OOB: undefined,
    Feedback: undefined,
    Rejection: '2024.06.10',
    AdminRebind: '2024.09.02',
    DeferredInjectionRebind: '2025.01.23',
    Delayed: '2025.01.23',
    XferOut: '2025.12.02',
    XferIn: '2025.12.02',
  };
  return Object.entries(types).map(([type, since]) =>
    field(
      type,
      'LogRecordParameters',
      type === 'Any' ? 'Types that are not listed.' : `Records of type \`${type}\`.`,
      { page: 'reference/log_record.md', ...(since === undefined ? {} : { since }) },
    ),
  );
}
