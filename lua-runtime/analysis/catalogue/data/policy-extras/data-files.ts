/** The data files that helpers read, TOML or JSON. */
import { alias, field, table, type CataloguePart } from '../../describe.ts';
import type { FieldEntry } from '../../catalogue-contract.ts';

const queuePage = 'userguide/configuration/queuemanagement.md';
const sourcesPage = 'userguide/configuration/sendingips.md';
const domainsPage = 'userguide/configuration/domains.md';
const dkimPage = 'userguide/configuration/dkim.md';
const shapingPage = 'reference/kumo.shaping/load.md';
const rollupsPage = 'userguide/trafficshaping/rollups.md';

export const dataFiles: CataloguePart = {
  aliases: [
    alias(
      'ShapingAction',
      "'Suspend'|'SuspendTenant'|'SuspendCampaign'|'Bounce'|'BounceTenant'|'BounceCampaign'|ShapingSetConfig|ShapingSetDomainConfig",
      'What a rule does.',
      { page: shapingPage },
    ),
  ],
  tables: [...queueTables(), ...sourceTables(), ...dkimTables(), ...shapingTables()],
};

function queueTables() {
  const rate = field('overall_max_message_rate', 'throttle', 'A rate over all its queues.');
  const routing = field('routing_domain', 'string', 'Where it is routed to.');
  return [
    table(
      'QueueHelperData',
      'A file for the queue helper.',
      [
        field('scheduling_header', 'string', 'Header with scheduling.'),
        field('tenant_header', 'string', 'Header with the tenant.'),
        field('remove_tenant_header', 'boolean', 'Removes that header.'),
        field('campaign_header', 'string', 'Header with the campaign.'),
        field('remove_campaign_header', 'boolean', 'Removes that header.'),
        field('default_tenant', 'string', 'Tenant of messages without one.'),
        field('tenant', 'table<string, QueueHelperTenant>', 'Tenants by name.'),
        field('queue', 'table<string, QueueHelperDomain>', 'Queues by domain; `default` for all.'),
        field('tenants', 'table<string, QueueHelperTenant>', 'The same as `tenant`.', {
          undocumented: true,
        }),
        field('queues', 'table<string, QueueHelperDomain>', 'The same as `queue`.', {
          undocumented: true,
        }),
      ],
      { page: queuePage },
    ),
    table(
      'QueueHelperTenant',
      'A tenant: also fields of queue configurations.',
      [
        field('require_authz', 'string[]', 'Who may send for it.'),
        rate,
        field('campaigns', 'table<string, QueueHelperCampaign>', 'Its campaigns.', {
          undocumented: true,
        }),
      ],
      { page: queuePage, otherFields: 'any' },
    ),
    table(
      'QueueHelperDomain',
      'A domain: also fields of queue configurations, and tenants by name.',
      [rate, routing],
      { page: queuePage, otherFields: 'any' },
    ),
    table(
      'QueueHelperCampaign',
      'A campaign: also fields of queue configurations.',
      [rate, routing],
      { page: queuePage, otherFields: 'any' },
    ),
  ];
}

function sourceTables() {
  return [
    table(
      'SourcesHelperData',
      'A file for the sources helper.',
      [
        field('source', 'table<string, EgressSourceParameters>', 'Sources by name.'),
        field('pool', 'table<string, table<string, SourcesHelperEntry>>', 'Pools by name.'),
      ],
      { page: sourcesPage },
    ),
    table(
      'SourcesHelperEntry',
      'A source of a pool.',
      [field('weight', 'integer', 'Its share.', { default: '1' })],
      { page: sourcesPage },
    ),
    table(
      'ListenerDomainsHelperDomain',
      'A domain of a file for the listener domains helper: also fields of listener domains.',
      [field('relay_from_authz', 'string[]', 'Who may send for it.')],
      { page: domainsPage, otherFields: 'any' },
    ),
  ];
}

