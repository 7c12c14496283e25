/** What the AMQP client writes into a recording. */
import type { PublishRequest } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type {
  PublishEntry,
  VerdictEntry,
  WirePlace,
} from '../../../lua-runtime/recording/entries.ts';
import type { BrokerVerdict } from '../client-contract.ts';

/** On whose behalf something happens: stamped on the entries. */
export interface EntryOrigin {
  readonly message?: number;
  readonly session?: number;
}

export interface SentPublish {
  /** Its number in the run. */
  readonly publish: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly wire: WirePlace | undefined;
}

/** How many bytes of a payload a recording shows when nobody asks for more. */
const PREVIEW_BYTES = 512;
const utf8 = new TextDecoder();

export function publishEntry(
  request: PublishRequest,
  { publish, at, wire }: SentPublish,
  origin: EntryOrigin,
  shownBytes = PREVIEW_BYTES,
): PublishEntry {
  return {
    kind: 'publish',
    at,
    ...stamp(origin),
    ...(request.location === undefined ? {} : { location: request.location }),
    publish,
    api: request.api,
    exchange: request.exchange,
    routing_key: request.routing_key,
    mandatory: request.mandatory,
    properties: request.properties,
    size: request.payload.byteLength,
    payload_preview: utf8.decode(request.payload.subarray(0, shownBytes)),
    ...(wire === undefined ? {} : { wire }),
  };
}

export function verdictEntry(
  verdict: BrokerVerdict,
  publish: number | undefined,
  origin: EntryOrigin,
  at: number,
): VerdictEntry {
  return {
    kind: 'verdict',
    at,
    ...stamp(origin),
    ...(publish === undefined ? {} : { publish }),
    verdict: verdict.verdict,
    ...(verdict.replyCode === undefined ? {} : { reply_code: verdict.replyCode }),
    ...(verdict.replyText === undefined ? {} : { reply_text: verdict.replyText }),
    cause: verdict.cause,
    explanation: verdict.explanation,
    ...(verdict.latencyUs === undefined ? {} : { latency_us: verdict.latencyUs }),
  };
}

function stamp({ message, session }: EntryOrigin): EntryOrigin {
  return {
    ...(message === undefined ? {} : { message }),
    ...(session === undefined ? {} : { session }),
  };
}
