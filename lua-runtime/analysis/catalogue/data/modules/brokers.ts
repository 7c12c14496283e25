/** `kumo.kafka` and `kumo.nats`. */
import {
  field,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const kafkaPage = 'reference/kumo.kafka/build_producer.md';
const connectPage = 'reference/kumo.nats/connect.md';
const publishPage = 'reference/kumo.nats/publish.md';
const describe = functionsUnder(undefined);
const must = { required: true } as const;

const kafka: CataloguePart = {
  modules: [
    module('kumo.kafka', 'Publishing to Kafka.', {
      page: 'reference/kumo.kafka/_index.md',
      functions: [
        functionsUnder('reference/kumo.kafka')(
          'build_producer',
          '(config: table<string, string>): KafkaProducer',
          "A producer with the options of librdkafka, such as `['bootstrap.servers']`, all as text.",
        ),
      ],
    }),
  ],
  objects: [
    object('KafkaProducer', 'A producer for Kafka.', {
      page: kafkaPage,
      methods: [
        describe(
          'send',
          '(record: KafkaRecord): integer, integer',
          'Sends a record and returns partition and offset; an error when it fails.',
          { page: kafkaPage },
        ),
        describe(
          'send_batch',
          '(records: KafkaRecord[]): integer[], string[]',
          'Sends records and returns the numbers of those that failed, and their errors.',
          { page: kafkaPage, since: '2025.01.23' },
        ),
        describe('close', '()', 'Closes the producer. It cannot be used afterwards.', {
          page: kafkaPage,
          since: '2024.09.02',
        }),
      ],
    }),
  ],
  tables: [
    table(
      'KafkaRecord',
      'A record to send. Unknown fields are ignored without a word.',
      [
        field('topic', 'string', 'The topic.', must),
        field('payload', 'string', 'The bytes.', must),
        field('timeout', 'duration', 'How long to try.', { default: '1m' }),
        field('key', 'string', 'The key.', { default: 'nil', undocumented: true }),
        field('partition', 'integer', 'The partition.', { default: 'nil', undocumented: true }),
        field('headers', 'table<string, string>', 'Headers.', {
          default: '{}',
          undocumented: true,
        }),
      ],
      { page: kafkaPage, unknownFields: 'ignored' },
    ),
  ],
};

const nats: CataloguePart = {
  modules: [
    module('kumo.nats', 'Publishing to NATS JetStream.', {
      page: 'reference/kumo.nats/_index.md',
      functions: [
        functionsUnder('reference/kumo.nats')(
          'connect',
          '(config: NatsParameters): NatsClient',
          'Connects to NATS with JetStream.',
          { since: '2026.03.04' },
        ),
      ],
    }),
  ],
  objects: [
    object('NatsClient', 'A connection to NATS.', {
      page: connectPage,
      since: '2026.03.04',
      methods: [
        describe(
          'publish',
          '(params: NatsPublishParameters): NatsAck',
          'Publishes, and waits for the acknowledgement unless told otherwise.',
          { page: publishPage, since: '2026.03.04' },
        ),
        describe('close', '()', 'Closes the connection.', {
          page: 'reference/kumo.nats/close.md',
          since: '2026.03.04',
        }),
      ],
    }),
  ],
  tables: [
    table(
      'NatsParameters',
      'How to connect.',
      [
        field('servers', 'string[]', 'Addresses of servers.', must),
        field('auth', 'NatsAuth', 'Who to connect as.'),
        field('name', 'string', 'Name of the client.'),
        field('no_echo', 'boolean', 'Does not get back what it sends.'),
        field('max_reconnects', 'integer', 'How often in a row it reconnects.'),
        field('connection_timeout', 'duration', 'How long connecting may take.'),
        field('tls_required', 'boolean', 'Wants TLS.'),
        field('tls_first', 'boolean', 'Begins with TLS.'),
        field('certificate', 'string', 'Path of a CA certificate.'),
        field('client_cert', 'string', 'Path of a client certificate.'),
        field('client_key', 'string', 'Path of its key.'),
        field('ping_interval', 'SecondsAndNanoseconds', 'How often it pings.'),
        field('client_capacity', 'integer', 'How many messages it holds.', {
          undocumented: true,
        }),
        field('inbox_prefix', 'string', 'Prefix of inboxes.'),
        field('request_timeout', 'duration', 'How long a request may take.'),
        field('retry_on_initial_connect', 'boolean', 'Goes on trying to connect at first.'),
        field('ignore_discovered_servers', 'boolean', 'Keeps to the servers that were given.'),
        field('retain_servers_order', 'boolean', 'Keeps to their order.'),
      ],
      { page: connectPage, since: '2026.03.04' },
    ),
    table(
      'NatsAuth',
      'User and password, or a token.',
      [
        field('username', 'keysource', 'User.'),
        field('password', 'keysource', 'Password.'),
        field('token', 'keysource', 'Token.'),
      ],
      { page: connectPage, since: '2026.03.04' },
    ),
    table(
      'NatsPublishParameters',
      'A message to publish.',
      [
        field('subject', 'string', 'The subject.', must),
        field('payload', 'string', 'The bytes.', must),
        field('headers', 'table<string, string>', 'Headers.', { default: '{}' }),
        field('await_ack', 'boolean', 'Waits for the acknowledgement.', { default: 'true' }),
      ],
      { page: publishPage, since: '2026.03.04' },
    ),
    table(
      'NatsAck',
      'The acknowledgement; without fields when it was not waited for.',
      [
        field('stream', 'string', 'The stream.'),
        field('value', 'string', 'The value of a counter.'),
        field('duplicate', 'boolean', 'True when it was there already.'),
        field('sequence', 'integer', 'The number in the stream.'),
        field('domain', 'string', 'The domain.'),
      ],
      { page: publishPage, since: '2026.03.04', unknownFields: 'ignored' },
    ),
  ],
};

export const brokers: readonly CataloguePart[] = [kafka, nats];
