/**
 * What a Lua context was asked for, recognised by the entries that this left: a replay asks the same
 * again, in the same order.
 */
import { formatQueueName } from '../kumod/queue-name.ts';
import { QUEUE_CONFIG_EVENT } from '../kumod/queue-resolution.ts';
import { SCRIPT_EVENT } from '../kumod/run-script.ts';
import type { CallEntry, Entry, JsonValue, MessageEntry } from './entries.ts';

export type ReplayRequest =
  | { readonly kind: 'load' }
  | { readonly kind: 'resolve'; readonly queue: string }
  | { readonly kind: 'script'; readonly args: readonly string[] }
  | { readonly kind: 'fire'; readonly event: string; readonly args: readonly JsonValue[] }
  | { readonly kind: 'deliver'; readonly message: Entry & MessageEntry }
  | { readonly kind: 'close'; readonly session: number };

/**
 * @param entries those of one Lua context, without `file` entries.
 * @param end `open`: the entries may end anywhere, and what was under way then is the last request.
 */
export function requestsOf(entries: readonly Entry[], end: 'complete' | 'open'): ReplayRequest[] {
  const requests: ReplayRequest[] = [{ kind: 'load' }];
  /** A get_queue_config call whose decision has not come yet. */
  let deciding: CallEntry | undefined;
  /** A call of `close` by the end of the session, which has not been told yet. */
  let closing: number | undefined;
  /** An event that was fired by hand: its calls are no requests of their own. */
  let fired: string | undefined;
  for (const entry of entries) {
    switch (entry.kind) {
      case 'event':
        fired = entry.event;
        requests.push({ kind: 'fire', event: entry.event, args: entry.arguments });
        break;
      case 'queue-config':
        deciding = undefined;
        if (fired === QUEUE_CONFIG_EVENT) fired = undefined;
        else requests.push({ kind: 'resolve', queue: entry.resolution.queue });
        break;
      case 'call':
        if (entry.session !== undefined) {
          if (entry.event === 'close' && entry.message === undefined) closing = entry.session;
        } else if (entry.event !== fired) {
          if (entry.event === QUEUE_CONFIG_EVENT) deciding = entry;
          if (entry.event === SCRIPT_EVENT) {
            requests.push({ kind: 'script', args: entry.arguments.map(String) });
          }
        }
        break;
      case 'message':
        requests.push({ kind: 'deliver', message: entry });
        break;
      case 'session':
        // With a message it is part of the delivery.
        if (entry.state === 'closed' && entry.message === undefined) {
          closing = undefined;
          requests.push({ kind: 'close', session: entry.session ?? 0 });
        }
        break;
      default:
        break;
    }
  }
  if (end === 'complete') return requests;
  if (deciding !== undefined) requests.push({ kind: 'resolve', queue: queueAskedFor(deciding) });
  if (closing !== undefined) requests.push({ kind: 'close', session: closing });
  return requests;
}

function queueAskedFor({ arguments: args }: CallEntry): string {
  const [domain = '', tenant, campaign, routingDomain] = args.map((value) =>
    typeof value === 'string' ? value : undefined,
  );
  return formatQueueName({
    domain,
    ...(tenant === undefined ? undefined : { tenant }),
    ...(campaign === undefined ? undefined : { campaign }),
    ...(routingDomain === undefined ? undefined : { routing_domain: routingDomain }),
  });
}
