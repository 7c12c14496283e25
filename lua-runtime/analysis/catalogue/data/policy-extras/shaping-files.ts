/** The files of the shaping helper and of tsa-daemon, TOML or JSON. */
import { alias, field, table, type CataloguePart } from '../../describe.ts';

const shapingPage = 'reference/kumo.shaping/load.md';
const rollupsPage = 'userguide/trafficshaping/rollups.md';

export const shapingFiles: CataloguePart = {
  aliases: [
    alias(
      'ShapingAction',
      "'Suspend'|'SuspendTenant'|'SuspendCampaign'|'Bounce'|'BounceTenant'|'BounceCampaign'|ShapingSetConfig|ShapingSetDomainConfig",
      'What a rule does.',
      { page: shapingPage },
    ),
  ],
  tables: [
    table(
      'ShapingData',
      'A shaping file: domains by name, which stand in quotes in TOML, and providers.',
      [
        field('default', 'ShapingDomain', 'What holds for every domain.'),
        field('provider', 'table<string, ShapingProvider>', 'Groups of domains by name.', {
          page: rollupsPage,
        }),
      ],
      { page: shapingPage, otherFields: 'ShapingDomain' },
    ),
    table(
      'ShapingDomain',
      'A domain of a shaping file: also fields of egress paths.',
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
      { page: shapingPage, includes: 'EgressPathParameters' },
    ),
    table(
      'ShapingProvider',
      'A provider of a shaping file: also fields of egress paths.',
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
        field('sources', 'table<string, ShapingProviderSource>', 'Fields by source.', {
          default: '{}',
          undocumented: true,
        }),
      ],
      { page: rollupsPage, includes: 'EgressPathParameters' },
    ),
    table(
      'ShapingProviderSource',
      'A source of a provider: also fields of egress paths.',
      [
        field(
          'provider_source_selection_rate',
          'throttle',
          'How often it may be chosen for all of the provider.',
          {
            page: 'reference/kumo/make_egress_path/additional_source_selection_rates.md',
            since: '2025.03.19',
          },
        ),
      ],
      { page: rollupsPage, includes: 'EgressPathParameters' },
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
  ],
};
