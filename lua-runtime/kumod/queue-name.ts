/**
 * Names of scheduled queues: `[[campaign ":"] tenant "@"] domain ["!" routing_domain]`.
 * KumoMTA crates/message/src/queue_name.rs 1-78.
 */
import { rustDebugString } from '../kumo/rust-format.ts';
import type { JsonValue, QueueNameParts } from '../recording/entries.ts';

/**
 * Splits a name as kumod does: at the first `@`, left of it at the first `:`, right of it at the
 * first `!`. Nothing is validated, unescaped or case-folded, so `campaign:@domain` has an empty
 * (not an absent) tenant and `domain:2025` is a domain with a port.
 */
export function parseQueueName(name: string): QueueNameParts {
  const at = name.indexOf('@');
  const right = at < 0 ? name : name.slice(at + 1);
  const bang = right.indexOf('!');
  const domain = bang < 0 ? right : right.slice(0, bang);
  const routing = bang < 0 ? undefined : { routing_domain: right.slice(bang + 1) };
  if (at < 0) return { domain, ...routing };
  const left = name.slice(0, at);
  const colon = left.indexOf(':');
  if (colon < 0) return { domain, tenant: left, ...routing };
  return { domain, tenant: left.slice(colon + 1), campaign: left.slice(0, colon), ...routing };
}

/** Writes a name as kumod does; a campaign without a tenant becomes `campaign:@domain`. */
export function formatQueueName(parts: QueueNameParts): string {
  const { domain, tenant, campaign } = parts;
  const right = parts.routing_domain === undefined ? domain : `${domain}!${parts.routing_domain}`;
  if (campaign !== undefined) return `${campaign}:${tenant ?? ''}@${right}`;
  return tenant === undefined ? right : `${tenant}@${right}`;
}

/** The domain that stands for the destination: KumoMTA crates/kumod/src/ready_queue.rs 308-312. */
export function effectiveRoutingDomain(parts: QueueNameParts): string {
  return parts.routing_domain ?? parts.domain;
}

/** Why a message has no queue name; `message` is kumod's text. */
export class QueueNameError extends Error {
  override readonly name = 'QueueNameError';
}

/**
 * The scheduled queue of a message: its metadata `queue` verbatim, or else built from `campaign`,
 * `tenant`, `routing_domain` and the lower-cased domain of the first recipient.
 * KumoMTA crates/message/src/message.rs 932-943, 973-991.
 *
 * @param meta reads one metadata value; absent and null both mean unset.
 * @param firstRecipientDomain undefined when the message has no recipient.
 * @throws QueueNameError when one of the values is not a string, or there is no recipient.
 */
export function messageQueueName(
  meta: (key: string) => JsonValue | undefined,
  firstRecipientDomain: string | undefined,
): string {
  const queue = metaText(meta, 'queue');
  if (queue !== undefined) return queue;
  const campaign = metaText(meta, 'campaign');
  const tenant = metaText(meta, 'tenant');
  if (firstRecipientDomain === undefined) throw new QueueNameError('recipient list is empty!?');
  const domain = firstRecipientDomain.toLowerCase();
  const routingDomain = metaText(meta, 'routing_domain');
  return formatQueueName({
    domain,
    ...(tenant === undefined ? undefined : { tenant }),
    ...(campaign === undefined ? undefined : { campaign }),
    ...(routingDomain === undefined ? undefined : { routing_domain: routingDomain }),
  });
}

function metaText(meta: (key: string) => JsonValue | undefined, key: string): string | undefined {
  const value = meta(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new QueueNameError(`expected '${key}' to be a string value, got Ok(${rustDebug(value)})`);
}

/** How Rust's `{:?}` prints a `serde_json::Value`, which kumod's error text contains. */
function rustDebug(value: JsonValue): string {
  if (value === null) return 'Null';
  if (typeof value === 'boolean') return `Bool(${value})`;
  if (typeof value === 'number') return `Number(${value})`;
  if (typeof value === 'string') return `String(${rustDebugString(value)})`;
  if (isArray(value)) return `Array [${value.map(rustDebug).join(', ')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${rustDebugString(name)}: ${rustDebug(member)}`,
  );
  return `Object {${members.join(', ')}}`;
}

/** `Array.isArray` does not narrow a readonly array. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
