/** What happened as what is expected: the beginning of a scenario that somebody saves. */
import type { Entry, JsonValue, QueueResolution, SummaryEntry } from '../recording/entries.ts';
import { entriesOfKind } from '../recording/recording-reader.ts';
import type { CountExpectation, Expectations, TextExpectation } from './expectation-contract.ts';

/** Ports, ids, times and places in memory: they are others in the next run. */
const CHANGING = /\d{4,}|0x[0-9a-f]+|\s*\n[^]*/;

/** @param entries of one delivery, with what it shares with others. */
export function expectationsOfDelivery(entries: readonly Entry[]): Expectations {
  const [ended] = entriesOfKind(entries, 'record');
  const [decided] = entriesOfKind(entries, 'queue-config');
  const verdicts = entriesOfKind(entries, 'verdict')
    .toSorted((a, b) => (a.publish ?? 0) - (b.publish ?? 0))
    .map(({ verdict, reply_code }) =>
      reply_code === undefined ? verdict : { verdict, reply_code },
    );
  const publishes = entriesOfKind(entries, 'publish').map(({ exchange, routing_key }) => ({
    exchange,
    routing_key,
  }));
  const losses = entriesOfKind(entries, 'warning')
    .filter(({ message }) => message !== undefined)
    .map(({ code }) => code);
  const response = ended?.record.response;
  return {
    ...(decided ? { queue_config: expectationsOfResolution(decided.resolution).queue_config } : {}),
    ...(ended && response
      ? {
          record: {
            type: ended.record.type,
            code: response.code,
            content: textOf(response.content),
          },
        }
      : {}),
    verdicts,
    publishes,
    ...(losses.length > 0 ? { warnings: losses } : {}),
  };
}

/**
 * How all messages of a run ended, counted. Of a run by time nobody knows how many the next one has: what
 * came shall come again, and what did not come shall not.
 *
 * @param entries of one of its deliveries, with what it shares with others.
 */
export function expectationsOfRun(
  entries: readonly Entry[],
  summary: SummaryEntry,
  { isTimed }: { readonly isTimed: boolean },
): Expectations {
  const { messages, records, verdicts, silent_loss, possible_loss, possible_duplicate } = summary;
  const counted = (count: number): CountExpectation =>
    isTimed && count > 0 ? { at_least: 1 } : count;
  const losses = Object.entries({ silent_loss, possible_loss, possible_duplicate });
  const [decided] = entriesOfKind(entries, 'queue-config');
  return {
    ...(decided ? { queue_config: expectationsOfResolution(decided.resolution).queue_config } : {}),
    counts: {
      messages: counted(messages),
      records: Object.fromEntries(records.map(({ type, count }) => [type, counted(count)])),
      verdicts: Object.fromEntries(
        Object.entries(verdicts)
          .filter(([, count]) => isTimed || count > 0)
          .map(([verdict, count]) => [verdict, counted(count)]),
      ),
      ...Object.fromEntries(
        losses.filter(([, count]) => count > 0).map(([loss, count]) => [loss, counted(count)]),
      ),
    },
  };
}

/** Of a queue that was resolved; nothing of one that was not. */
export function expectationsOfResolution(resolution: QueueResolution): Expectations {
  const { protocol, egress_pool } = resolution;
  if (!protocol) return {};
  const { kind } = protocol;
  return {
    queue_config: {
      protocol: kind,
      ...(kind === 'custom_lua' ? { constructor_event: protocol.constructor_event } : {}),
      ...(egress_pool === undefined ? {} : { egress_pool }),
    },
  };
}

/** The text, or the longest part of it that the next run says too. */
function textOf(text: string): TextExpectation {
  const json = jsonObject(text);
  if (json !== undefined) return { json };
  if (!CHANGING.test(text)) return text;
  const parts = text
    .split(new RegExp(CHANGING.source, 'g'))
    .toSorted((a, b) => b.length - a.length);
  return { contains: (parts[0] ?? '').trim() };
}

function jsonObject(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    const isStable = !CHANGING.test(text);
    return typeof value === 'object' && value !== null && isStable ? value : undefined;
  } catch {
    return undefined;
  }
}
