/** What functions of `kumo` take and give: throttles, cached functions, tasks, delivery reports. */
import { field, functionsUnder, object, table, type CataloguePart } from '../../describe.ts';

export const kumoPolicyTables: CataloguePart = {
  objects: [
    object('Throttle', 'A rate limit that a policy asks for permission.', {
      page: 'reference/kumo/make_throttle.md',
      since: '2024.06.10',
      methods: methodsOfThrottle(),
    }),
  ],
  tables: [
    table(
      'ThrottleResult',
      'What one question to a throttle gave.',
      [
        field('throttled', 'boolean', 'True when the limit is used up.', { required: true }),
        field('limit', 'integer', 'The limit of the throttle.', { required: true }),
        field('remaining', 'integer', 'How much of the limit is left.', { required: true }),
        field('reset_after', 'SecondsAndNanoseconds', 'Time until the whole limit is free.', {
          required: true,
        }),
        field(
          'retry_after',
          'SecondsAndNanoseconds',
          'Time until the next try may succeed. When allowed it is a null value, which counts as true: ask `throttled`.',
        ),
      ],
      { page: 'reference/kumo/make_throttle.md', unknownFields: 'ignored' },
    ),
    table(
      'SecondsAndNanoseconds',
      'A span of time in two integers.',
      [
        field('secs', 'integer', 'Whole seconds.', { required: true }),
        field('nanos', 'integer', 'Nanoseconds beyond them.', { required: true }),
      ],
      { unknownFields: 'ignored', undocumented: true },
    ),
    table(
      'SpawnTaskParameters',
      'Which event a task runs, and with what.',
      [
        field('event_name', 'string', 'Name of the event; the policy registers its handler.', {
          required: true,
        }),
        field(
          'args',
          'any[]',
          'An array that the handler gets as its one argument. kumod wants it, although it is documented as optional.',
          { required: true },
        ),
      ],
      { page: 'reference/kumo/spawn_task.md', unknownFields: 'ignored' },
    ),
    table(
      'SpawnThreadPoolParameters',
      'A thread pool to make.',
      [
        field('name', 'string', 'Name of the pool.', { required: true }),
        field('num_threads', 'integer', 'How many threads it has.', { required: true }),
      ],
      { undocumented: true, unknownFields: 'ignored' },
    ),
    table(
      'MemoizeParameters',
      'How results are cached.',
      [
        field('name', 'string', 'Name of the cache: one for each purpose.', { required: true }),
        field('ttl', 'duration', 'How long a result is good.', { required: true }),
        field('capacity', 'integer', 'How many results are kept.', { required: true }),
        field(
          'invalidate_with_epoch',
          'boolean',
          'Forget everything when the configuration epoch changes.',
          { default: 'false', since: '2025.03.19' },
        ),
        field('populate_timeout', 'duration', 'How long the wrapped function may take.', {
          default: '120s',
          since: '2025.05.06',
        }),
        field(
          'retry_on_populate_timeout',
          'boolean',
          'Try again instead of raising an error when that time is over.',
          { default: 'false', since: '2025.05.06' },
        ),
        field(
          'allow_stale_reads',
          'boolean',
          'Give the expired result when a new one takes longer than `populate_timeout`.',
          { default: 'false', since: '2025.05.06' },
        ),
      ],
      { page: 'reference/kumo/memoize.md' },
    ),
    table(
      'Rfc3464Parameters',
      'What delivery status reports are made, and how.',
      [
        field(
          'include_original_message',
          "'FullContent'|'HeadersOnly'|'No'",
          'How much of the original message the report carries; other than `No` needs the message.',
          { required: true },
        ),
        field('enable_expiration', 'boolean', 'Report messages that expired.', {
          default: 'false',
        }),
        field('enable_bounce', 'boolean', 'Report permanent failures.', { default: 'false' }),
        field('reporting_mta', 'RemoteMta', 'Who reports; its name is also the sender domain.', {
          required: true,
        }),
        field('stable_content', 'boolean', 'Constant header values, for tests.', {
          default: 'false',
        }),
      ],
      { page: 'reference/kumo/generate_rfc3464_message.md' },
    ),
    table(
      'RemoteMta',
      'A mail server as delivery status reports name it.',
      [
        field('mta_type', 'string', 'Kind of the name, usually `dns`.', { required: true }),
        field('name', 'string', 'The name.', { required: true }),
      ],
      { page: 'reference/kumo/generate_rfc3464_message.md', unknownFields: 'ignored' },
    ),
  ],
};

function methodsOfThrottle() {
  const method = functionsUnder(undefined);
  const page = 'reference/kumo/make_throttle.md';
  return [
    method(
      'throttle',
      '(): ThrottleResult',
      'Counts one operation if the limit allows it, and says whether it did.',
      { page },
    ),
    method(
      'sleep_if_throttled',
      '(): boolean',
      'Waits until the operation is allowed. True when it had to wait.',
      { page },
    ),
    method(
      'delay_message_if_throttled',
      '(message: Message): boolean',
      'Moves the due time of the message when the limit is used up. For `throttle_insert_ready_queue`.',
      { page },
    ),
    method('explain', '(): string', 'Says in words how the throttle limits.', {
      undocumented: true,
    }),
  ];
}
