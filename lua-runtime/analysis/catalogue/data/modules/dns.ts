/** `kumo.dns`: lookups and the resolver. */
import {
  alias,
  field,
  fieldsUnder,
  functionsUnder,
  module,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo.dns');
const option = fieldsUnder('reference/kumo.dns/resolver_options');
const configurePage = 'reference/kumo.dns/configure_resolver.md';
const since = '2025.03.19';

export const dns: CataloguePart = {
  modules: [
    module('kumo.dns', 'Looking up names, and how names are looked up.', {
      page: 'reference/kumo.dns/_index.md',
      functions: [...lookups(), ...settings()],
    }),
  ],
  aliases: [
    alias(
      'IpLookupStrategy',
      "'Ipv4Only'|'Ipv6Only'|'Ipv4AndIpv6'|'Ipv6ThenIpv4'|'Ipv4ThenIpv6'",
      'Which kinds of address are asked for, and in which order.',
      { page: 'reference/kumo/make_egress_path/ip_lookup_strategy.md', since: '2026.04.09' },
    ),
    alias(
      'ResolverConfig',
      'table|string',
      "One resolver: `{ Hickory = {…} }`, `'HickorySystemConfig'`, `{ Unbound = {…} }`, `{ Test = {…} }`, or `{ Aggregate = {…} }` of several.",
      { page: 'reference/kumo.dns/define_resolver.md', since: '2025.12.02' },
    ),
  ],
  tables: [
    table(
      'MxLookup',
      'Where mail for a domain goes.',
      [
        field('domain_name', 'string', 'The domain, with its final dot.', { required: true }),
        field('hosts', 'string[]', 'The hosts, in order of preference.', { required: true }),
        field('site_name', 'string', 'One name for all domains with these hosts.', {
          required: true,
        }),
        field('by_pref', 'table<integer, string[]>', 'The hosts by preference.', {
          required: true,
        }),
        field('is_domain_literal', 'boolean', 'The domain is an address in brackets.', {
          required: true,
        }),
        field('is_secure', 'boolean', 'DNSSEC vouches for the records.', {
          required: true,
          undocumented: true,
        }),
        field('is_mx', 'boolean', 'There were MX records.', { required: true }),
        field('mta_sts', 'string', 'Mode of the MTA-STS policy.', {
          required: true,
          undocumented: true,
        }),
      ],
      { page: 'reference/kumo.dns/lookup_mx.md', unknownFields: 'ignored' },
    ),
    table(
      'ResolverParameters',
      'Servers and options of a resolver.',
      [
        field('name_servers', '(string|NameServer)[]', 'The servers: `IP:PORT`, or a table.', {
          default: '{}',
        }),
        field('domain', 'string', 'The local domain.', { default: 'nil' }),
        field('search', 'string[]', 'Domains for names without dots.', { default: '{}' }),
        field('options', 'ResolverOptions', 'How it asks.', { default: '{}' }),
      ],
      { page: configurePage, since: '2023.08.22' },
    ),
    table(
      'NameServer',
      'A server.',
      [
        field('socket_addr', 'string', 'Address and port.', { required: true }),
        field('protocol', "'udp'|'tcp'|'udp_then_tcp'", 'How to ask it.', {
          default: 'udp_then_tcp',
        }),
        field('trust_negative_responses', 'boolean', 'Believes it when it knows no such name.', {
          default: 'true',
        }),
        field('bind_addr', 'string', 'Local address to ask from.', { default: 'nil' }),
      ],
      { page: configurePage },
    ),
    table('ResolverOptions', 'How a resolver asks.', resolverOptions(), {
      page: 'reference/kumo.dns/resolver_options/_index.md',
      since: 'dev',
    }),
    table(
      'TrustAnchor',
      'A file of DNSSEC anchors that the resolver keeps up to date.',
      [field('managed', 'string', 'Its path.', { required: true })],
      { page: 'reference/kumo.dns/resolver_options/trust_anchor_file.md', since: 'dev' },
    ),
  ],
};

function lookups() {
  const resolver = { resolver: 'Name of a resolver from `define_resolver`.' };
  return [
    fn(
      'lookup_mx',
      '(domain: string, resolver?: string): MxLookup',
      'The hosts that take mail for a domain. An error when the domain does not exist.',
      { about: resolver, aboutSince: { resolver: 'dev' } },
    ),
    fn(
      'lookup_addr',
      '(name: string, resolver?: string, strategy?: IpLookupStrategy): string[]',
      'The addresses of a name. An error when it does not exist.',
      {
        since: '2023.08.22',
        about: resolver,
        aboutSince: { resolver: '2025.12.02', strategy: '2026.04.09' },
      },
    ),
    fn('lookup_ptr', '(ip: string, resolver?: string): string[]', 'The names of an address.', {
      since: '2025.10.06',
      about: resolver,
      aboutSince: { resolver: '2025.12.02' },
    }),
    fn(
      'lookup_txt',
      '(domain: string, resolver?: string): string[]',
      'The texts of a name. An error when it does not exist.',
      { since: '2024.09.02', about: resolver, aboutSince: { resolver: '2025.12.02' } },
    ),
    fn(
      'rbl_lookup',
      '(ip: string, base_domain: string, resolver?: string): string?, string?',
      'Looks an address up in a block list: the answer and its reason, or nil.',
      { since: '2025.12.02', about: resolver },
    ),
    fn('ptr_host', '(ip: string): string', 'The name under which names of an address are.', {
      since: '2025.12.02',
    }),
    fn('reverse_ip', '(ip: string): string', 'The address backwards, as block lists want it.', {
      since: '2025.12.02',
    }),
  ];
}

function settings() {
  return [
    fn(
      'configure_resolver',
      '(config: ResolverParameters|ResolverConfig)',
      'Sets the resolver that is used for everything.',
      { since: '2023.08.22', only: 'init' },
    ),
    fn(
      'configure_unbound_resolver',
      '(config: ResolverParameters)',
      'Uses libunbound as the resolver.',
      { since: '2023.11.28', only: 'init' },
    ),
    fn(
      'define_resolver',
      '(name: string, config: ResolverConfig)',
      'Makes another resolver under a name.',
      { since: '2025.12.02', only: 'init' },
    ),
    fn(
      'load_resolv_conf',
      '(path?: string): ResolverParameters',
      'Reads a resolv.conf, to build on it.',
      { since: 'dev' },
    ),
    fn('set_mx_concurrency_limit', '(limit: integer)', 'How many MX lookups run at once.', {
      since: '2025.05.06',
    }),
    fn('set_mx_timeout', '(duration: duration)', 'How long an MX lookup may take.', {
      since: '2025.03.19',
    }),
    fn('set_mx_negative_cache_ttl', '(duration: duration)', 'How long a failure is kept.', {
      since: '2025.03.19',
    }),
    fn('set_mta_sts_enabled', '(enabled: boolean)', 'Whether MTA-STS changes site names.', {
      since: 'dev',
    }),
    fn(
      'configure_test_resolver',
      '(config: table)',
      'Answers from the zones that are given, for tests.',
      { undocumented: true },
    ),
    fn(
      'configure_test_mta_sts',
      '(policies: table<string, string>)',
      'Answers with the policies that are given, for tests.',
      { undocumented: true },
    ),
  ];
}

function resolverOptions() {
  return [
    option('attempts', 'integer', 'How often it asks again.', { default: '2', since }),
    option('cache_size', 'integer', 'How many answers it keeps.', { default: '8192', since }),
    option('case_randomization', 'boolean', 'Varies the case of names, against forgery.', {
      default: 'false',
      since: '2025.05.06',
    }),
    option('edns0', 'boolean', 'Takes larger answers over UDP.', { since }),
    option(
      'ip_strategy',
      "'Ipv4Only'|'Ipv6Only'|'Ipv4AndIpv6'|'Ipv6AndIpv4'|'Ipv6thenIpv4'|'Ipv4thenIpv6'",
      'Not for MX hosts; see `ip_lookup_strategy` of egress paths.',
      { since },
    ),
    option('ndots', 'integer', 'How many dots make a name complete.', { since }),
    option('negative_max_ttl', 'duration', 'The longest time that a failure is kept.', { since }),
    option('negative_min_ttl', 'duration', 'The shortest time that a failure is kept.', { since }),
    option('num_concurrent_reqs', 'integer', 'How many servers it asks at once.', {
      default: '2',
      since,
    }),
    option('positive_max_ttl', 'duration', 'The longest time that an answer is kept.', { since }),
    option('positive_min_ttl', 'duration', 'The shortest time that an answer is kept.', { since }),
    option('preserve_intermediates', 'boolean', 'Keeps the CNAMEs of an answer.', {
      default: 'true',
      since,
    }),
    option('recursion_desired', 'boolean', 'Asks the server to ask others.', {
      default: 'true',
      since,
    }),
    option(
      'server_ordering_strategy',
      "'QueryStatistics'|'RoundRobin'|'UserProvidedOrder'",
      'Which server it asks first.',
      { since },
    ),
    option('timeout', 'duration', 'How long one question may take.', { default: '5s', since }),
    option(
      'trust_anchor_file',
      'string|TrustAnchor',
      'File of DNSSEC anchors, or one that is kept up to date.',
      { since: '2025.05.06' },
    ),
    option('try_tcp_on_error', 'boolean', 'Asks by TCP after an error by UDP.', { since }),
    option('use_hosts_file', "'Always'|'Auto'|'Never'", 'Whether `/etc/hosts` counts.', {
      since,
    }),
    option('validate', 'boolean', 'Validates with DNSSEC.', { default: 'false', since }),
  ];
}
