/**
 * kumod's log record (KumoMTA crates/kumo-log-types/src/lib.rs 216-294), in its serialised order.
 * Option-valued fields without a skip rule are `null`; the last ones are omitted when unset.
 */
import type { JsonValue } from './entries.ts';

export type LogRecordType =
  | 'Reception'
  | 'Delivery'
  | 'Bounce'
  | 'TransientFailure'
  | 'Expiration'
  | 'AdminBounce'
  | 'OOB'
  | 'Feedback'
  | 'Rejection'
  | 'AdminRebind'
  | 'DeferredInjectionRebind'
  | 'Delayed'
  | 'XferOut'
  | 'XferIn';

export interface EnhancedStatusCode {
  readonly class: number;
  readonly subject: number;
  readonly detail: number;
}

export interface LogRecord {
  readonly type: LogRecordType;
  readonly id: string;
  readonly sender: string;
  readonly recipient: string | readonly string[];
  readonly queue: string;
  readonly site: string;
  readonly size: number;
  readonly response: {
    readonly code: number;
    readonly enhanced_code: EnhancedStatusCode | null;
    readonly content: string;
    readonly command: string | null;
  };
  readonly peer_address: { readonly name: string; readonly addr: string } | null;
  readonly timestamp: number;
  readonly event_time: string;
  readonly created: number;
  readonly created_time: string;
  readonly num_attempts: number;
  readonly bounce_classification: string;
  readonly egress_pool: string | null;
  readonly egress_source: string | null;
  readonly source_address: JsonValue;
  readonly feedback_report: JsonValue;
  readonly meta: { readonly [name: string]: JsonValue };
  readonly headers: { readonly [name: string]: JsonValue };
  readonly delivery_protocol: string | null;
  readonly reception_protocol: string | null;
  readonly nodeid: string;
  readonly provider_name?: string;
  readonly session_id?: string;
}
