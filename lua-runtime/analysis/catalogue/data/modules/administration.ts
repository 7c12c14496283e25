/** `kumo.api.*` and `kumo.xfer`: what the HTTP API does, from a policy. */
import { field, functionsUnder, module, table, type CataloguePart } from '../../describe.ts';

const inject = functionsUnder('reference/kumo.api.inject');
const xfer = functionsUnder('reference/kumo.xfer');
const admin = functionsUnder(undefined);
const schemas = 'reference/http/kumod/schemas';
const must = { required: true } as const;
const hidden = { undocumented: true } as const;
const since = '2026.03.04';

const apiModules: CataloguePart = {
  modules: [
    module('kumo.api.inject', 'Injecting messages, as the HTTP API does.', {
      page: 'reference/kumo.api.inject/_index.md',
      functions: [
        inject(
          'inject_v1',
          '(request: InjectV1Request): InjectV1Response',
          'Makes messages and puts them into their queues.',
          { since: '2024.06.10' },
        ),
        inject(
          'build_v1',
          '(request: InjectV1Request): Message[]',
          'Makes messages and returns them.',
          hidden,
        ),
      ],
    }),
    module('kumo.api.admin.bounce', 'Bouncing queues, as the HTTP API does.', {
      ...hidden,
      functions: [
        admin('list', '(): table[]', 'What is being bounced.', hidden),
        admin('bounce', '(request: BounceV1Request): string', 'Bounces; returns an id.', hidden),
        admin('delete', '(id: string): boolean', 'Ends it; whether there was one.', hidden),
      ],
    }),
    module('kumo.api.admin.suspend', 'Suspending scheduled queues, as the HTTP API does.', {
      ...hidden,
      functions: [
        admin('list', '(): table[]', 'What is suspended.', hidden),
        admin('suspend', '(request: SuspendV1Request): string', 'Suspends; returns an id.', hidden),
        admin('delete', '(id: string): boolean', 'Ends it; whether there was one.', hidden),
      ],
    }),
    module('kumo.api.admin.suspend_ready_q', 'Suspending ready queues, as the HTTP API does.', {
      ...hidden,
      functions: [
        admin('list', '(): table[]', 'What is suspended.', hidden),
        admin(
          'suspend',
          '(request: SuspendReadyQueueV1Request): string',
          'Suspends; returns an id.',
          hidden,
        ),
        admin('delete', '(id: string): boolean', 'Ends it; whether there was one.', hidden),
      ],
    }),
  ],
  tables: [...injectTables(), ...adminTables()],
};

