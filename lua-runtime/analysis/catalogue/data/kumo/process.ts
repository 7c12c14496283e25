/** Functions of `kumo` that size the process: threads, memory, Lua contexts, configuration epoch. */
import { functionsUnder, module, type CataloguePart } from '../../describe.ts';

const fn = functionsUnder('reference/kumo');

const pools = [
  ['httpinject', 'HTTP injections', '2024.09.02'],
  ['logging', 'log records', '2024.09.02'],
  ['qmaint', 'the upkeep of scheduled queues', '2024.09.02'],
  ['ready_qmaint', 'the upkeep of ready queues', '2025.05.06'],
  ['readyq', 'delivery sessions of ready queues', '2024.09.02'],
  ['smtpsrv', 'SMTP sessions of clients', '2024.09.02'],
  ['spoolin', 'reading the spool at start', '2024.09.02'],
] as const;

export const kumoProcess: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        ...pools.map(([pool, work, since]) =>
          fn(
            `set_${pool}_threads`,
            '(threads: integer)',
            `How many threads work on ${work}. The default is a share of the machine's parallelism.`,
            { since, only: 'init' },
          ),
        ),
        fn(
          'set_httpinject_recipient_rate_limit',
          '(spec: throttle?)',
          'Limits how many recipients a second HTTP injection takes; nil removes the limit.',
          { since: '2024.11.08', only: 'init' },
        ),
        fn(
          'set_lruttl_cache_capacity',
          '(name: string, capacity: integer)',
          'Resizes one of the caches that kumod itself declares; an unknown name is an error.',
          { since: '2025.03.19' },
        ),
        fn(
          'set_max_lua_context_age',
          '(seconds: integer)',
          'How old a pooled Lua context may get: 300 seconds unless set.',
        ),
        fn(
          'set_max_lua_context_use_count',
          '(limit: integer)',
          'How many events a pooled Lua context may serve: 1024 unless set.',
        ),
        fn(
          'set_max_spare_lua_contexts',
          '(limit: integer)',
          'How many idle Lua contexts are kept: 8192 unless set.',
        ),
        fn(
          'set_lua_gc_on_put',
          '(percent: integer)',
          'Chance of a full garbage collection when a Lua context returns to the pool.',
          { undocumented: true },
        ),
        fn(
          'set_memory_hard_limit',
          '(bytes: integer)',
          'Memory that the process must not pass; the physical memory unless set.',
          { since: '2025.03.19' },
        ),
        fn(
          'set_memory_soft_limit',
          '(bytes: integer)',
          'Memory from which on new traffic is turned away; 75% of the hard limit unless set.',
          { since: '2025.03.19' },
        ),
        fn(
          'set_memory_low_thresh',
          '(bytes: integer)',
          'Memory from which on message data is released between queues; 80% of the soft limit unless set.',
          { since: '2025.03.19' },
        ),
        fn('get_memory_hard_limit', '(): integer?', 'The hard memory limit in bytes, if any.', {
          since: '2026.03.04',
        }),
        fn('get_memory_soft_limit', '(): integer?', 'The soft memory limit in bytes, if any.', {
          since: '2026.03.04',
        }),
        fn('get_memory_low_thresh', '(): integer?', 'The low memory threshold in bytes, if any.', {
          since: '2026.03.04',
        }),
        fn(
          'set_config_monitor_globs',
          '(globs: string[])',
          'Which files are watched for changes of the configuration; everything Lua, JSON, TOML and YAML under `/opt/kumomta/etc` unless set.',
          { since: '2024.11.08' },
        ),
        fn(
          'eval_config_monitor_globs',
          '(): string[]',
          'The files that the watched globs match now.',
          { since: '2024.11.08' },
        ),
        fn(
          'bump_config_epoch',
          '()',
          'Starts a new configuration epoch: everything that was configured until then is asked for again.',
          { since: '2024.11.08' },
        ),
        fn(
          'set_diagnostic_log_filter',
          '(filter: string)',
          'What goes to the diagnostic log, in the form of the `KUMOD_LOG` environment variable.',
        ),
        fn(
          'available_parallelism',
          '(): integer',
          'How many threads the machine runs at once, by its own estimate.',
          { since: '2024.06.10' },
        ),
        fn(
          'suspend_delivery_when_spool_unhealthy',
          '(enabled: boolean)',
          'Whether deliveries pause while the spool is unhealthy. They do unless switched off.',
          { since: 'dev' },
        ),
        fn('set_timeq_spawn_reinsertion', '(enabled: boolean)', 'Does nothing any more but warn.', {
          undocumented: true,
        }),
        fn(
          'enable_memory_callstack_tracking',
          '(enabled: boolean)',
          'Notes where memory is allocated, for the memory statistics.',
          { undocumented: true },
        ),
        fn(
          'prometheus_metrics',
          '(): table',
          'Every metric of the process as a table. Slow on a busy system.',
          { undocumented: true },
        ),
      ],
    }),
  ],
};
