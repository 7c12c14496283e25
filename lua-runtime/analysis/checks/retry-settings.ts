/**
 * Settings of a queue that contradict each other, which kumod takes without a word (KumoMTA
 * crates/kumod/src/queue/config.rs 196-211, queue/queue.rs 748-905, ready_queue.rs 2538-2790).
 */
import { fieldOf } from '../syntax/field-names.ts';
import { durationSeconds, parseDuration } from '../../kumo/duration.ts';
import type { Expression, TableExpression } from '../syntax/syntax-tree.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { INFORMATION, WARNING, type Check, type CheckContext } from './check.ts';

const DEFAULT_RETRY_S = 20 * 60;
/** Half of the jitter at most: a twentieth (queue/config.rs). */
const JITTER = 0.95;

export const retrySettings: Check = (context) => {
  const { evaluator, file } = context;
  for (const { file: where, args } of apiCallsOf(evaluator).to('kumo.make_queue_config')) {
    const [options] = args;
    if (where === file && options?.kind === 'Table') checkRetries(context, options);
  }
  for (const { file: where, table } of evaluator.roles.protocols) {
    if (where === file) checkBatches(context, table);
  }
};

function checkRetries({ report }: CheckContext, options: TableExpression): void {
  const written = (name: string): { at: Expression; seconds: number } | undefined => {
    const at = fieldOf(options, name);
    const seconds = at && secondsOf(at);
    return at === undefined || seconds === undefined ? undefined : { at, seconds };
  };
  const retry = written('retry_interval');
  const most = written('max_retry_interval');
  const age = written('max_age');
  const page = 'reference/kumo/make_queue_config/retry_interval.md';
  const isDynamic = fieldOf(options, 'retry_interval') !== undefined && retry === undefined;
  if (retry !== undefined && retry.seconds < 1) {
    report({
      code: 'retry-settings',
      at: retry.at,
      severity: WARNING,
      message:
        'kumod counts whole seconds here, so this is no wait at all: a message that fails is tried again at once, over and over until it expires.',
      page,
    });
    return;
  }
  if (isDynamic) return;
  const first = retry?.seconds ?? DEFAULT_RETRY_S;
  if (most !== undefined && most.seconds < first) {
    report({
      code: 'retry-settings',
      at: most.at,
      severity: WARNING,
      message: `The longest wait is shorter than the first one${retry === undefined ? ' (20 minutes unless set)' : ''}, so every retry waits just this long and nothing backs off.`,
      page: 'reference/kumo/make_queue_config/max_retry_interval.md',
    });
    return;
  }
  const wait = Math.min(first, most?.seconds ?? first);
  if (age !== undefined && age.seconds < wait * JITTER) {
    report({
      code: 'retry-settings',
      at: age.at,
      severity: WARNING,
      message: `The first retry would come later than this${retry === undefined ? ' (after 20 minutes unless retry_interval is set)' : ''}, so a message expires at its first failure and is never tried again.`,
      page: 'reference/kumo/make_queue_config/max_age.md',
    });
  }
}

function checkBatches({ report }: CheckContext, options: TableExpression): void {
  const least = fieldOf(options, 'min_batch_size');
  const size = fieldOf(options, 'batch_size');
  if (least?.kind !== 'Number' || least.value <= 1) return;
  const page = 'reference/kumo/make_queue_config/protocol.md';
  const most = size === undefined ? 1 : size.kind === 'Number' ? size.value : undefined;
  if (most !== undefined && least.value > most) {
    report({
      code: 'retry-settings',
      at: least,
      severity: WARNING,
      message: `A batch never holds more than ${most === 1 ? 'one message' : `${most} messages`} (\`batch_size\`), so ${least.value} are never reached and every batch waits for \`max_batch_latency\`.`,
      page,
    });
  } else if (fieldOf(options, 'max_batch_latency') === undefined && !isOpen(options)) {
    report({
      code: 'retry-settings',
      at: least,
      severity: INFORMATION,
      message:
        'Without `max_batch_latency` kumod waits for no other message and sends what it has, so `min_batch_size` has no effect.',
      page,
    });
  }
}

function isOpen({ fields }: TableExpression): boolean {
  return fields.some((field) => field.kind === 'KeyedField' && field.key.kind !== 'String');
}

function secondsOf(value: Expression): number | undefined {
  if (value.kind === 'Number') return value.value;
  if (value.kind !== 'String') return undefined;
  const duration = parseDuration(value.value);
  return duration && durationSeconds(duration);
}
