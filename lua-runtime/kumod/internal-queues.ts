/**
 * Queue names that belong to kumod itself: their configuration never asks the policy.
 * KumoMTA crates/kumod/src/queue/queue.rs 68-91, http_server/inject_v1.rs 1058-1064,
 * smtp_server.rs 3503-3509, xfer/mod.rs 129-136, crates/kumo-api-types/src/xfer.rs 18-33.
 */
import type { JsonValue, ResolvedProtocol } from '../recording/entries.ts';

export interface InternalQueue {
  /** What differs from the defaults, as KumoMTA serialises it. */
  readonly config: { readonly [field: string]: JsonValue };
  /** Absent for the two protocols that only kumod's own reception uses. */
  readonly protocol?: ResolvedProtocol;
  /** The protocol part of the ready queue name. */
  readonly ready_queue_protocol: string;
}

const XFER_SUFFIX = '.xfer.kumomta.internal';
const ABSOLUTE_URL = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]+/i;

/** The configuration of an internal queue, or undefined for a name that the policy decides on. */
export function internalQueue(name: string): InternalQueue | undefined {
  if (name === 'null') {
    return {
      config: { retry_interval: '10s', max_retry_interval: '10s', protocol: null },
      protocol: { kind: 'null' },
      ready_queue_protocol: 'null',
    };
  }
  if (!name.endsWith('.kumomta.internal')) return undefined;
  if (name === 'generator.kumomta.internal') {
    return {
      config: { retry_interval: '10s', protocol: null },
      ready_queue_protocol: 'httpinject:generator',
    };
  }
  if (name === 'deferred_smtp_inject.kumomta.internal') {
    return {
      config: { retry_interval: '1m', protocol: null },
      ready_queue_protocol: 'defersmtpinject',
    };
  }
  const target = xferTarget(name);
  if (target === undefined) return undefined;
  return {
    config: { retry_interval: '10s', protocol: { xfer: { target } } },
    protocol: { kind: 'xfer', target },
    ready_queue_protocol: 'xfer',
  };
}

function xferTarget(name: string): string | undefined {
  if (!name.endsWith(XFER_SUFFIX)) return undefined;
  const url = name.slice(0, -XFER_SUFFIX.length);
  const base = ABSOLUTE_URL.exec(url)?.[0];
  if (base === undefined) return undefined;
  // A URL without a path is serialised with one.
  return base === url ? `${url}/` : url;
}