function dkimTables() {
  const common: readonly FieldEntry[] = [
    field('selector', 'string', 'The selector of the key.'),
    field('headers', 'string[]', 'The headers that are signed.'),
    field('expiration', 'integer', 'Seconds until the signature expires.', {
      undocumented: true,
    }),
    field('header_canonicalization', "'Relaxed'|'Simple'", 'How headers are read.', {
      undocumented: true,
    }),
    field('body_canonicalization', "'Relaxed'|'Simple'", 'How the body is read.', {
      undocumented: true,
    }),
    field('over_sign', 'boolean', 'Signs the absence of more headers too.'),
  ];
  const key: readonly FieldEntry[] = [
    field('algo', "'sha256'|'ed25519'", 'Which kind of key.', { default: 'sha256' }),
    field('filename', 'string', 'File of the key.'),
  ];
  return [
    table(
      'DkimSignHelperData',
      'A file for the DKIM helper.',
      [
        field('base', 'DkimSignHelperBase', 'What holds for all.'),
        field('domain', 'table<string, DkimSignHelperDomain>', 'Signatures by domain.'),
        field('signature', 'table<string, DkimSignHelperSignature>', 'More by name.'),
      ],
      { page: dkimPage },
    ),
    table(
      'DkimSignHelperBase',
      'What holds for all.',
      [
        field('vault_mount', 'string', 'Vault with the keys, instead of files.'),
        field('vault_path_prefix', 'string', 'Where in the vault.'),
        field('additional_signatures', 'string[]', 'Names of more signatures.'),
        field('policy', "'Always'", 'When to sign.'),
        ...common,
      ],
      { page: dkimPage },
    ),
    table(
      'DkimSignHelperDomain',
      'The signature of a domain.',
      [field('policy', "'Always'", 'When to sign.'), ...key, ...common],
      { page: dkimPage },
    ),
    table(
      'DkimSignHelperSignature',
      'One more signature.',
      [
        field('domain', 'string', 'The domain that signs.', { required: true }),
        field('policy', "'Always'|'OnlyIfMissingDomainBlock'", 'When to sign.'),
        ...key,
        ...common,
      ],
      { page: dkimPage },
    ),
  ];
}

function shapingTables() {
  return [
    table(
      'ShapingDomain',
      'A domain of a shaping file: also fields of egress paths. The domain `default` is for all.',
      [
        field('mx_rollup', 'boolean', 'Holds for every domain with the same hosts.', {
          default: 'true',
        }),
        field('replace_base', 'boolean', 'Forgets what files before said.', {
          default: 'false',
        }),
        field('automation', 'ShapingRule[]', 'Rules for tsa-daemon.', { default: '{}' }),
        field('sources', 'table<string, EgressPathParameters>', 'Fields by source.', {
          default: '{}',
        }),
      ],
      { page: shapingPage, otherFields: 'any' },
    ),
    table(
      'ShapingProvider',
      'A provider of a shaping file: also the fields of domains.',
      [
        field('match', 'ShapingProviderMatch[]', 'Which domains it has.', { default: '{}' }),
        field('provider_connection_limit', 'limit', 'Connections to all of it.'),
        field('provider_max_message_rate', 'throttle', 'Messages to all of it.'),
        field('replace_base', 'boolean', 'Forgets what files before said.', {
          default: 'false',
          undocumented: true,
        }),
        field('automation', 'ShapingRule[]', 'Rules for tsa-daemon.', {
          default: '{}',
          undocumented: true,
        }),
        field('sources', 'table<string, EgressPathParameters>', 'Fields by source.', {
          default: '{}',
          undocumented: true,
        }),
      ],
      { page: rollupsPage, otherFields: 'any' },
    ),
    table(
      'ShapingProviderMatch',
      'Domains of a provider: one of these fields.',
      [
        field('MXSuffix', 'string', 'How host names end.'),
        field('DomainSuffix', 'string', 'How domains end.'),
        field('HostName', 'string', 'A host.', { since: '2025.01.23' }),
      ],
      { page: rollupsPage },
    ),
    table(
      'ShapingRule',
      'A rule for tsa-daemon.',
      [
        field('regex', 'string|string[]', 'What the response looks like.', { required: true }),
        field('action', 'ShapingAction|ShapingAction[]', 'What to do.', { required: true }),
        field('trigger', "'Immediate'|SuspendThreshold", 'At once, or after several.', {
          default: 'Immediate',
        }),
        field('duration', 'duration', 'For how long.', { required: true }),
        field('match_internal', 'boolean', 'Also responses of KumoMTA itself.', {
          default: 'false',
          since: '2024.11.08',
        }),
      ],
      { page: shapingPage, unknownFields: 'ignored' },
    ),
    table(
      'ShapingSetConfig',
      'Sets a field.',
      [field('SetConfig', 'ShapingNameValue', 'Which.', { required: true })],
      { page: shapingPage },
    ),
    table(
      'ShapingSetDomainConfig',
      'Sets a field for the domain alone.',
      [field('SetDomainConfig', 'ShapingNameValue', 'Which.', { required: true })],
      { page: shapingPage },
    ),
    table(
      'ShapingNameValue',
      'A field and its value.',
      [
        field('name', 'string', 'The field.', { required: true }),
        field('value', 'any', 'The value.', { required: true }),
      ],
      { page: shapingPage, unknownFields: 'ignored' },
    ),
  ];
}
