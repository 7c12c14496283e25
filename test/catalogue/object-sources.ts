/** Which Rust type is behind each object of the catalogue. */

export interface ObjectSource {
  readonly file: string;
  readonly type: string;
}

const at = (file: string, type: string): ObjectSource => ({ file: `crates/${file}`, type });

export const OBJECT_SOURCES: Readonly<Record<string, ObjectSource>> = {
  Message: at('message/src/message.rs', 'Message'),
  EnvelopeAddress: at('rfc5321/src/parser.rs', 'EnvelopeAddress'),
  AddressHeader: at('message/src/address.rs', 'HeaderAddressList'),
  HeaderAddress: at('message/src/address.rs', 'HeaderAddress'),
  ConnectionMetaData: at('kumod/src/smtp_server.rs', 'ConnectionMetaData'),
  Throttle: at('kumod/src/mod_kumo.rs', 'UserThrottle'),
  QueueConfig: at('kumod/src/queue/config.rs', 'QueueConfig'),
  EgressPathConfig: at('kumo-api-types/src/egress_path.rs', 'EgressPathConfig'),
  EgressPool: at('kumod/src/egress_source.rs', 'EgressPool'),
  EgressSource: at('kumod/src/egress_source.rs', 'EgressSource'),
  ListenerDomain: at('kumod/src/smtp_server.rs', 'EsmtpDomain'),
  AmqpClient: at('mod-amqp/src/lapin_client.rs', 'AMQPClient'),
  AmqpConfirm: at('mod-amqp/src/lapin_client.rs', 'Confirm'),
  HttpClient: at('mod-http/src/lib.rs', 'ClientWrapper'),
  HttpRequest: at('mod-http/src/lib.rs', 'RequestWrapper'),
  HttpResponse: at('mod-http/src/lib.rs', 'ResponseWrapper'),
  HttpHeaderMap: at('mod-http/src/lib.rs', 'HeaderMapWrapper'),
  WebSocketStream: at('mod-http/src/lib.rs', 'WebSocketStream'),
  KafkaProducer: at('mod-kafka/src/lib.rs', 'Producer'),
  NatsClient: at('mod-nats/src/lib.rs', 'Client'),
  BinaryResult: at('mod-digest/src/lib.rs', 'BinaryResult'),
  Uuid: at('mod-uuid/src/lib.rs', 'WrappedUuid'),
  Regex: at('mod-regex/src/lib.rs', 'RegexWrap'),
  RegexSetMap: at('regex-set-map/src/lib.rs', 'RegexSetMap'),
  DomainMap: at('domain-map/src/lib.rs', 'DomainMap'),
  CidrMap: at('cidr-map/src/map.rs', 'CidrMap'),
  Time: at('mod-time/src/lib.rs', 'Time'),
  TimeDelta: at('mod-time/src/lib.rs', 'TimeDelta'),
  Timer: at('mod-time/src/lib.rs', 'Timer'),
  CounterSeries: at('mod-counter-series/src/lib.rs', 'LuaCounterSeries'),
  MpscQueue: at('mod-mpsc/src/lib.rs', 'QueueHandle'),
  AsyncFile: at('mod-filesystem/src/file.rs', 'AsyncFile'),
  FileMetadata: at('mod-filesystem/src/lib.rs', 'MetadataWrapper'),
  LogTailer: at('kumo-jsonl/src/lua.rs', 'LuaLogTailer'),
  MultiTailer: at('kumo-jsonl/src/lua.rs', 'LuaMultiConsumerTailer'),
  LogBatch: at('kumo-jsonl/src/lua.rs', 'LuaLogBatch'),
  LogWriter: at('kumo-jsonl/src/lua.rs', 'LuaLogWriter'),
  MimePart: at('mod-mimepart/src/mimepart.rs', 'PartRef'),
  MimeBuilder: at('mod-mimepart/src/builder.rs', 'Builder'),
  HeaderMap: at('mod-mimepart/src/headers.rs', 'HeaderMapRef'),
  Header: at('mod-mimepart/src/headers.rs', 'HeaderWrap'),
  DkimSigner: at('message/src/dkim.rs', 'Signer'),
  Shaping: at('kumo-api-types/src/shaping.rs', 'Shaping'),
  AccessControlList: at('kumo-server-common/src/authn_authz.rs', 'AccessControlListWrap'),
  AclMap: at('kumo-server-common/src/authn_authz.rs', 'AccessControlListMapWrap'),
  HttpUrlResource: at('kumo-server-common/src/authn_authz.rs', 'ResourceWrap'),
  AclDisposition: at('kumo-server-common/src/authn_authz.rs', 'ACLQueryDisposition'),
  RedisConnection: at('mod-redis/src/lib.rs', 'RedisConnection'),
  SqliteConnection: at('mod-sqlite/src/lib.rs', 'Conn'),
};

/** Objects of the catalogue that are tables of Lua code. */
export const LUA_OBJECTS: readonly string[] = [
  'CustomLuaConnection', // made by the policy
  'QueueHelper', // made by policy-extras/queue.lua
];

/** Rust types that Lua never sees as an object of their own. */
export const HIDDEN_TYPES: readonly string[] = [
  'Memoized', // a value in the cache of kumo.memoize
  'MemoizedTable', // a table from that cache, which reads as the table
];
