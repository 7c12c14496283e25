/** The data files that helpers read, TOML or JSON; those of shaping are in shaping-files.ts. */
import { field, table, type CataloguePart } from '../../describe.ts';
import type { FieldEntry } from '../../catalogue-contract.ts';

const queuePage = 'userguide/configuration/queuemanagement.md';
const sourcesPage = 'userguide/configuration/sendingips.md';
const domainsPage = 'userguide/configuration/domains.md';
const dkimPage = 'userguide/configuration/dkim.md';
const queueConfig = { page: queuePage, includes: 'QueueConfigParameters' } as const;

export const dataFiles: CataloguePart = {
  tables: [...queueTables(), ...sourceTables(), ...listenerDomainTables(), ...dkimTables()],
};

function queueTables() {
  const rate = field('overall_max_message_rate', 'throttle', 'A rate over all its queues.');
  const routing = field('routing_domain', 'string', 'Where it is routed to.');
  const hidden = { undocumented: true } as const;
  const campaigns = field(
    'campaigns',
    'table<string, QueueHelperCampaign>',
    'Its campaigns.',
    hidden,
  );
  const headers = [
    field('scheduling_header', 'string', 'Header with scheduling.'),
    field('tenant_header', 'string', 'Header with the tenant.'),
    field('remove_tenant_header', 'boolean', 'Removes that header.'),
    field('campaign_header', 'string', 'Header with the campaign.'),
    field('remove_campaign_header', 'boolean', 'Removes that header.'),
    field('default_tenant', 'string', 'Tenant of messages without one.'),
  ];
  const typed = [
    field('tenants', 'table<string, QueueHelperTenant>', 'Tenants by name.', hidden),
    field(
      'queues',
      'table<string, QueueHelperDomainTable>',
      'Queues by domain; `default` for all.',
      hidden,
    ),
  ];
  return [
    table(
      'QueueHelperData',
      'A file for the queue helper.',
      [
        ...headers,
        field('tenant', 'table<string, QueueHelperTenant>', 'Tenants by name.'),
        field('queue', 'table<string, QueueHelperDomain>', 'Queues by domain; `default` for all.'),
        ...typed,
      ],
      { page: queuePage },
    ),
    table(
      'QueueHelperTable',
      'A table for the queue helper in place of a file. Its names are not quite those of files.',
      [...headers, ...typed],
      { undocumented: true },
    ),
    table(
      'QueueHelperTenant',
      'A tenant: also fields of queue configurations.',
      [field('require_authz', 'string[]', 'Who may send for it.'), rate, campaigns],
      queueConfig,
    ),
    table(
      'QueueHelperDomain',
      'A domain: also fields of queue configurations. Every other name is that of a tenant.',
      [
        rate,
        routing,
        field('tenants', 'table<string, QueueHelperDomainTenantTable>', 'Tenants by name.', hidden),
      ],
      { ...queueConfig, otherFields: 'QueueHelperDomainTenant' },
    ),
    table(
      'QueueHelperDomainTenant',
      'A tenant of a domain: also fields of queue configurations. Every other name is that of a campaign.',
      [rate, routing, campaigns],
      { ...queueConfig, otherFields: 'QueueHelperCampaign' },
    ),
    table(
      'QueueHelperDomainTable',
      'A domain: also fields of queue configurations.',
      [
        rate,
        routing,
        field('tenants', 'table<string, QueueHelperDomainTenantTable>', 'Tenants by name.', hidden),
      ],
      { includes: 'QueueConfigParameters', undocumented: true },
    ),
    table(
      'QueueHelperDomainTenantTable',
      'A tenant of a domain: also fields of queue configurations.',
      [rate, routing, campaigns],
      { includes: 'QueueConfigParameters', undocumented: true },
    ),
    table(
      'QueueHelperCampaign',
      'A campaign: also fields of queue configurations.',
      [rate, routing],
      queueConfig,
    ),
  ];
}

function sourceTables() {
  return [
    table(
      'SourcesHelperData',
      'A file for the sources helper.',
      [
        field('source', 'table<string, SourcesHelperSource>', 'Sources by name.'),
        field('pool', 'table<string, table<string, SourcesHelperEntry>>', 'Pools by name.'),
      ],
      { page: sourcesPage },
    ),
    table('SourcesHelperSource', 'A source.', [], {
      page: sourcesPage,
      includes: 'EgressSourceParameters',
    }),
    table(
      'SourcesHelperEntry',
      'A source of a pool.',
      [field('weight', 'integer', 'Its share.', { default: '1' })],
      { page: sourcesPage },
    ),
  ];
}

function listenerDomainTables() {
  return [
    table(
      'ListenerDomainsHelperData',
      'A file for the listener domains helper: domains by name. `*.example.com` and `*` are patterns.',
      [
        field(
          'listener',
          'table<string, table<string, ListenerDomainsHelperDomain>>',
          'Domains by the address of a listener, `127.0.0.1:25`; they come before the others.',
        ),
      ],
      { page: domainsPage, otherFields: 'ListenerDomainsHelperDomain' },
    ),
    table(
      'ListenerDomainsHelperDomain',
      'A domain: also fields of listener domains.',
      [field('relay_from_authz', 'string[]', 'Who may send for it.')],
      { page: domainsPage, includes: 'ListenerDomainParameters' },
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
