/** Helpers that answer queue and egress events from data files: queue, shaping, sources, rollup. */
import {
  field,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder(undefined);
const queuePage = 'userguide/configuration/queuemanagement.md';
const shapingPage = 'userguide/trafficshaping/automation.md';
const shapingFilesPage = 'userguide/trafficshaping/shapingfiles.md';
const sourcesPage = 'userguide/configuration/sendingips.md';
const rollupPage = 'userguide/configuration/rollup.md';
const hidden = { undocumented: true } as const;

export const queueingHelpers: CataloguePart = {
  modules: [
    module(
      'policy-extras.queue',
      'Configures scheduled queues, tenants and campaigns from data files. Set it up last of all that answer `get_queue_config`: it answers for every domain.',
      {
        page: queuePage,
        require: 'policy-extras.queue',
        methods: [
          fn(
            'setup',
            '(files: (string|QueueHelperTable)[]): QueueHelper',
            'Registers `get_queue_config` and `throttle_insert_ready_queue`. Once only.',
            { page: queuePage, only: 'main-chunk' },
          ),
          fn(
            'setup_with_options',
            '(options: QueueHelperOptions): QueueHelper',
            'The same with options.',
            { undocumented: true, since: '2023.12.28', only: 'main-chunk' },
          ),
          fn(
            'resolve_provider',
            '(domain: string, routing_domain?: string): string?',
            'The provider that shaping finds for a domain.',
            hidden,
          ),
          fn('test', '()', 'Tests of the helper itself.', hidden),
        ],
        functions: [
          fn(
            'is_queue_config_option',
            '(name: string, value: any): boolean, string?',
            'Whether `kumo.make_queue_config` takes this field with this value.',
            hidden,
          ),
        ],
      },
    ),
    module('policy-extras.shaping', 'Shapes traffic from data files, and talks to tsa-daemon.', {
      page: shapingPage,
      require: 'policy-extras.shaping',
      methods: [
        fn(
          'setup',
          '(extra_files?: string[]): fun(domain: string, egress_source: string, site_name: string): EgressPathConfig',
          'Gives the handler for `get_egress_path_config`. Once only.',
          { page: shapingFilesPage, only: 'main-chunk' },
        ),
        fn(
          'setup_with_automation',
          '(options: ShapingHelperOptions): ShapingHelper',
          'The same with tsa-daemon; also registers handlers for its log hooks.',
          { page: shapingPage, only: 'main-chunk' },
        ),
      ],
    }),
    module('policy-extras.sources', 'Egress sources and pools from data files.', {
      page: sourcesPage,
      require: 'policy-extras.sources',
      methods: [
        fn(
          'setup',
          '(files: (string|SourcesHelperData)[])',
          'Registers `get_egress_source` and `get_egress_pool`. Once only.',
          { page: sourcesPage, only: 'main-chunk' },
        ),
        fn('test', '()', 'Tests of the helper itself.', hidden),
      ],
    }),
    module('policy-extras.rollup', 'Puts domains with the same hosts together.', {
      page: rollupPage,
      require: 'policy-extras.rollup',
      functions: [
        fn(
          'reroute_using_ip_rollup',
          '(message: Message, mapping: table<string, string>)',
          'Sets the routing domain by the addresses of the hosts, for domains whose hosts end so.',
          { page: rollupPage },
        ),
        fn(
          'apply_ip_rollup_to_queue_config',
          '(domain: string, routing_domain: string?, params: QueueConfigParameters)',
          'Sets the protocol of a queue with such a routing domain.',
          { page: rollupPage },
        ),
        fn(
          'reroute_based_on_mx_host_suffix',
          '(message: Message, mapping: table<string, string>)',
          'Sets the routing domain of a message whose hosts all end so.',
          { page: rollupPage },
        ),
      ],
    }),
  ],
  objects: [
    object('QueueHelper', 'What `setup` of the queue helper returns.', {
      page: queuePage,
      methods: [
        fn('apply', '(message: Message)', 'Sets tenant, campaign and routing domain.', {
          page: queuePage,
        }),
        fn(
          'resolve_config',
          '(domain: string, tenant: string?, campaign: string?): QueueConfigParameters',
          'The parameters for a queue.',
          hidden,
        ),
      ],
    }),
  ],
  tables: [
    table(
      'QueueHelperOptions',
      'How the queue helper is set up.',
      [
        field('file_names', '(string|QueueHelperTable)[]', 'Data files.', { required: true }),
        field('skip_queue_config_hook', 'boolean', 'Leaves `get_queue_config` alone.', {
          default: 'nil',
        }),
        field('invalidate_with_epoch', 'boolean', 'Reads them again in a new epoch.', {
          default: 'nil',
          since: '2026.04.09',
        }),
      ],
      { undocumented: true, since: '2023.12.28' },
    ),
    table(
      'ShapingHelper',
      'What `setup_with_automation` returns.',
      [
        field(
          'get_egress_path_config',
          'fun(domain: string, egress_source: string, site_name: string, skip_make?: boolean): EgressPathConfig',
          'The handler for `get_egress_path_config`.',
          { required: true },
        ),
        field('setup_publish', 'fun()', 'Starts talking to tsa-daemon; call it in `init`.', {
          required: true,
        }),
        field('load_shaping_data', 'fun(): Shaping', 'The rules.', {
          required: true,
          undocumented: true,
        }),
      ],
      { page: shapingPage, unknownFields: 'ignored' },
    ),
    table('ShapingHelperOptions', 'How the shaping helper is set up.', shapingOptions(), {
      page: shapingPage,
      unknownFields: 'ignored',
    }),
  ],
};

function shapingOptions() {
  const silent = { undocumented: true } as const;
  return [
    field('publish', 'string[]', 'URLs of tsa-daemons that get log records.', { default: '{}' }),
    field('subscribe', 'string[]', 'URLs of tsa-daemons that are listened to.', {
      default: '{}',
    }),
    field('extra_files', 'string[]', 'Shaping files beside the default one.', {
      default: '{}',
    }),
    field('no_default_files', 'boolean', 'Leaves the default file out.', { default: 'false' }),
    field('load_validation_options', 'ShapingLoadOptions', 'How files are checked.', {
      ...silent,
      since: '2024.11.08',
    }),
    field('validation_options', 'ShapingLoadOptions', 'How `--validate` checks them.', {
      ...silent,
      since: '2024.11.08',
    }),
    field('cache_ttl', 'duration', 'How long the rules are kept.', {
      default: '1m',
      ...silent,
    }),
    field('tsa_queue_config', 'QueueConfigParameters', 'Its log queues.', silent),
    field('back_pressure', 'integer', 'How many records wait before logging blocks.', {
      ...silent,
      since: '2025.03.19',
    }),
    field('pre_filter', 'boolean', 'Sends only records that a rule matches.', {
      default: 'true',
      ...silent,
      since: '2024.09.02',
    }),
    field('skip_log_record_types', 'RecordType[]', 'Types that are never sent.', {
      ...silent,
      since: '2026.06.23',
    }),
    field('additional_skip_log_record_types', 'RecordType[]', 'More types of that kind.', {
      ...silent,
      since: '2026.06.23',
    }),
    field('publish_timeout', 'duration', 'How long sending may take.', silent),
    field('publish_pool_idle_timeout', 'duration', 'How long connections are kept.', silent),
    field('publish_connection_verbose', 'boolean', 'Logs more about them.', silent),
    field(
      'retry_shaping_data_fetch_on_populate_timeout',
      'boolean',
      'Tries again when the rules take too long.',
      silent,
    ),
    field('shaping_data_populate_timeout', 'duration', 'How long the rules may take.', silent),
    field('allow_stale_shaping_data', 'boolean', 'Uses old rules meanwhile.', {
      default: 'false',
      ...silent,
    }),
  ];
}
