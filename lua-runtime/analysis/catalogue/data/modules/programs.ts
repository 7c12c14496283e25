/** `tsa` and `proxy`: modules of tsa-daemon and proxy-server. Redis throttles are of kumod as well. */
import {
  field,
  fieldsUnder,
  functionsUnder,
  module,
  table,
  type CataloguePart,
} from '../../describe.ts';

const tsa = functionsUnder('reference/tsa');
const proxy = functionsUnder('reference/proxy');
const option = fieldsUnder('reference/proxy/start_proxy_listener');
const keepalivePage = 'reference/proxy/start_proxy_listener/tcp_keepalive.md';
const since = '2026.03.04';

export const programs: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        functionsUnder('reference/kumo')(
          'configure_redis_throttles',
          '(params: RedisParameters)',
          'Shares throttles and limits among nodes through Redis.',
          { only: 'init' },
        ),
      ],
    }),
    module('tsa', 'Only in tsa-daemon.', {
      page: 'reference/tsa/_index.md',
      since: '2023.08.22',
      require: 'tsa',
      program: 'tsa-daemon',
      functions: [
        tsa('start_http_listener', '(params: HttpListenerParameters)', 'Starts its listener.', {
          since: '2023.08.22',
          only: 'init',
        }),
        tsa(
          'configure_tsa_db_path',
          '(path: string)',
          'Where its database is; `/var/spool/kumomta/tsa.db` unless set. Before the listener.',
          { since: '2023.08.22', only: 'init' },
        ),
      ],
    }),
    module('proxy', 'Only in proxy-server.', {
      page: 'reference/proxy/_index.md',
      require: 'proxy',
      program: 'proxy-server',
      functions: [
        proxy(
          'start_proxy_listener',
          '(params: ProxyListenerParameters)',
          'Starts a SOCKS5 proxy.',
          { page: 'start_proxy_listener/_index.md', since, only: 'init' },
        ),
        proxy('start_http_listener', '(params: HttpListenerParameters)', 'Starts its listener.', {
          since,
          only: 'init',
        }),
      ],
    }),
  ],
  tables: [
    table(
      'ProxyListenerParameters',
      'A SOCKS5 proxy.',
      [
        option('listen', 'string', 'Address and port.', { required: true, since }),
        option('hostname', 'string', 'Name for a self-signed certificate.', {
          default: 'the host name',
          since,
        }),
        option('timeout', 'duration', 'How long it waits for a client.', {
          default: '1m',
          since,
        }),
        option('use_splice', 'boolean', 'Lets Linux pass the bytes on.', {
          default: 'true',
          since,
        }),
        option('use_tls', 'boolean', 'Speaks TLS.', { default: 'false', since }),
        option('tls_certificate', 'keysource', 'Certificate; self-signed unless given.', {
          default: 'nil',
          since,
        }),
        option('tls_private_key', 'keysource', 'Key of the certificate.', {
          default: 'nil',
          since,
        }),
        option('require_auth', 'boolean', 'Wants user and password.', {
          default: 'false',
          since,
        }),
        option('tcp_keepalive', 'TcpKeepalive', 'How dead connections are noticed.', {
          default: '{}',
        }),
      ],
      { page: 'reference/proxy/start_proxy_listener/_index.md', since },
    ),
    table(
      'TcpKeepalive',
      'How dead connections are noticed.',
      [
        field('enabled', 'boolean', 'Whether they are.', { default: 'true' }),
        field('time', 'duration', 'How long nothing happens before a probe.', { default: '5m' }),
        field('interval', 'duration', 'How long between probes.', { default: '30s' }),
        field('retries', 'integer', 'How many are not answered.', { default: '3' }),
      ],
      { page: keepalivePage },
    ),
  ],
};
