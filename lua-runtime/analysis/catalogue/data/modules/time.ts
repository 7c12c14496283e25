/** `kumo.time`, `kumo.counter_series`, `kumo.mpsc`: time, counting, and passing values on. */
import {
  field,
  functionsUnder,
  member,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const time = functionsUnder('reference/kumo.time');
const series = functionsUnder('reference/kumo.counter_series');
const describe = functionsUnder(undefined);
const timePage = 'reference/kumo.time/Time.md';
const deltaPage = 'reference/kumo.time/TimeDelta.md';
const queuePage = 'reference/kumo.mpsc/define.md';
const since = '2025.12.02';

const timeModule: CataloguePart = {
  modules: [
    module('kumo.time', 'Moments, spans, waiting and measuring.', {
      page: 'reference/kumo.time/_index.md',
      functions: [
        time('now', '(): Time', 'This moment.', { since }),
        time('from_unix_timestamp', '(seconds: number): Time', 'A moment by seconds since 1970.', {
          since,
        }),
        time(
          'with_ymd_hms',
          '(year: integer, month: integer, day: integer, hour: integer, minute: integer, second: integer): Time',
          'A moment by its date and time in UTC.',
          { since },
        ),
        time('parse_rfc3339', '(text: string): Time', 'Reads an RFC 3339 time.', { since }),
        time('parse_rfc2822', '(text: string): Time', 'Reads an RFC 2822 time.', { since }),
        time('parse_duration', '(duration: duration): TimeDelta', 'Reads a span of time.', {
          since,
        }),
        time('sleep', '(seconds: number)', 'Waits without blocking other work.', {
          since: '2025.01.23',
        }),
        time('start_timer', '(label: string): Timer', 'Measures a span for the metrics.', {
          since: '2025.01.23',
        }),
      ],
    }),
  ],
  objects: [
    object('Time', 'A moment, in UTC.', {
      page: timePage,
      since,
      fields: [
        ...['year', 'month', 'day', 'hour', 'minute', 'second', 'unix_timestamp'].map((name) =>
          member(name, 'integer', `Its ${name.replaceAll('_', ' ')}.`, { page: timePage }),
        ),
        member('unix_timestamp_millis', 'integer', 'Milliseconds since 1970.', {
          page: timePage,
        }),
        member('rfc2822', 'string', 'As RFC 2822.', { page: timePage }),
        member('rfc3339', 'string', 'As RFC 3339.', { page: timePage }),
        member('elapsed', 'TimeDelta', 'The time since then.', { page: timePage }),
      ],
      methods: [
        describe('format', '(format: string): string', 'Written as strftime does.', {
          page: timePage,
        }),
      ],
      operators: [
        { operator: 'add', operand: 'TimeDelta', result: 'Time' },
        { operator: 'sub', operand: 'TimeDelta', result: 'Time' },
        { operator: 'sub', operand: 'Time', result: 'TimeDelta' },
        { operator: 'eq' },
        { operator: 'tostring' },
      ],
    }),
    object('TimeDelta', 'A span of time.', {
      page: deltaPage,
      since,
      fields: [
        member('seconds', 'number', 'In seconds, with fractions.', { page: deltaPage }),
        ...['milliseconds', 'microseconds', 'nanoseconds'].map((name) =>
          member(name, 'integer', `In whole ${name}.`, { page: deltaPage }),
        ),
        member('human', 'string', 'In words, such as `1h 30m`.', { page: deltaPage }),
      ],
      operators: [
        { operator: 'add', operand: 'TimeDelta', result: 'TimeDelta' },
        { operator: 'sub', operand: 'TimeDelta', result: 'TimeDelta' },
        { operator: 'eq' },
        { operator: 'tostring' },
      ],
    }),
    object('Timer', 'A measurement that is running; closing it ends it.', {
      page: 'reference/kumo.time/start_timer.md',
      since: '2025.01.23',
      methods: [
        describe('done', '(): number?', 'Ends it and returns its seconds; nil a second time.', {
          page: 'reference/kumo.time/start_timer.md',
        }),
      ],
      operators: [{ operator: 'close' }],
    }),
  ],
};

const counterModule: CataloguePart = {
  modules: [
    module('kumo.counter_series', 'Counters over the last while, in this process.', {
      page: 'reference/kumo.counter_series/_index.md',
      since: '2026.05.12',
      functions: [
        series(
          'define',
          '(params: CounterSeriesParameters): CounterSeries',
          'The counter of a name.',
          { since: '2026.05.12' },
        ),
      ],
    }),
  ],
  objects: [
    object('CounterSeries', 'A counter in buckets of time.', {
      page: 'reference/kumo.counter_series/_index.md',
      since: '2026.05.12',
      methods: [
        series('increment', '(by: integer)', 'Adds to the bucket of now.', {
          since: '2026.05.12',
        }),
        series('delta', '(by: integer)', 'Adds, or subtracts down to zero.', {
          since: '2026.05.12',
        }),
        series('observe', '(value: integer)', 'Sets the bucket of now.', {
          since: '2026.05.12',
        }),
        series('sum', '(): integer', 'The sum of all buckets.', { since: '2026.05.12' }),
        series('sum_over', '(duration: duration): integer', 'The sum of the last while.', {
          since: '2026.05.12',
        }),
      ],
    }),
  ],
  tables: [
    table(
      'CounterSeriesParameters',
      'A counter.',
      [
        field('name', 'string', 'Its name in this process.', { required: true }),
        field('num_buckets', 'integer', 'How many buckets it has, 255 at the most.', {
          required: true,
        }),
        field('bucket_size', 'duration', 'The time of a bucket, in whole seconds.', {
          required: true,
        }),
        field('initial_value', 'integer', 'What the first bucket begins with.', {
          default: 'nil',
        }),
      ],
      { page: 'reference/kumo.counter_series/define.md', since: '2026.05.12' },
    ),
  ],
};

const queueModule: CataloguePart = {
  modules: [
    module('kumo.mpsc', 'Queues of values between handlers.', {
      page: 'reference/kumo.mpsc/_index.md',
      functions: [
        functionsUnder('reference/kumo.mpsc')(
          'define',
          '(name: string, limit?: integer): MpscQueue',
          'The queue of a name, for the whole process; without a limit it takes any number.',
          { since: '2025.10.06' },
        ),
      ],
    }),
  ],
  objects: [
    object('MpscQueue', 'A queue: many put in, one takes out.', {
      page: queuePage,
      since: '2025.10.06',
      methods: [
        describe('send', '(value: any)', 'Puts a value in, and waits while it is full.'),
        describe('send_timeout', '(value: any, seconds: number)', 'The same, or an error.'),
        describe('try_send', '(value: any): boolean', 'Puts a value in unless it is full.'),
        describe('recv', '(): any', 'Takes a value, and waits for one; nil when closed.'),
        describe('try_recv', '(): any', 'Takes a value if there is one.'),
        describe('recv_many', '(limit: integer): any[]', 'Takes so many at the most.'),
        describe('len', '(): integer', 'How many are in it.'),
        describe('is_empty', '(): boolean', 'Whether there is none.'),
        describe('is_closed', '(): boolean', 'Whether it is closed.'),
        describe('close', '()', 'Lets nothing in any more.'),
      ].map((method) => ({ ...method, page: queuePage })),
    }),
  ],
};

export const times: readonly CataloguePart[] = [timeModule, counterModule, queueModule];
