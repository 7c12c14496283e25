/** `kumo.make_queue_config` and its protocol tables. */
import {
  alias,
  field,
  fieldsUnder,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo');
const option = fieldsUnder('reference/kumo/make_queue_config');
const protocolPage = 'reference/kumo/make_queue_config/protocol.md';

export const kumoQueueConfig: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        fn(
          'make_queue_config',
          '(params: QueueConfigParameters): QueueConfig',
          'The configuration of a scheduled queue: what a `get_queue_config` handler returns. A table is needed, also an empty one.',
          { page: 'make_queue_config/_index.md', here: 'runs' },
        ),
      ],
    }),
  ],
  objects: [
    object('QueueConfig', 'The configuration of a scheduled queue, with its defaults.', {
      page: 'reference/kumo/make_queue_config/_index.md',
      readsAs: 'QueueConfigParameters',
      operators: [{ operator: 'pairs' }, { operator: 'len', result: 'integer' }],
    }),
  ],
  aliases: [
    alias(
      'RefreshStrategy',
      "'Ttl'|'Epoch'",
      'Whether a configuration is asked for again after a time, or when the configuration epoch changes.',
      { since: '2024.11.08' },
    ),
    alias(
      'ShrinkPolicy',
      "'ShrinkDataAndMeta'|'ShrinkData'|'NoShrink'",
      'What of a message is released from memory.',
      { since: '2025.03.19' },
    ),
    alias(
      'QueueProtocol',
      'QueueProtocolSmtp|QueueProtocolMaildir|QueueProtocolCustomLua|QueueProtocolXfer',
      'How a queue delivers. The first of these that fits the table is taken.',
      { page: protocolPage },
    ),
  ],
  tables: [
    table(
      'QueueConfigParameters',
      'Every setting of a scheduled queue.',
      [
        option('egress_pool', 'string', 'Which egress pool the messages leave from.', {
          default: 'nil',
        }),
        option('max_age', 'duration', 'How old a message gets before it expires.', {
          default: '7days',
        }),
        option('max_message_rate', 'throttle', 'How fast messages move to the ready queue.', {
          default: 'nil',
          since: '2024.06.10',
        }),
        option('max_retry_interval', 'duration', 'The longest wait between two attempts.', {
          default: 'nil',
        }),
        option('protocol', 'QueueProtocol', 'How messages are delivered.', {
          default: '{ smtp = {} }',
        }),
        option('reap_interval', 'duration', 'How long the queue stays empty before it is freed.', {
          default: '10m',
          since: '2024.09.02',
        }),
        option(
          'refresh_interval',
          'duration',
          'How long this configuration is kept when `refresh_strategy` is `Ttl`.',
          { default: '1m', since: '2024.09.02' },
        ),
        option(
          'refresh_strategy',
          'RefreshStrategy',
          'When this configuration is asked for again.',
          {
            default: 'Ttl',
            since: '2024.11.08',
          },
        ),
        option(
          'retry_interval',
          'duration',
          'The wait after the first failure; it doubles with every attempt. Parts of a second are dropped.',
          { default: '20m' },
        ),
        option(
          'shrink_policy',
          'ShrinkPolicyEntry[]',
          'What is released from memory, by how long a message waits. For experts.',
          { default: '{}', since: '2025.03.19' },
        ),
        option(
          'strategy',
          "'TimerWheel'|'SkipList'|'SingletonTimerWheel'|'SingletonTimerWheelV2'",
          'How the queue keeps its messages by their due time.',
          { default: 'SingletonTimerWheel', since: '2024.09.02' },
        ),
        option(
          'timerwheel_tick_interval',
          'duration',
          'How often a `TimerWheel` queue looks for due messages; a twentieth of `retry_interval` unless set.',
          { default: 'nil', since: '2024.09.02' },
        ),
        field('provider_name', 'string', 'A provider name for log records and metrics.', {
          default: 'nil',
          undocumented: true,
        }),
      ],
      { page: 'reference/kumo/make_queue_config/_index.md' },
    ),
    table(
      'ShrinkPolicyEntry',
      'What is released while a message waits at least so long.',
      [
        field('interval', 'duration', 'The shortest wait that this is for.', { required: true }),
        field('policy', 'ShrinkPolicy', 'What is released.', { required: true }),
      ],
      { page: 'reference/kumo/make_queue_config/shrink_policy.md', since: '2025.03.19' },
    ),
    table(
      'QueueProtocolSmtp',
      'Delivery by SMTP.',
      [field('smtp', 'SmtpProtocol', 'Where to.', { required: true })],
      { page: protocolPage, unknownFields: 'ignored' },
    ),
    table(
      'SmtpProtocol',
      'Where an SMTP queue delivers to.',
      [
        field(
          'mx_list',
          '(string|ResolvedMx)[]',
          'Hosts (`host`, `host:port`, `[ip]`, `[ip]:port`) or resolved hosts instead of the MX records of the domain, tried in order.',
          { default: '{}', since: '2023.08.22' },
        ),
        field('treat_mx_list_as_secure', 'boolean', 'Lets DANE trust the hosts of `mx_list`.', {
          default: 'false',
          since: 'dev',
        }),
      ],
      { page: protocolPage, unknownFields: 'ignored' },
    ),
    table(
      'ResolvedMx',
      'A host with the address to use.',
      [
        field('name', 'string', 'Its name, for TLS and logs.', { required: true }),
        field('addr', 'string', '`10.0.0.1` or `10.0.0.1:25`.', { required: true }),
        field('is_secure', 'boolean', 'The address was validated with DNSSEC.', {
          default: 'false',
          undocumented: true,
        }),
      ],
      { page: protocolPage, unknownFields: 'ignored' },
    ),
    table(
      'QueueProtocolMaildir',
      'Delivery into a maildir, mainly for tests.',
      [
        field('maildir_path', 'string', 'A folder; a template over the message and its queue.', {
          required: true,
        }),
        field('dir_mode', 'integer', 'Permissions of new folders.', { since: '2025.01.23' }),
        field('file_mode', 'integer', 'Permissions of new files.', { since: '2025.01.23' }),
      ],
      { page: protocolPage, unknownFields: 'ignored' },
    ),
    table(
      'QueueProtocolCustomLua',
      'Delivery by the policy itself.',
      [field('custom_lua', 'CustomLuaProtocol', 'Which constructor.', { required: true })],
      { page: protocolPage, unknownFields: 'ignored' },
    ),
    table(
      'CustomLuaProtocol',
      'The event that makes connections, and how many messages one call gets.',
      [
        field(
          'constructor',
          'string',
          'Name of the event whose handler returns a table with `send`, or `send_batch` when `batch_size` is not 1.',
          { required: true },
        ),
        field('batch_size', 'integer', 'The most messages for one `send_batch`.', {
          default: '1',
          since: '2024.11.08',
          undocumented: true,
        }),
        field('min_batch_size', 'integer', 'How many messages a batch waits for.', {
          default: '1',
          undocumented: true,
        }),
        field('max_batch_latency', 'duration', 'How long a batch waits for them.', {
          default: '0s',
          undocumented: true,
        }),
      ],
      { page: protocolPage },
    ),
    table(
      'QueueProtocolXfer',
      'Transfer to another KumoMTA node.',
      [field('xfer', 'XferProtocol', 'Which node.', { required: true })],
      { unknownFields: 'ignored', undocumented: true },
    ),
    table(
      'XferProtocol',
      'A node to transfer to.',
      [field('target', 'string', 'URL of its HTTP listener.', { required: true })],
      { unknownFields: 'ignored', undocumented: true },
    ),
  ],
};
