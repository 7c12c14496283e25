/** `kumo.make_egress_path`: limits, queueing and memory of a path; its SMTP settings are in egress-path-smtp.ts. */
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
import { smtpFields } from './egress-path-smtp.ts';

const fn = functionsUnder('reference/kumo');
const option = fieldsUnder('reference/kumo/make_egress_path');

const RUSTLS_CIPHER_SUITES = [
  'TLS13_AES_256_GCM_SHA384',
  'TLS13_AES_128_GCM_SHA256',
  'TLS13_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
] as const;

export const kumoEgressPath: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        fn(
          'make_egress_path',
          '(params: EgressPathParameters): EgressPathConfig',
          'How traffic from one source to one site is shaped: what a `get_egress_path_config` handler returns.',
          { page: 'make_egress_path/_index.md' },
        ),
      ],
    }),
  ],
  objects: [
    object('EgressPathConfig', 'How a path is shaped, with the defaults.', {
      page: 'reference/kumo/make_egress_path/_index.md',
      readsAs: 'EgressPathParameters',
      operators: [{ operator: 'pairs' }, { operator: 'len', result: 'integer' }],
    }),
  ],
  aliases: [
    alias(
      'RustlsCipherSuite',
      RUSTLS_CIPHER_SUITES.map((name) => `'${name}'`).join('|'),
      'A cipher suite of rustls.',
      {
        page: 'reference/kumo/make_egress_path/rustls_cipher_suites.md',
        since: '2024.09.02',
      },
    ),
    alias(
      'WakeupStrategy',
      "'Aggressive'|'Relaxed'",
      'Whether every new message wakes the tasks of a ready queue, or only the first.',
      { since: '2025.05.06' },
    ),
  ],
  tables: [
    table(
      'EgressPathParameters',
      'Every setting of the path from a source to a site. Of these, delivery by Lua knows the limits, the rate of messages, `max_ready`, `idle_timeout`, refreshing and wake-ups.',
      [...limitFields(), ...queueFields(), ...smtpFields],
      { page: 'reference/kumo/make_egress_path/_index.md' },
    ),
  ],
};

function limitFields() {
  return [
    option('connection_limit', 'limit', 'The most connections at once, and so of sessions.', {
      default: '32',
    }),
    option(
      'additional_connection_limits',
      'table<string, limit>',
      'More limits of connections, each under a name and counted over all paths with that name.',
      { default: '{}', since: '2024.11.08' },
    ),
    option('max_message_rate', 'throttle', 'How fast messages are sent.', { default: 'nil' }),
    option(
      'additional_message_rate_throttles',
      'table<string, throttle>',
      'More rates of messages, each counted over all paths with that name.',
      { default: '{}', since: '2024.11.08' },
    ),
    option(
      'max_connection_rate',
      'throttle',
      'How fast connections are opened. Enforced for SMTP only.',
      { default: 'nil' },
    ),
    option('source_selection_rate', 'throttle', 'How often the source may be chosen.', {
      default: 'nil',
      since: '2025.03.19',
    }),
    option(
      'additional_source_selection_rates',
      'table<string, throttle>',
      'More rates of choosing, each counted over all paths with that name.',
      { default: '{}', since: '2025.03.19' },
    ),
    option('max_deliveries_per_connection', 'integer', 'How many messages a session sends.', {
      default: '1024',
    }),
    option('max_recipients_per_batch', 'integer', 'How many recipients one SMTP transaction has.', {
      default: '100',
      since: '2025.12.02',
    }),
    option(
      'consecutive_connection_failures_before_delay',
      'integer',
      'After how many failed sessions in a row every message of the ready queue is delayed.',
      { default: '100' },
    ),
  ];
}

function queueFields() {
  return [
    option('max_ready', 'integer', 'How many messages the ready queue holds.', {
      default: '1024',
    }),
    option('idle_timeout', 'duration', 'How long a session waits for another message.', {
      default: '5s',
    }),
    option(
      'refresh_interval',
      'duration',
      'How long this configuration is kept when `refresh_strategy` is `Ttl`.',
      { default: '1m', since: '2024.09.02' },
    ),
    option('refresh_strategy', 'RefreshStrategy', 'When this configuration is asked for again.', {
      default: 'Ttl',
      since: '2024.11.08',
    }),
    option(
      'reconnect_strategy',
      "'TerminateSession'|'ReconnectSameHost'|'ConnectNextHost'",
      'What a session does after an error in a delivery.',
      {
        default: 'ConnectNextHost',
        since: '2025.01.29',
      },
    ),
    option('dispatcher_wakeup_strategy', 'WakeupStrategy', 'How new messages wake sessions.', {
      default: 'Aggressive',
      since: '2025.05.06',
    }),
    option(
      'maintainer_wakeup_strategy',
      'WakeupStrategy',
      'How new messages wake the maintainer.',
      {
        default: 'Aggressive',
        since: '2025.05.06',
      },
    ),
    option(
      'dispatcher_progress_watchdog_timeout',
      'duration',
      'After how long without progress a session is aborted.',
      { default: 'nil', since: 'dev' },
    ),
    option(
      'system_shutdown_timeout',
      'duration',
      'How long a delivery may go on while kumod stops; the sum of its SMTP timeouts unless set.',
      { default: 'nil', since: '2025.05.06' },
    ),
    option('low_memory_reduction_policy', 'ShrinkPolicy', 'What is released when memory is low.', {
      default: 'ShrinkDataAndMeta',
      since: '2025.03.19',
    }),
    option('no_memory_reduction_policy', 'ShrinkPolicy', 'What is released when memory is short.', {
      default: 'ShrinkDataAndMeta',
      since: '2025.03.19',
    }),
    field('provider_name', 'string', 'A provider name for log records and metrics.', {
      default: 'nil',
      undocumented: true,
    }),
    field('readyq_pool_name', 'string', 'Which thread pool runs the sessions.', {
      default: 'nil',
      undocumented: true,
    }),
    field(
      'aggressive_connection_opening',
      'boolean',
      'Opens connections without waiting for a message to take.',
      { default: 'false', undocumented: true },
    ),
  ];
}
