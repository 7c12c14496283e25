/** Differences between the catalogue and KumoMTA that are right as they are. */
import type { Exception } from './finding.ts';

const PROTOCOL = 'reference/kumo/make_queue_config/protocol.md';
const THROTTLE = 'reference/kumo/make_throttle.md';

/** List items of a page that are no fields of the tables it describes. */
function items(page: string, names: readonly string[], why: string): Exception[] {
  return names.map((name) => ({ kind: 'missing', subject: `item ${name} of ${page}`, why }));
}

export const EXCEPTIONS: readonly Exception[] = [
  ...items(
    PROTOCOL,
    [
      'meta',
      'queue',
      'routing_domain',
      'local_part',
      'domain_part',
      'email',
      'sender_local_part',
      'sender_domain_part',
      'sender_email',
    ],
    'Variables of the template in maildir_path.',
  ),
  ...items(
    THROTTLE,
    ['day', 'hour', 'minute', 'seconds'],
    'Units of a throttle, which the alias `throttle` is about (`seconds` is none in the source).',
  ),
  ...items(
    'reference/kumo.nats/connect.md',
    ['sender_capacity'],
    'The source calls it client_capacity and denies other names.',
  ),
  ...items('reference/kumo.nats/publish.md', ['deplicate'], 'The source calls it duplicate.'),
  ...items(
    'reference/mimepart/get_simple_structure.md',
    ['amp_html_part'],
    'The source finds it and does not give it to Lua.',
  ),
  {
    kind: 'different',
    subject: 'field ResolverParameters.name_servers',
    why: 'The version is that of what a plain string means.',
  },
  {
    kind: 'different',
    subject: 'field NameServer.protocol',
    why: 'The version is that of one value and of the default.',
  },
  {
    kind: 'different',
    subject: 'field NameServer.trust_negative_responses',
    why: 'The version is that of the default.',
  },
  {
    kind: 'invented',
    subject: 'field LogPerRecord.Any',
    why: 'No type of record; per_record.md names it.',
  },
  {
    kind: 'missing',
    subject: 'literal RecordType Any',
    why: 'No record has it: a key of per_record only.',
  },
  {
    kind: 'missing',
    subject: 'function kumo.start_proxy_listener',
    why: 'Another name for proxy.start_proxy_listener, in proxy-server only, for old dev builds.',
  },
  {
    kind: 'invented',
    subject: 'field MultiTailerParameters.consumers',
    why: 'Taken from the table before serde reads it.',
  },
  {
    kind: 'invented',
    subject: 'field LogConsumer.filter',
    why: 'Taken from the table before serde reads it.',
  },
];
