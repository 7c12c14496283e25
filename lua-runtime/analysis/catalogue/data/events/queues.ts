/** Events about queues, egress and log records. */
import { eventsUnder, type CataloguePart } from '../../describe.ts';

const event = eventsUnder('reference/events');

export const queueEvents: CataloguePart = {
  events: [
    event(
      'get_queue_config',
      '(domain: string, tenant: string?, campaign: string?, routing_domain: string?): QueueConfig?',
      'The configuration of a scheduled queue. Return nothing to leave it to the next handler; an explicit nil is an error.',
      {
        multi: true,
        onError:
          'The queue is not made, and the failure is kept for 60 seconds: SMTP clients get 421, HTTP injections fail, log messages are lost from memory.',
      },
    ),
    event(
      'get_egress_pool',
      '(pool_name: string): EgressPool',
      'The sources of an egress pool. It is asked for every name but `unspecified`.',
      { mustReturn: true, onError: 'The queue that names the pool is not made.' },
    ),
    event(
      'get_egress_source',
      '(source_name: string): EgressSource',
      'The settings of an egress source. It is asked for every name but `unspecified`.',
      { mustReturn: true, onError: 'The whole pool fails, and queues that name it.' },
    ),
    event(
      'get_egress_path_config',
      '(routing_domain: string, egress_source: string, site_name: string): EgressPathConfig',
      'How traffic from a source to a site is shaped.',
      {
        mustReturn: true,
        onError: 'Messages get `TransientFailure` 451 4.4.4 `failed to resolve queue`.',
      },
    ),
    event(
      'throttle_insert_ready_queue',
      '(message: Message)',
      'Before a message goes to its ready queue: the place for throttles that delay it.',
      {
        since: '2024.11.08',
        multi: true,
        onError:
          'At reception the message is removed and bounced with 500; later it is stranded until a restart.',
        onReject: 'The same as an error.',
      },
    ),
    event(
      'requeue_message',
      '(message: Message, smtp_response: string, insert_context: string[], increment_attempts: boolean, delay: TimeDelta?)',
      'Before a message goes back to a scheduled queue. A change of its queue moves it at once.',
      {
        since: '2024.11.08',
        multi: true,
        onError: 'It is logged and the message stays with its queue.',
        onReject: 'The message is bounced with the code and the text, also when the code is 4xx.',
        aboutSince: {
          insert_context: '2026.03.04',
          increment_attempts: '2026.03.04',
          delay: '2026.03.04',
        },
        about: {
          smtp_response: 'Code, enhanced code and text on one line.',
          insert_context: 'Why, as names of reasons.',
          delay: 'The wait that was worked out.',
        },
      },
    ),
    event(
      'rebind_message',
      '(message: Message, data: table<string, string>)',
      'Applies a rebind request that asks for this event.',
      { since: '2024.09.02', onError: 'It is logged and the rebind goes on.' },
    ),
    event(
      'spool_message_enumerated',
      '(message: Message)',
      'For each message in the spool at start, before it gets into a queue.',
      { onError: 'The thread that reads the spool ends: the start cannot complete.' },
    ),
    event(
      'xfer_message_received',
      '(message: Message, auth_info: AuthInfo)',
      'A message came from another KumoMTA node.',
      {
        since: '2025.12.02',
        onError: 'The other node gets HTTP 500 and tries again.',
        onReject: 'The same as an error.',
        aboutSince: { auth_info: '2026.03.04' },
      },
    ),
    event(
      'should_enqueue_log_record',
      '(message: Message, hook_name: string): boolean?',
      'Whether a log record becomes a message for a hook. Set its `queue` metadata and return true; return nothing to leave it to the next handler.',
      {
        multi: true,
        onError: 'It is logged and the record is dropped for the hook.',
        aboutSince: { hook_name: '2023.08.22' },
        about: { message: 'The log message: its body is the record.' },
      },
    ),
    event(
      'smtp_client_rewrite_delivery_status',
      '(response: string, domain: string, tenant: string?, campaign: string?, routing_domain: string): integer?',
      'Changes the code that a destination answered with, when it refused.',
      { since: '2023.11.28', onError: 'It is logged and the code stays.' },
    ),
    event(
      'get_acl_definition',
      '(resource: string): AccessControlList?',
      'The access control list of a resource; nothing or nil leads to the defaults.',
      {
        since: '2026.03.04',
        multi: true,
        onError: 'Access is denied.',
      },
    ),
  ],
};
