/** Functions of `kumo` that handlers live with: registration, rejection, logs, messages, caching. */
import { alias, functionsUnder, member, module, type CataloguePart } from '../../describe.ts';

const fn = functionsUnder('reference/kumo');

export const kumoPolicy: CataloguePart = {
  modules: [
    module('kumo', "KumoMTA's own module. It is not a global: `local kumo = require 'kumo'`.", {
      page: 'reference/kumo/_index.md',
      require: 'kumo',
      functions: [
        fn(
          'on',
          '(event: string, handler: function)',
          'Registers a handler for an event. Most events take one handler, and a second is an error; any name is accepted, also a misspelt one.',
          { here: 'runs', only: 'main-chunk' },
        ),
        fn(
          'reject',
          '(code: integer, message: string)',
          'Raises a rejection with an SMTP code. In a delivery, 4xx retries later and anything else bounces; in the SMTP server the client gets the code and the text.',
          { here: 'runs', neverReturns: true },
        ),
        fn(
          'disconnect',
          '(code: integer, message: string, mode?: RejectDisconnect)',
          'Raises a rejection and ends the SMTP session of the client.',
          {
            since: '2025.10.06',
            here: 'runs',
            neverReturns: true,
            about: { mode: 'How the session ends; `ForceDisconnect` when not given.' },
          },
        ),
        ...(['error', 'warn', 'info', 'debug'] as const).map((level) =>
          fn(
            `log_${level}`,
            '(...: any)',
            `Writes the arguments, joined by spaces, to the diagnostic log at ${level} level with the place of the call.${level === 'debug' ? ' The default filter drops this level.' : ''}`,
            { since: '2025.03.19', here: 'runs' },
          ),
        ),
        fn(
          'make_message',
          '(sender: string, recipient: string, body: string): Message',
          'Makes a message in memory with one recipient. The body is taken as it is and wants CRLF line ends.',
          { since: '2025.10.06' },
        ),
        fn(
          'inject_message',
          '(message: Message, deferred_spool?: boolean)',
          'Saves the message and puts it into its queue. No `Reception` record is written. Only for messages that the policy itself made.',
          {
            since: '2025.10.06',
            about: { deferred_spool: 'Skips the save before queueing. Not documented.' },
          },
        ),
        fn(
          'generate_rfc3464_message',
          '(params: Rfc3464Parameters, original: Message?, log_record: LogRecord): Message?',
          'Makes a delivery status report for a log record, or nil when the record is of no kind that the parameters ask for.',
          { since: '2025.10.06' },
        ),
        fn(
          'apply_supplemental_trace_header',
          '(message: Message, params?: TraceHeaders)',
          'Adds the supplemental trace header (`X-KumoRef` by default) to the message.',
          { since: '2025.10.06' },
        ),
        fn(
          'memoize',
          '(func: function, params: MemoizeParameters): function',
          'Wraps a function so that its result is cached for the process by its arguments. Several results come back as one array, tables as read-only objects, and a reject as a plain error.',
        ),
        fn(
          'make_throttle',
          '(name: string, spec: throttle): Throttle',
          'A rate limit under a name: every throttle of one name and one rate counts together.',
          { since: '2024.06.10' },
        ),
        fn(
          'spawn_task',
          '(params: SpawnTaskParameters)',
          'Runs the handler of an event of its own in a new thread, once. An error is logged and ends the task.',
          { since: '2024.06.10', only: 'init' },
        ),
        fn(
          'spawn_thread_pool',
          '(params: SpawnThreadPoolParameters)',
          'Makes a named thread pool for other settings to name.',
          { undocumented: true },
        ),
        fn(
          'get_event_registrars',
          '(event: string): string[][]?',
          'Where the handlers of an event were registered: for each, the calls on the stack as `FILE:LINE`.',
          { undocumented: true },
        ),
        fn(
          'traceback',
          '(level: integer): table[]',
          'The frames of the Lua stack from a level on, as tables.',
          { undocumented: true },
        ),
        fn(
          'validation_failed',
          '()',
          'Makes `kumod --validate` fail. Meant for `validate_config` handlers.',
          { undocumented: true },
        ),
      ],
      fields: [
        member(
          'version',
          'string',
          'The version of kumod, such as `2025.11.09-d4028f99`. Newer ones compare greater as strings.',
          { page: 'reference/kumo/version.md', since: '2025.12.02', here: 'runs' },
        ),
      ],
    }),
  ],
  aliases: [
    alias(
      'RejectDisconnect',
      "'ForceDisconnect'|'FollowWith421'|'If421'",
      'How `kumo.disconnect` ends the session: at once, after one more 421 reply, or only when the code is 421.',
      { page: 'reference/kumo/disconnect.md', since: '2025.10.06' },
    ),
  ],
};