function injectTables() {
  return [
    table(
      'InjectV1Request',
      'Messages to make: one for each recipient.',
      [
        field('envelope_sender', 'string', 'Sender of the envelope.', must),
        field('recipients', 'InjectRecipient[]', 'Recipients.', must),
        field('content', 'string|InjectContent', 'A whole message, or parts to build it of.', must),
        field('substitutions', 'table<string, any>', 'Values for the templates of all.', {
          default: '{}',
        }),
        field('deferred_spool', 'boolean', 'Keeps them in memory at first.', {
          default: 'false',
          since: '2024.11.08',
        }),
        field('deferred_generation', 'boolean', 'Answers before they are made.', {
          default: 'false',
          since: '2024.11.08',
        }),
        field('trace_headers', 'TraceHeaders', 'Which headers trace them.', {
          default: '{ received_header = false }',
          since: '2024.11.08',
        }),
        field('template_dialect', 'TemplateDialect', 'How templates are written.', {
          default: 'Jinja',
          since: '2025.12.02',
        }),
      ],
      { page: `${schemas}/InjectV1Request.md` },
    ),
    table(
      'InjectRecipient',
      'A recipient, and what its message is filled with.',
      [
        field('email', 'string', 'Its address.', must),
        field('name', 'string', 'Its name.'),
        field('substitutions', 'table<string, any>', 'Values for the template.', {
          default: '{}',
        }),
        field('metadata', 'table<string, any>', 'Becomes the metadata `extra`.', {
          default: '{}',
          since: '2026.05.12',
        }),
      ],
      { page: `${schemas}/Recipient.md` },
    ),
    table(
      'InjectContent',
      'The parts of a message.',
      [
        field('text_body', 'string', 'Plain text.'),
        field('html_body', 'string', 'HTML.'),
        field('amp_html_body', 'string', 'AMP HTML.', { since: '2026.03.04' }),
        field('attachments', 'InjectAttachment[]', 'Attachments.', { default: '{}' }),
        field('headers', 'table<string, string>', 'Headers.', { default: '{}' }),
        field('from', 'InjectFrom', '`From` header.'),
        field('subject', 'string', '`Subject` header.'),
        field('reply_to', 'InjectFrom', '`Reply-To` header.'),
      ],
      { page: `${schemas}/Content.md` },
    ),
    table(
      'InjectFrom',
      'An address of a header.',
      [field('email', 'string', 'The address.', must), field('name', 'string', 'The name.')],
      { page: `${schemas}/FromHeader.md` },
    ),
    table(
      'InjectAttachment',
      'An attachment.',
      [
        field('data', 'string', 'Its content.', must),
        field('content_type', 'string', 'Its MIME type.', must),
        field('file_name', 'string', 'Its file name.'),
        field('content_id', 'string', 'Its id, for HTML that shows it.'),
        field('base64', 'boolean', 'The content is base64.', { default: 'false' }),
      ],
      { page: `${schemas}/Attachment.md` },
    ),
    table(
      'InjectV1Response',
      'What became of the recipients.',
      [
        field('success_count', 'integer', 'How many are queued.', must),
        field('fail_count', 'integer', 'How many failed.', must),
        field('failed_recipients', 'string[]', 'Which failed.', must),
        field('errors', 'string[]', 'Why.', must),
      ],
      { page: `${schemas}/InjectV1Response.md`, unknownFields: 'ignored' },
    ),
  ];
}

function adminTables() {
  const criteria = [
    field('campaign', 'string', 'Only this campaign.'),
    field('tenant', 'string', 'Only this tenant.'),
    field('domain', 'string', 'Only this domain.'),
  ];
  const common = [
    field('reason', 'string', 'Why; goes to the log.', must),
    field('duration', 'duration', 'How long.', { default: '5m' }),
    field('expires', 'string', 'RFC 3339 time of the end, instead.'),
  ];
  const queues = field('queue_names', 'string[]', 'Only these queues.', { default: '{}' });
  return [
    table(
      'BounceV1Request',
      'Which messages to bounce.',
      [
        ...criteria,
        field('routing_domain', 'string', 'Only this routing domain.', {
          since: '2023.08.22',
        }),
        ...common,
        queues,
        field('suppress_logging', 'boolean', 'Writes no records.', { default: 'false' }),
      ],
      { page: `${schemas}/BounceV1Request.md` },
    ),
    table(
      'SuspendV1Request',
      'Which scheduled queues to suspend.',
      [...criteria, ...common, queues],
      { page: `${schemas}/SuspendV1Request.md`, unknownFields: 'ignored' },
    ),
    table(
      'SuspendReadyQueueV1Request',
      'Which ready queue to suspend.',
      [field('name', 'string', 'Its name.', must), ...common],
      { page: `${schemas}/SuspendReadyQueueV1Request.md`, unknownFields: 'ignored' },
    ),
  ];
}

const xferModule: CataloguePart = {
  modules: [
    module('kumo.xfer', 'Moving messages to another node.', {
      page: 'reference/kumo.xfer/_index.md',
      since,
      functions: [
        xfer(
          'xfer',
          '(message: Message, target_url: string, reason?: string)',
          'Sends a message to the node with this HTTP listener. A reason is logged as `AdminRebind`.',
          { since },
        ),
        xfer(
          'xfer_in_requeue',
          '(message: Message, target_url: string, insert_context: string[], increment_attempts: boolean, delay: TimeDelta?, reason?: string)',
          'The same from `requeue_message`, with what that event was given.',
          { since },
        ),
        xfer('cancel_xfer', '(message: Message, reason?: string)', 'Keeps a message here.', {
          since,
        }),
        xfer('get_xfer_target', '(message: Message): string?', 'Where a message is sent to.', {
          since,
        }),
      ],
    }),
  ],
};

export const administration: readonly CataloguePart[] = [apiModules, xferModule];
