/** Events of the process itself, of other programs, and those that the policy names. */
import { eventsUnder, policyNamedEvent, type CataloguePart } from '../../describe.ts';

const event = eventsUnder('reference/events');
const fails = 'kumod does not start: `Initialization raised an error`.';

export const processEvents: CataloguePart = {
  events: [
    event('pre_init', '()', 'While kumod starts, before `init`. For helpers.', {
      since: '2023.11.28',
      multi: true,
      onError: fails,
    }),
    event(
      'init',
      '()',
      'While kumod starts, once: spools, listeners, loggers. A change needs a restart.',
      { onError: fails },
    ),
    event('validate_config', '()', 'Under `kumod --validate`, after `init`.', {
      undocumented: true,
      multi: true,
      onError: 'The validation fails.',
    }),
    event(
      'main',
      '(...: string)',
      'Under `kumod --script`, with its arguments, instead of everything else.',
      {
        undocumented: true,
        onError: 'The process ends with `Shutdown due to error`.',
      },
    ),
    event('shutdown_logging', '()', 'While kumod stops, just before the loggers do.', {
      since: '2025.10.06',
      onError: 'It is ignored.',
    }),
    event('tsa_init', '()', 'While tsa-daemon starts, once.', {
      since: '2023.08.22',
      firedBy: 'tsa-daemon',
      onError: 'tsa-daemon does not start.',
    }),
    event(
      'tsa_load_shaping_data',
      '(): Shaping',
      'Gives tsa-daemon its shaping rules, by the same files as the shaping helper of kumod.',
      {
        since: '2023.08.22',
        firedBy: 'tsa-daemon',
        mustReturn: true,
        onError: 'tsa-daemon does not start, or keeps the rules that it has.',
      },
    ),
    event('proxy_init', '()', 'While proxy-server starts, once.', {
      since: '2026.03.04',
      firedBy: 'proxy-server',
      onError: 'proxy-server does not start.',
    }),
    event(
      'proxy_server_auth_rfc1929',
      '(username: string, password: string, conn_meta: ProxyConnectionMeta): boolean|AuthInfo',
      'Judges the user and the password that a SOCKS5 client sent.',
      {
        since: '2026.03.04',
        firedBy: 'proxy-server',
        mustReturn: true,
        onError: 'The client is refused.',
      },
    ),
  ],
  policyNamedEvents: [
    policyNamedEvent(
      'CONSTRUCTOR',
      'CustomLuaProtocol.constructor',
      '(domain: string, tenant: string?, campaign: string?): CustomLuaConnection',
      'Makes the connection of a custom_lua session, once for the session. The arguments are of one of the queues that it serves.',
      {
        page: 'kumo/make_queue_config/protocol.md',
        mustReturn: true,
        onError:
          'The messages at hand get `TransientFailure` 400 `failed to connect to any candidate hosts`.',
        onReject: 'The same as an error: never a bounce.',
      },
    ),
    policyNamedEvent(
      'TASK',
      'SpawnTaskParameters.event_name',
      '(args: any[])',
      'The body of a task, in a thread of its own.',
      {
        page: 'kumo/spawn_task.md',
        onError: 'It is logged and the task ends.',
      },
    ),
    policyNamedEvent(
      'KEYSOURCE',
      'KeySourceEvent.event_name',
      '(...: any): string',
      'Gives the bytes of a key.',
      {
        page: 'keysource.md',
        since: '2025.12.02',
        mustReturn: true,
        onError: 'What wanted the key fails.',
      },
    ),
    policyNamedEvent(
      'NAME',
      'LogDispositionHookParameters.name',
      '(message: Message, record: LogRecord)',
      'A record about the message, at once and while the message is at hand.',
      {
        prefix: 'log_disposition_',
        undocumented: true,
        onError: 'It is logged as `failed to log`.',
      },
    ),
    policyNamedEvent(
      'FILTER',
      'LocalLogsParameters.filter_event',
      '(message: Message): boolean',
      'Whether a local log takes a record about the message.',
      {
        page: 'kumo/configure_local_logs/filter_event.md',
        mustReturn: true,
        onError: 'It is logged and the record is left out.',
      },
    ),
  ],
};
