/** Helpers for log hooks, signing, listener domains and checks of what came. */
import { field, functionsUnder, module, table, type CataloguePart } from '../../describe.ts';

const fn = functionsUnder(undefined);
const hooksPage = 'userguide/operation/webhooks.md';
const dkimPage = 'userguide/configuration/dkim.md';
const domainsPage = 'userguide/configuration/domains.md';
const authFolder = 'reference/policy-extras.mail_auth';
const hidden = { undocumented: true } as const;
const since = '2025.12.02';
const must = { required: true } as const;

export const hookHelpers: CataloguePart = {
  modules: [
    module('policy-extras.log_hooks', 'Log hooks with a queue and a constructor of their own.', {
      page: hooksPage,
      require: 'policy-extras.log_hooks',
      methods: [
        fn(
          'new',
          '(options: LogHookOptions)',
          'Makes a hook: messages go to `NAME.log_hook`, which the constructor delivers. Before the queue helper.',
          { page: hooksPage, only: 'main-chunk' },
        ),
        fn(
          'new_json',
          '(options: JsonLogHookOptions)',
          'Makes a hook that posts records as JSON. What is no 2xx is lost for good.',
          { page: hooksPage, only: 'main-chunk' },
        ),
        fn(
          'new_disposition_hook',
          '(options: DispositionHookOptions)',
          'Makes a hook that gets records at once.',
          { ...hidden, only: 'main-chunk' },
        ),
      ],
    }),
    module('policy-extras.dkim_sign', 'Signs with DKIM by data files.', {
      page: dkimPage,
      require: 'policy-extras.dkim_sign',
      methods: [
        fn(
          'setup',
          '(files: (string|DkimSignHelperData)[]): fun(message: Message)',
          'Gives the function that signs a message. Once only.',
          { page: dkimPage, only: 'main-chunk' },
        ),
      ],
    }),
    module('policy-extras.listener_domains', 'Listener domains from data files.', {
      page: domainsPage,
      require: 'policy-extras.listener_domains',
      methods: [
        fn(
          'setup',
          '(files: (string|ListenerDomainsHelperData)[]): fun(domain: string, listener: string, conn_meta: ConnectionMetaData): ListenerDomain?',
          'Gives the handler for `get_listener_domain`. Once only.',
          { page: domainsPage, only: 'main-chunk' },
        ),
        fn('test', '()', 'Tests of the helper itself.', hidden),
      ],
    }),
    module('policy-extras.mail_auth', 'Checks of messages that came.', {
      page: `${authFolder}/_index.md`,
      since,
      require: 'policy-extras.mail_auth',
      functions: [
        functionsUnder(authFolder)(
          'check',
          '(message: Message, config?: MailAuthConfig): MailAuthResult',
          'Every check, and the header about them.',
          { since },
        ),
        functionsUnder(authFolder)(
          'iprev',
          '(ip: string, resolver?: string): AuthenticationResult',
          'Whether an address has a name that leads back to it.',
          { since },
        ),
        functionsUnder(authFolder)(
          'iprev_msg',
          '(message: Message, resolver?: string): AuthenticationResult',
          'The same for where a message came from.',
          { since },
        ),
      ],
      methods: [fn('test', '()', 'Tests of the helper itself.', hidden)],
    }),
  ],
  tables: [
    table(
      'LogHookOptions',
      'A log hook.',
      [
        field('name', 'string', 'Its name, unique.', must),
        field(
          'constructor',
          'fun(domain: string, tenant?: string, campaign?: string): CustomLuaConnection',
          'Makes the connection that delivers records.',
          must,
        ),
        field('log_parameters', 'table', 'More for `kumo.configure_log_hook`.'),
        field('queue_config', 'QueueConfigParameters', 'Its queue; retries after 1m to 20m.'),
        field('batch_size', 'number', 'The most records for one `send_batch`.', {
          since: '2024.11.08',
        }),
        field('min_batch_size', 'number', 'How many records a batch waits for.', hidden),
        field('max_batch_latency', 'string', 'How long it waits for them.', hidden),
        field(
          'filter',
          'fun(message: Message, hook_name: string): boolean',
          'True leaves a record out.',
          hidden,
        ),
      ],
      { page: hooksPage },
    ),
    table(
      'JsonLogHookOptions',
      'A log hook that posts JSON.',
      [
        field('name', 'string', 'Its name, unique.', must),
        field('url', 'string', 'Where to.', must),
        field('log_parameters', 'table', 'More for `kumo.configure_log_hook`.'),
        field('queue_config', 'QueueConfigParameters', 'Its queue; retries after 1m to 20m.'),
      ],
      { page: hooksPage },
    ),
    table(
      'DispositionHookOptions',
      'A hook that gets records at once.',
      [
        field('name', 'string', 'Its name, unique.', must),
        field('hook', 'fun(message: Message, record: LogRecord)', 'What gets them.', must),
      ],
      hidden,
    ),
    table(
      'MailAuthConfig',
      'Which checks are made.',
      [
        ...['dkim', 'spf', 'iprev', 'smtp_auth', 'dmarc', 'arc'].map((name) =>
          field(name, 'boolean', `Checks ${name}.`, { default: 'true' }),
        ),
        field('add_auth_results_header', 'boolean', 'Adds the header.', { default: 'true' }),
        field('server_id', 'string', 'Name of this server in it.'),
        field('resolver', 'string', 'Name of a resolver.'),
      ],
      { page: `${authFolder}/check.md`, since },
    ),
    table(
      'MailAuthResult',
      'What the checks gave.',
      [
        field('dkim', 'AuthenticationResult[]', 'Of DKIM.', must),
        ...['spf', 'iprev', 'smtp_auth', 'dmarc', 'arc'].map((name) =>
          field(name, 'AuthenticationResult', `Of ${name}.`),
        ),
        field('auth_results', 'AuthenticationResult[]', 'Of all.', must),
      ],
      { page: `${authFolder}/check.md`, since },
    ),
  ],
};
