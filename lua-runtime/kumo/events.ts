/**
 * The events that kumod itself fires, by name (KumoMTA docs/reference/events/ and every
 * `declare_event!` in crates/; multi events: crates/kumod/src/main.rs 17-22, queue/queue.rs 1773-1793,
 * queue/manager.rs 37-46, logging/hooks.rs 18-24, crates/kumo-server-common/src/authn_authz.rs 36-41).
 * Constructors of custom_lua queues, `spawn_task` events, KeySource events and `log_disposition_NAME`
 * get their names from the policy, so they are not here.
 */

/** Many handlers, asked in registration order until one returns a value. */
export const MULTI_EVENTS: ReadonlySet<string> = new Set([
  'pre_init',
  'validate_config',
  'get_queue_config',
  'throttle_insert_ready_queue',
  'requeue_message',
  'should_enqueue_log_record',
  'get_acl_definition',
]);

/** One handler only. */
export const SINGLE_EVENTS: ReadonlySet<string> = new Set([
  'init',
  'main',
  'shutdown_logging',
  'get_egress_pool',
  'get_egress_source',
  'get_egress_path_config',
  'rebind_message',
  'smtp_server_get_dynamic_parameters',
  'smtp_server_connection_accepted',
  'smtp_server_ehlo',
  'smtp_server_auth_plain',
  'smtp_server_mail_from',
  'smtp_server_rcpt_to',
  'get_listener_domain',
  'smtp_server_data',
  'smtp_server_split_transaction',
  'smtp_server_message_received',
  'smtp_server_message_deferred_inject',
  'smtp_server_rewrite_response',
  'http_server_validate_auth_basic',
  'http_server_validate_auth_bearer',
  'http_message_generated',
  'xfer_message_received',
  'spool_message_enumerated',
  'smtp_client_rewrite_delivery_status',
  'tsa_init',
  'tsa_load_shaping_data',
  'proxy_init',
  'proxy_server_auth_rfc1929',
]);

const DISPOSITION_HOOK = /^log_disposition_./;

/** What kumod knows of an event name; `other` names are fired only if the policy names them elsewhere. */
export function eventKind(name: string): 'multi' | 'single' | 'other' {
  if (MULTI_EVENTS.has(name)) return 'multi';
  if (SINGLE_EVENTS.has(name) || DISPOSITION_HOOK.test(name)) return 'single';
  return 'other';
}
