/** Functions of `kumo` that ask a policy for its own configuration and describe it. */
import { alias, field, functionsUnder, module, table, type CataloguePart } from '../../describe.ts';

const fn = functionsUnder('reference/kumo');
const ceilingPage = 'reference/kumo/compute_egress_path_config_constraints.md';

export const kumoInspection: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        fn(
          'invoke_get_queue_config',
          '(queue_name: string): QueueConfigParameters',
          'The effective configuration of a scheduled queue.',
          { since: '2025.01.23' },
        ),
        fn(
          'invoke_get_egress_path_config',
          '(routing_domain: string, egress_source: string, site_name: string): EgressPathParameters',
          'The effective shaping of a path, without `openssl_options` and `rustls_cipher_suites`.',
          { since: '2025.01.23' },
        ),
        fn(
          'invoke_get_egress_pool',
          '(pool_name: string?): EgressPoolParameters',
          'The effective configuration of a pool, perhaps from the cache.',
          { since: '2025.12.02' },
        ),
        fn(
          'invoke_get_egress_source',
          '(source_name: string): EgressSourceParameters',
          'The effective configuration of a source, perhaps from the cache.',
          { since: '2025.12.02' },
        ),
        fn(
          'compute_egress_path_config_constraints',
          '(path_config: EgressPathConfig|EgressPathParameters, additional?: EffectiveConstraints): EffectiveConstraints',
          'How much a path can carry by its limits, together with other limits if given.',
          { since: 'dev' },
        ),
        fn(
          'compute_queue_config_constraints',
          '(queue_config: QueueConfig|QueueConfigParameters): EffectiveConstraints',
          'How much a scheduled queue lets through by its limits.',
          { since: 'dev' },
        ),
        fn(
          'format_egress_path_config_constraints',
          '(constraints: EffectiveConstraints): string',
          'Limits in words, as kcli shows them.',
          { since: 'dev' },
        ),
        fn(
          'format_egress_path_config_toml',
          '(path_config: EgressPathConfig|EgressPathParameters): string',
          'The shaping of a path as TOML.',
          { since: 'dev' },
        ),
        fn(
          'format_queue_config_toml',
          '(queue_config: QueueConfig|QueueConfigParameters): string',
          'The configuration of a queue as TOML.',
          { since: 'dev' },
        ),
      ],
    }),
  ],
  aliases: [
    alias(
      'CeilingKind',
      "'primary'|'additional'|'reconnect_cycling'|'other'",
      'Which kind of setting a limit comes from.',
      { page: ceilingPage, since: 'dev' },
    ),
  ],
  tables: [
    table(
      'EffectiveConstraints',
      'How much can be carried.',
      [
        field('max_concurrent_dispatchers', 'EffectiveCeiling', 'Sessions at once.', {
          required: true,
        }),
        field('max_message_rate', 'EffectiveCeiling', 'Messages.'),
        field(
          'max_message_rate_declared',
          'string',
          'The configured rate of messages, when something else limits them more.',
        ),
        field('max_connection_rate', 'EffectiveCeiling', 'Connections.'),
        field('max_source_selection_rate', 'EffectiveCeiling', 'Choices of the source.'),
      ],
      { page: ceilingPage, since: 'dev', unknownFields: 'ignored' },
    ),
    table(
      'EffectiveCeiling',
      'One limit.',
      [
        field('value', 'number', 'For a second, or as a count.', { required: true }),
        field('source', 'CeilingSource', 'Where it comes from.', { required: true }),
        field('display', 'string', 'As it was configured.', { required: true }),
      ],
      { page: ceilingPage, since: 'dev', unknownFields: 'ignored' },
    ),
    table(
      'CeilingSource',
      'Where a limit comes from.',
      [
        field('kind', 'CeilingKind', 'Which kind of setting.', { required: true }),
        field('name', 'string', 'Its name, for `additional` and `other`.'),
      ],
      { page: ceilingPage, since: 'dev', unknownFields: 'ignored' },
    ),
  ],
};
