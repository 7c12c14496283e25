/**
 * Ready queues: `{source}->{site_name}@{protocol}`. KumoMTA crates/kumod/src/ready_queue.rs 301-354
 * and crates/kumod/src/queue/delivery_proto.rs 28-56.
 */
import type {
  JsonValue,
  QueueNameParts,
  QueueResolution,
  ResolvedProtocol,
} from '../recording/entries.ts';
import { effectiveRoutingDomain } from './queue-name.ts';

/** The pool and the source that kumod uses when a queue names no pool: egress_source.rs 592-607. */
export const UNSPECIFIED = 'unspecified';

export interface ReadyQueueName {
  readonly name: string;
  readonly site_name: string;
  /**
   * False for SMTP without an mx_list: kumod derives the site name from the MX records of the
   * routing domain, which nobody looks up here, so the domain stands in their place.
   */
  readonly exact: boolean;
}

/** The ready queue of a decision, whatever the queue's name is. */
export interface ReadyQueuePattern {
  readonly source: string;
  /** Absent: the routing domain of the queue. */
  readonly site?: string;
  readonly protocol: string;
}

/** Tenant and campaign play no part: queues that differ only in them share a ready queue. */
export function readyQueueName(
  parts: QueueNameParts,
  protocol: ResolvedProtocol,
  egressSource: string,
): ReadyQueueName {
  const pattern = readyQueuePattern(protocol, egressSource);
  return {
    name: readyQueueOf(pattern, parts),
    site_name: pattern.site ?? effectiveRoutingDomain(parts),
    exact: protocol.kind !== 'smtp' || pattern.site !== undefined,
  };
}

export function readyQueuePattern(
  protocol: ResolvedProtocol,
  egressSource: string,
): ReadyQueuePattern {
  const pattern = { source: egressSource, protocol: protocolPart(protocol) };
  return protocol.kind === 'smtp' && protocol.mx_list.length > 0
    ? { ...pattern, site: `mx_list:${protocol.mx_list.map(mxLabel).join(',')}` }
    : pattern;
}

export function readyQueueOf(pattern: ReadyQueuePattern, parts: QueueNameParts): string {
  const { source, site = effectiveRoutingDomain(parts), protocol } = pattern;
  return `${source}->${site}@${protocol}`;
}

function protocolPart(protocol: ResolvedProtocol): string {
  switch (protocol.kind) {
    case 'smtp':
      return 'smtp_client';
    case 'maildir':
      return `maildir:${protocol.path}`;
    case 'custom_lua':
      return `lua:${protocol.constructor_event}`;
    case 'xfer':
      return 'xfer';
    case 'null':
      return 'null';
  }
}

/** A name as given, or the address of a resolved entry: KumoMTA crates/kumod/src/smtp_dispatcher.rs 171-179. */
function mxLabel(entry: JsonValue): string {
  if (typeof entry === 'string') return entry;
  const address = isObject(entry) ? entry.addr : undefined;
  return typeof address === 'string' ? address : JSON.stringify(entry);
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Why messages of this queue cannot be delivered here, as a sentence for the person; undefined when
 * they can. The host asks before it opens a session.
 */
export function notDeliverableReason(resolution: QueueResolution): string | undefined {
  const { queue, protocol, error, ready_queue: readyQueue, egress_pool: pool } = resolution;
  if (error !== undefined) {
    return `kumod cannot create the queue ${queue}: ${error.summary}. Correct the policy first.`;
  }
  if (protocol?.kind === 'custom_lua') {
    if (readyQueue !== undefined) return undefined;
    return `The queue ${queue} uses the egress pool ${pool ?? UNSPECIFIED}, whose sources are not known here. Leave egress_pool out to deliver it.`;
  }
  return `${reasonOf(queue, protocol)} ${REMEDY}`;
}

const REMEDY =
  'Deliver runs queues with protocol = { custom_lua = { constructor = … } }; choose such a queue. Simulate, or resolve on the command line, shows the decision.';

function reasonOf(queue: string, protocol: ResolvedProtocol | undefined): string {
  switch (protocol?.kind) {
    case 'smtp':
      return `The queue ${queue} goes out by SMTP, which needs DNS and a mail server and is not carried out here.`;
    case 'maildir':
      return `The queue ${queue} is written to the maildir ${protocol.path}, which is not carried out here.`;
    case 'xfer':
      return `The queue ${queue} is handed to the KumoMTA node ${protocol.target}, which is not carried out here.`;
    case 'null':
      return `kumod discards every message of the queue ${queue} without a log record, so there is nothing to deliver.`;
    default:
      return `The queue ${queue} has no delivery protocol that can be carried out here.`;
  }
}
