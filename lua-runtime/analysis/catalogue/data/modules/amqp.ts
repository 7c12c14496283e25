/** `kumo.amqp`: the two AMQP clients. */
import {
  field,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const fn = functionsUnder('reference/kumo.amqp');
const buildClient = 'reference/kumo.amqp/build_client.md';
const basicPublish = 'reference/kumo.amqp/basic_publish.md';
const method = functionsUnder(undefined);

export const amqp: CataloguePart = {
  modules: [
    module('kumo.amqp', 'Publishing to AMQP 0-9-1 brokers such as RabbitMQ.', {
      page: 'reference/kumo.amqp/_index.md',
      functions: [
        fn(
          'basic_publish',
          '(params: AmqpBasicPublishParameters)',
          'Publishes over a pooled connection and returns nothing. Success means that the message left the process, not that the broker has it.',
          { since: '2024.09.02', here: 'runs' },
        ),
        fn(
          'build_client',
          '(uri: string): AmqpClient',
          'Connects at once, within 20 seconds, and opens one channel. There is no reconnect.',
          {
            here: 'runs',
            deprecated: { since: '2025.12.02', use: 'kumo.amqp.basic_publish' },
          },
        ),
      ],
    }),
  ],
  objects: [
    object('AmqpClient', 'A connection to a broker with one channel.', {
      page: buildClient,
      methods: [
        method(
          'publish',
          '(params: AmqpPublishParameters): AmqpConfirm',
          'Publishes; `wait` on the result tells how it went.',
          { page: buildClient, here: 'runs' },
        ),
        method(
          'publish_with_timeout',
          '(params: AmqpPublishParameters, milliseconds: integer): AmqpConfirmResult',
          'Publishes and waits for the outcome, no longer than so many milliseconds.',
          { undocumented: true, here: 'runs' },
        ),
        method('close', '()', 'Closes the connection. A second call is an error.', {
          page: buildClient,
          since: '2024.09.02',
          here: 'runs',
        }),
      ],
    }),
    object('AmqpConfirm', 'The outcome of a publish, to wait for once.', {
      page: buildClient,
      methods: [
        method(
          'wait',
          '(): AmqpConfirmResult',
          'Waits. The channel has no confirms, so the status is always `NotRequested` and proves nothing. A second call is an error.',
          { page: buildClient, here: 'runs' },
        ),
      ],
    }),
  ],
  tables: [
    table(
      'AmqpBasicPublishParameters',
      'A message and where it goes.',
      [
        field('routing_key', 'string', 'Routing key; the queue name on the default exchange.', {
          required: true,
        }),
        field('payload', 'string', 'The body, as UTF-8.', { required: true }),
        field('connection', 'AmqpConnectionParameters', 'Which broker.', { required: true }),
        field('exchange', 'string', 'The exchange; empty for the default exchange.', {
          default: '',
        }),
        field('mandatory', 'boolean', 'Asks the broker to return what it cannot route.', {
          default: 'false',
        }),
        field('immediate', 'boolean', 'Asks for a consumer at once; RabbitMQ refuses it.', {
          default: 'false',
        }),
        field('app_id', 'string', 'The application that publishes.'),
        field('cluster_id', 'string', 'Not used by RabbitMQ.'),
        field('content_encoding', 'string', 'Such as `gzip`.'),
        field('content_type', 'string', 'MIME type of the payload.'),
        field('correlation_id', 'string', 'Ties an answer to a request.'),
        field(
          'delivery_mode',
          'integer',
          '1 transient, 2 persistent. Without it the broker keeps the message in memory only.',
        ),
        field('expiration', 'string', 'Life of the message in milliseconds, as text.'),
        field(
          'headers',
          'table',
          "amqprs's own form of a field table; an ordinary Lua table is an error.",
        ),
        field('message_id', 'string', 'An id for the message.'),
        field('message_type', 'string', 'The `type` property.'),
        field('priority', 'integer', 'Priority, for queues that have them.'),
        field('reply_to', 'string', 'Where answers go.'),
        field('timestamp', 'integer', 'Seconds since 1970.'),
        field('user_id', 'string', 'Must be the user of the connection, if given.'),
      ],
      { page: basicPublish, since: '2024.09.02' },
    ),
    table(
      'AmqpConnectionParameters',
      'A broker. Every different table gets its own pool of connections for the life of the process.',
      [
        field('host', 'string', 'Name or address.', { required: true }),
        field('port', 'integer', 'Port; also with TLS it is 5672 unless set.', { default: '5672' }),
        field('username', 'string', 'User.', { default: 'guest' }),
        field('password', 'string', 'Password.', { default: 'guest' }),
        field('vhost', 'string', 'Virtual host.', { default: '/' }),
        field('connection_name', 'string', 'Name of the connection, as the broker shows it.'),
        field('heartbeat', 'integer', 'Seconds between heartbeats.'),
        field('enable_tls', 'boolean', 'Connect with TLS.', { default: 'false' }),
        field('root_ca_cert', 'string', 'Path of a CA certificate.'),
        field('client_cert', 'string', 'Path of a client certificate; needs its key.'),
        field('client_private_key', 'string', 'Path of the key of the client certificate.'),
        field(
          'confirm_select',
          'boolean',
          'Asks for publisher confirms; their results are not looked at.',
          { default: 'false', undocumented: true },
        ),
        field('pool_size', 'integer', 'The most connections; four for each CPU unless set.'),
        field('connect_timeout', 'duration', 'How long connecting may take.', { default: 'nil' }),
        field('recycle_timeout', 'duration', 'How long the test of a pooled connection may take.', {
          default: 'nil',
        }),
        field('wait_timeout', 'duration', 'How long to wait for a free connection.', {
          default: 'nil',
        }),
        field('publish_timeout', 'duration', 'How long handing over the message may take.', {
          default: '60s',
        }),
      ],
      { page: basicPublish, since: '2024.09.02' },
    ),
    table(
      'AmqpPublishParameters',
      'A message for a client. Unknown fields are ignored without a word.',
      [
        field('routing_key', 'string', 'Routing key; the queue name on the default exchange.', {
          required: true,
        }),
        field('payload', 'string', 'The body, as UTF-8.', { required: true }),
        field('exchange', 'string', 'The exchange; empty for the default exchange.', {
          default: '',
        }),
        field('options', 'AmqpPublishOptions', 'Flags of the publish.', {
          default: '{}',
          undocumented: true,
        }),
        field('properties', 'AmqpProperties', 'Properties of the message.', {
          default: '{}',
          undocumented: true,
        }),
      ],
      { page: buildClient, unknownFields: 'ignored' },
    ),
    table(
      'AmqpPublishOptions',
      'Flags of a publish.',
      [
        field('mandatory', 'boolean', 'Asks the broker to return what it cannot route.', {
          default: 'false',
        }),
        field('immediate', 'boolean', 'Asks for a consumer at once; RabbitMQ refuses it.', {
          default: 'false',
        }),
      ],
      { undocumented: true, unknownFields: 'ignored' },
    ),
    table(
      'AmqpProperties',
      "Properties of a message as lapin names them: AMQP's `type` is `kind`.",
      [
        field('app_id', 'string', 'The application that publishes.'),
        field('cluster_id', 'string', 'Not used by RabbitMQ.'),
        field('content_encoding', 'string', 'Such as `gzip`.'),
        field('content_type', 'string', 'MIME type of the payload.'),
        field('correlation_id', 'string', 'Ties an answer to a request.'),
        field('delivery_mode', 'integer', '1 transient, 2 persistent.'),
        field('expiration', 'string', 'Life of the message in milliseconds, as text.'),
        field('headers', 'table', "lapin's tagged form of a field table."),
        field('kind', 'string', 'The `type` property.'),
        field('message_id', 'string', 'An id for the message.'),
        field('priority', 'integer', 'Priority, for queues that have them.'),
        field('reply_to', 'string', 'Where answers go.'),
        field('timestamp', 'integer', 'Seconds since 1970.'),
        field('user_id', 'string', 'Must be the user of the connection, if given.'),
      ],
      { undocumented: true, unknownFields: 'ignored' },
    ),
    table(
      'AmqpConfirmResult',
      'What a publish came to.',
      [
        field('status', "'NotRequested'|'Ack'|'Nack'", 'Always `NotRequested` with this client.', {
          required: true,
        }),
        field('reply_code', 'integer', 'Code of a returned message.'),
        field('reply_text', 'string', 'Text of a returned message.'),
      ],
      { page: buildClient, unknownFields: 'ignored' },
    ),
  ],
};
