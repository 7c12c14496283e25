/** One attempt's entries, read as the three truths of the deliveries table. */
import type { DeliveryRow } from '../bridge/deliveries.ts';
import type { MessageInput } from '../../lua-runtime/kumod/runtime-contract.ts';
import type {
  Entry,
  PublishEntry,
  RecordEntry,
  WarningCode,
} from '../../lua-runtime/recording/entries.ts';
import { worstVerdict } from './worst-verdict.ts';

type LossWarning = NonNullable<DeliveryRow['warning']>;
const LOSSES: readonly WarningCode[] = ['silent-loss', 'possible-loss', 'possible-duplicate'];

/** `entries` are those of the message, its record the last; `told` is the first truth in words. */
export function deliveryRowOf(
  runId: string,
  message: MessageInput,
  told: string,
  entries: readonly Entry[],
): Omit<DeliveryRow, 'id'> {
  let published: PublishEntry | undefined;
  let publishes = 0;
  const verdict = worstVerdict(entries);
  let warning: LossWarning | undefined;
  let ended: RecordEntry | undefined;
  for (const entry of entries) {
    if (entry.kind === 'publish') {
      publishes++;
      published ??= entry;
    } else if (entry.kind === 'warning') {
      if (isLoss(entry.code)) warning ??= entry.code;
    } else if (entry.kind === 'record') {
      ended ??= entry;
    }
  }
  const record = ended?.record;
  return {
    runId,
    message: message.message,
    messageId: message.id,
    at: ended?.at ?? Date.now(),
    queue: record?.queue ?? message.queue,
    attempt: message.num_attempts + 1,
    exchange: published?.exchange ?? '',
    routingKey: published?.routing_key ?? '',
    told,
    ...(verdict ? { verdict: verdict.verdict } : {}),
    ...(verdict?.reply_code === undefined ? {} : { replyCode: verdict.reply_code }),
    ...(verdict?.latency_us === undefined ? {} : { latencyUs: verdict.latency_us }),
    publishes,
    recordType: record?.type ?? '',
    responseCode: record?.response.code ?? 0,
    responseContent: record?.response.content ?? '',
    ...(ended?.next_attempt ? { nextDelaySeconds: ended.next_attempt.delay_seconds } : {}),
    ...(warning ? { warning } : {}),
    size: message.data.length,
  };
}

function isLoss(code: WarningCode): code is LossWarning {
  return LOSSES.includes(code);
}
