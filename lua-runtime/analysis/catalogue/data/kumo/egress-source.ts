/** Egress pools, egress sources and listener domains: what their events return. */
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
const pool = fieldsUnder('reference/kumo/make_egress_pool');
const source = fieldsUnder('reference/kumo/make_egress_source');
const domain = fieldsUnder('reference/kumo/make_listener_domain');

export const kumoEgressSource: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        fn(
          'make_egress_pool',
          '(params: EgressPoolParameters): EgressPool',
          'A weighted set of egress sources: what a `get_egress_pool` handler returns.',
          { page: 'make_egress_pool/_index.md' },
        ),
        fn(
          'make_egress_source',
          '(params: EgressSourceParameters): EgressSource',
          'Where connections come from: what a `get_egress_source` handler returns.',
          { page: 'make_egress_source/_index.md' },
        ),
        fn(
          'make_listener_domain',
          '(params: ListenerDomainParameters): ListenerDomain',
          'What is relayed for a domain: what a `get_listener_domain` handler returns.',
          { page: 'make_listener_domain/_index.md' },
        ),
      ],
    }),
  ],
  objects: [
    object('EgressPool', 'An egress pool. Its fields cannot be read.', {
      page: 'reference/kumo/make_egress_pool/_index.md',
    }),
    object('EgressSource', 'An egress source. Its fields cannot be read.', {
      page: 'reference/kumo/make_egress_source/_index.md',
    }),
    object('ListenerDomain', 'What is relayed for a domain.', {
      page: 'reference/kumo/make_listener_domain/_index.md',
      readsAs: 'ListenerDomainParameters',
      operators: [{ operator: 'pairs' }, { operator: 'len', result: 'integer' }],
    }),
  ],
  aliases: [
    alias(
      'LogReportDisposition',
      "boolean|'Ignore'|'LogThenDrop'|'LogThenRelay'",
      'What is done with a report: nothing, log it and keep it, or log it and pass it on. true is `LogThenRelay`.',
      { page: 'reference/kumo/make_listener_domain/log_oob.md' },
    ),
  ],
  tables: [
    table(
      'EgressPoolParameters',
      'The sources of a pool.',
      [
        pool('name', 'string', 'Name of the pool.', { required: true }),
        pool('entries', 'EgressPoolEntry[]', 'Its sources. Without any, nothing is delivered.', {
          default: '{}',
        }),
        pool('ttl', 'duration', 'How long the pool is kept before it is asked for again.', {
          default: '1m',
        }),
      ],
      { page: 'reference/kumo/make_egress_pool/_index.md' },
    ),
    table(
      'EgressPoolEntry',
      'A source of a pool.',
      [
        field('name', 'string', 'Name of the source.', { required: true }),
        field('weight', 'integer', 'Its share; 0 is never used.', { default: '1' }),
      ],
      { page: 'reference/kumo/make_egress_pool/entries.md' },
    ),
    table(
      'EgressSourceParameters',
      'Where connections come from.',
      [
        source('name', 'string', 'Name of the source, for logs.', { required: true }),
        source('ehlo_domain', 'string', "Name for EHLO; the path's comes first.", {
          default: 'nil',
        }),
        source('source_address', 'string', 'Local address to connect from.', { default: 'nil' }),
        source('remote_port', 'integer', 'Port to connect to; comes before all others.', {
          default: 'nil',
        }),
        source('ha_proxy_server', 'string', 'Address or name, and port, of an HA proxy.', {
          default: 'nil',
        }),
        source('ha_proxy_source_address', 'string', 'Address for that proxy to connect from.', {
          default: 'nil',
        }),
        source('socks5_proxy_server', 'string', 'Address or name, and port, of a SOCKS5 proxy.', {
          default: 'nil',
          since: '2023.06.22',
        }),
        source('socks5_proxy_source_address', 'string', 'Address for that proxy to connect from.', {
          default: 'nil',
          since: '2023.06.22',
        }),
        field('socks5_proxy_username', 'string', 'User for the SOCKS5 proxy.', {
          default: 'nil',
          undocumented: true,
        }),
        field('socks5_proxy_password', 'keysource', 'Password for the SOCKS5 proxy.', {
          default: 'nil',
          undocumented: true,
        }),
        source(
          'suspend_when_unplumbed',
          'SuspendOnFailure',
          'Suspends the source when its address is not on this machine.',
          { default: 'nil', since: 'dev' },
        ),
        source(
          'suspend_when_proxy_unhealthy',
          'SuspendOnFailure',
          'Suspends the source when its proxy cannot be reached.',
          { default: 'nil', since: 'dev' },
        ),
        source('ttl', 'duration', 'How long the source is kept before it is asked for again.', {
          default: '1m',
        }),
      ],
      { page: 'reference/kumo/make_egress_source/_index.md' },
    ),
    table(
      'SuspendOnFailure',
      'When a source is suspended, and for how long.',
      [
        field('trigger', "'Immediate'|SuspendThreshold", 'The first failure, or several.', {
          default: 'Immediate',
        }),
        field('duration', 'duration', 'How long it stays suspended.', { required: true }),
      ],
      { page: 'reference/kumo/make_egress_source/suspend_when_unplumbed.md', since: 'dev' },
    ),
    table(
      'SuspendThreshold',
      'How many failures in how much time.',
      [field('Threshold', 'throttle', 'Such as `3/5m`.', { required: true })],
      { page: 'reference/kumo/make_egress_source/suspend_when_unplumbed.md', since: 'dev' },
    ),
    table(
      'ListenerDomainParameters',
      'What is relayed for a domain.',
      [
        domain('relay_to', 'boolean', 'Takes mail to the domain from anyone.', {
          default: 'false',
        }),
        domain('relay_from', 'string[]', 'Networks that may send for the domain.', {
          default: '{}',
        }),
        domain('log_oob', 'LogReportDisposition', 'What is done with delivery status reports.', {
          default: 'Ignore',
        }),
        domain('log_arf', 'LogReportDisposition', 'What is done with ARF reports.', {
          default: 'Ignore',
        }),
        field('ttl', 'duration', 'Not used any more.', {
          default: '1m',
          undocumented: true,
          deprecated: {},
        }),
      ],
      { page: 'reference/kumo/make_listener_domain/_index.md' },
    ),
  ],
};
