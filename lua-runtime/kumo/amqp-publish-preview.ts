/** What a recording shows of a publish call: everything but the payload, of which only the start. */
import { decodeUtf8 } from '../vm/platform.ts';
import type { PublishRequest } from '../kumod/runtime-contract.ts';
import type { JsonValue } from '../recording/entries.ts';

const PREVIEW_BYTES = 120;

export function shownPublish(request: PublishRequest): { readonly [name: string]: JsonValue } {
  const { api, exchange, routing_key, mandatory, immediate, properties, payload } = request;
  const start = decodeUtf8(payload.subarray(0, PREVIEW_BYTES));
  return {
    api,
    exchange,
    routing_key,
    mandatory,
    immediate,
    properties,
    size: payload.length,
    // A character cut in half at the end is not worth showing.
    payload_preview: payload.length > PREVIEW_BYTES ? start.replace(/\uFFFD$/, '') : start,
  };
}
