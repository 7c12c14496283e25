/** What events of sessions get: connection metadata, identities, and the connection of custom_lua. */
import {
  field,
  functionsUnder,
  member,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const method = functionsUnder(undefined);
const page = 'reference/connectionmeta.md';
const protocolPage = 'reference/kumo/make_queue_config/protocol.md';

export const sessions: CataloguePart = {
  objects: [
    object('ConnectionMetaData', 'Metadata of an SMTP session. Messages get a copy of it.', {
      page,
      since: '2023.08.22',
      methods: [
        method('get_meta', '(key: string): any', 'A value, or nil.', { page }),
        method('set_meta', '(key: string, value: any)', 'Sets a value.', { page }),
        method('auth_info', '(): AuthInfo', 'Who the client is. A copy.', {
          page,
          since: '2026.03.04',
        }),
      ],
    }),
    object(
      'CustomLuaConnection',
      'What the constructor of a custom_lua queue returns: a table of the policy with these functions.',
      {
        page: protocolPage,
        fields: [
          member(
            'send',
            'fun(self: CustomLuaConnection, message: Message): string',
            'Delivers one message and returns the response; no string is a transient failure.',
            { page: protocolPage, here: 'runs' },
          ),
          member(
            'send_batch',
            '(fun(self: CustomLuaConnection, messages: Message[]): string)?',
            'Delivers the messages of a batch; wanted instead of `send` when `batch_size` is not 1.',
            { undocumented: true, here: 'runs' },
          ),
          member(
            'close',
            '(fun(self: CustomLuaConnection))?',
            'Called when the session ends, errors included.',
            { undocumented: true, here: 'runs' },
          ),
        ],
      },
    ),
  ],
  tables: [
    table(
      'AuthInfo',
      'Who a peer is.',
      [
        field('peer_address', 'string', 'Its address, if known.'),
        field('identities', 'Identity[]', 'Its identities.', { default: '{}' }),
        field('groups', 'string[]', 'The groups that it belongs to.', { default: '{}' }),
      ],
      {
        page: 'reference/kumo.aaa/auth_info.md',
        since: '2026.03.04',
        unknownFields: 'ignored',
      },
    ),
    table(
      'Identity',
      'An identity and how it was established.',
      [
        field('identity', 'string', 'Its name.', { required: true }),
        field(
          'context',
          "'SmtpAuthPlainAuthentication'|'SmtpAuthPlainAuthorization'|'HttpBasicAuth'|'BearerToken'|'ProxyAuthRfc1929'|'LocalSystem'|'GenericAuth'",
          'How it was established.',
          { required: true },
        ),
      ],
      {
        page: 'reference/kumo.aaa/auth_info.md',
        since: '2026.03.04',
        unknownFields: 'ignored',
      },
    ),
    table(
      'ProxyConnectionMeta',
      'What proxy-server knows about a connection.',
      [
        field('peer_address', 'string', 'Address of the client.', { required: true }),
        field('local_address', 'string', 'Address that it connected to.', { required: true }),
      ],
      {
        page: 'reference/events/proxy_server_auth_rfc1929.md',
        since: '2026.03.04',
        unknownFields: 'ignored',
      },
    ),
  ],
};
