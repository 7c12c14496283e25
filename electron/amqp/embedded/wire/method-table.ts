/**
 * The methods of AMQP 0-9-1 (the XML definition) with RabbitMQ's extensions: `confirm`,
 * `basic.nack`, `exchange.bind` and `unbind`, `connection.blocked` and `unblocked`.
 *
 * Our own table rather than amqplib's: that package's `exports` map keeps its codec to itself, and
 * reaching past it would tie the broker to the inside of one pinned version. Being a table, it also
 * yields the argument types of every method, so that the server's code is checked against it.
 */

export type ArgumentType =
  'bit' | 'octet' | 'short' | 'long' | 'longlong' | 'shortstr' | 'longstr' | 'table';

type ArgumentSpec = { readonly [name: string]: ArgumentType };

function method<const Spec extends ArgumentSpec>(classId: number, methodId: number, args: Spec) {
  return { classId, methodId, args };
}

/** In the order of the specification. Reserved arguments are named so and sent as zero or empty. */
export const methodTable = {
  'connection.start': method(10, 10, {
    versionMajor: 'octet',
    versionMinor: 'octet',
    serverProperties: 'table',
    mechanisms: 'longstr',
    locales: 'longstr',
  }),
  'connection.start-ok': method(10, 11, {
    clientProperties: 'table',
    mechanism: 'shortstr',
    response: 'longstr',
    locale: 'shortstr',
  }),
  'connection.secure': method(10, 20, { challenge: 'longstr' }),
  'connection.secure-ok': method(10, 21, { response: 'longstr' }),
  'connection.tune': method(10, 30, { channelMax: 'short', frameMax: 'long', heartbeat: 'short' }),
  'connection.tune-ok': method(10, 31, {
    channelMax: 'short',
    frameMax: 'long',
    heartbeat: 'short',
  }),
  'connection.open': method(10, 40, {
    virtualHost: 'shortstr',
    reserved1: 'shortstr',
    reserved2: 'bit',
  }),
  'connection.open-ok': method(10, 41, { reserved1: 'shortstr' }),
  'connection.close': method(10, 50, {
    replyCode: 'short',
    replyText: 'shortstr',
    classId: 'short',
    methodId: 'short',
  }),
  'connection.close-ok': method(10, 51, {}),
  'connection.blocked': method(10, 60, { reason: 'shortstr' }),
  'connection.unblocked': method(10, 61, {}),
  'connection.update-secret': method(10, 70, { newSecret: 'longstr', reason: 'shortstr' }),
  'connection.update-secret-ok': method(10, 71, {}),

  'channel.open': method(20, 10, { reserved1: 'shortstr' }),
  'channel.open-ok': method(20, 11, { reserved1: 'longstr' }),
  'channel.flow': method(20, 20, { active: 'bit' }),
  'channel.flow-ok': method(20, 21, { active: 'bit' }),
  'channel.close': method(20, 40, {
    replyCode: 'short',
    replyText: 'shortstr',
    classId: 'short',
    methodId: 'short',
  }),
  'channel.close-ok': method(20, 41, {}),

  'access.request': method(30, 10, {
    realm: 'shortstr',
    exclusive: 'bit',
    passive: 'bit',
    active: 'bit',
    write: 'bit',
    read: 'bit',
  }),
  'access.request-ok': method(30, 11, { ticket: 'short' }),

  'exchange.declare': method(40, 10, {
    reserved1: 'short',
    exchange: 'shortstr',
    type: 'shortstr',
    passive: 'bit',
    durable: 'bit',
    autoDelete: 'bit',
    internal: 'bit',
    nowait: 'bit',
    arguments: 'table',
  }),
  'exchange.declare-ok': method(40, 11, {}),
  'exchange.delete': method(40, 20, {
    reserved1: 'short',
    exchange: 'shortstr',
    ifUnused: 'bit',
    nowait: 'bit',
  }),
  'exchange.delete-ok': method(40, 21, {}),
  'exchange.bind': method(40, 30, {
    reserved1: 'short',
    destination: 'shortstr',
    source: 'shortstr',
    routingKey: 'shortstr',
    nowait: 'bit',
    arguments: 'table',
  }),
  'exchange.bind-ok': method(40, 31, {}),
  'exchange.unbind': method(40, 40, {
    reserved1: 'short',
    destination: 'shortstr',
    source: 'shortstr',
    routingKey: 'shortstr',
    nowait: 'bit',
    arguments: 'table',
  }),
  // 51, not 41: RabbitMQ's own numbering of its extension.
  'exchange.unbind-ok': method(40, 51, {}),

  'queue.declare': method(50, 10, {
    reserved1: 'short',
    queue: 'shortstr',
    passive: 'bit',
    durable: 'bit',
    exclusive: 'bit',
    autoDelete: 'bit',
    nowait: 'bit',
    arguments: 'table',
  }),
  'queue.declare-ok': method(50, 11, {
    queue: 'shortstr',
    messageCount: 'long',
    consumerCount: 'long',
  }),
  'queue.bind': method(50, 20, {
    reserved1: 'short',
    queue: 'shortstr',
    exchange: 'shortstr',
    routingKey: 'shortstr',
    nowait: 'bit',
    arguments: 'table',
  }),
  'queue.bind-ok': method(50, 21, {}),
  'queue.purge': method(50, 30, { reserved1: 'short', queue: 'shortstr', nowait: 'bit' }),
  'queue.purge-ok': method(50, 31, { messageCount: 'long' }),
  'queue.delete': method(50, 40, {
    reserved1: 'short',
    queue: 'shortstr',
    ifUnused: 'bit',
    ifEmpty: 'bit',
    nowait: 'bit',
  }),
  'queue.delete-ok': method(50, 41, { messageCount: 'long' }),
  'queue.unbind': method(50, 50, {
    reserved1: 'short',
    queue: 'shortstr',
    exchange: 'shortstr',
    routingKey: 'shortstr',
    arguments: 'table',
  }),
  'queue.unbind-ok': method(50, 51, {}),

  'basic.qos': method(60, 10, { prefetchSize: 'long', prefetchCount: 'short', global: 'bit' }),
  'basic.qos-ok': method(60, 11, {}),
  'basic.consume': method(60, 20, {
    reserved1: 'short',
    queue: 'shortstr',
    consumerTag: 'shortstr',
    noLocal: 'bit',
    noAck: 'bit',
    exclusive: 'bit',
    nowait: 'bit',
    arguments: 'table',
  }),
  'basic.consume-ok': method(60, 21, { consumerTag: 'shortstr' }),
  'basic.cancel': method(60, 30, { consumerTag: 'shortstr', nowait: 'bit' }),
  'basic.cancel-ok': method(60, 31, { consumerTag: 'shortstr' }),
  'basic.publish': method(60, 40, {
    reserved1: 'short',
    exchange: 'shortstr',
    routingKey: 'shortstr',
    mandatory: 'bit',
    immediate: 'bit',
  }),
  'basic.return': method(60, 50, {
    replyCode: 'short',
    replyText: 'shortstr',
    exchange: 'shortstr',
    routingKey: 'shortstr',
  }),
  'basic.deliver': method(60, 60, {
    consumerTag: 'shortstr',
    deliveryTag: 'longlong',
    redelivered: 'bit',
    exchange: 'shortstr',
    routingKey: 'shortstr',
  }),
  'basic.get': method(60, 70, { reserved1: 'short', queue: 'shortstr', noAck: 'bit' }),
  'basic.get-ok': method(60, 71, {
    deliveryTag: 'longlong',
    redelivered: 'bit',
    exchange: 'shortstr',
    routingKey: 'shortstr',
    messageCount: 'long',
  }),
  'basic.get-empty': method(60, 72, { reserved1: 'shortstr' }),
  'basic.ack': method(60, 80, { deliveryTag: 'longlong', multiple: 'bit' }),
  'basic.reject': method(60, 90, { deliveryTag: 'longlong', requeue: 'bit' }),
  'basic.recover-async': method(60, 100, { requeue: 'bit' }),
  'basic.recover': method(60, 110, { requeue: 'bit' }),
  'basic.recover-ok': method(60, 111, {}),
  'basic.nack': method(60, 120, { deliveryTag: 'longlong', multiple: 'bit', requeue: 'bit' }),

  'confirm.select': method(85, 10, { nowait: 'bit' }),
  'confirm.select-ok': method(85, 11, {}),

  'tx.select': method(90, 10, {}),
  'tx.select-ok': method(90, 11, {}),
  'tx.commit': method(90, 20, {}),
  'tx.commit-ok': method(90, 21, {}),
  'tx.rollback': method(90, 30, {}),
  'tx.rollback-ok': method(90, 31, {}),
};

export type MethodName = keyof typeof methodTable;
