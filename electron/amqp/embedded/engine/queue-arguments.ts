/** The optional arguments of a queue: checked at declaration, with RabbitMQ's error texts. */
import { AmqpError } from '../wire/amqp-error.ts';
import type { FieldTable, FieldValue } from '../wire/field-table.ts';
import { fieldText } from '../wire/plain-values.ts';

/** RabbitMQ `rabbit_amqqueue:declare_args/0`: those a redeclaration must repeat. */
const knownArguments = [
  'x-expires',
  'x-message-ttl',
  'x-dead-letter-exchange',
  'x-dead-letter-routing-key',
  'x-dead-letter-strategy',
  'x-max-length',
  'x-max-length-bytes',
  'x-max-in-memory-length',
  'x-max-in-memory-bytes',
  'x-max-priority',
  'x-overflow',
  'x-queue-mode',
  'x-queue-version',
  'x-single-active-consumer',
  'x-queue-type',
  'x-quorum-initial-group-size',
  'x-delivery-limit',
] as const;

const honoured: ReadonlySet<string> = new Set([
  'x-max-length',
  'x-max-length-bytes',
  'x-overflow',
  'x-queue-type',
]);

/** Arguments RabbitMQ would act on and this broker does not: told in the topology, never hidden. */
export function ignoredArguments(table: FieldTable): string[] {
  return knownArguments.filter((name) => table.has(name) && !honoured.has(name));
}

export interface QueueLimits {
  /** Ready messages. */
  readonly maxLength: number;
  /** Bytes of the bodies of ready messages. */
  readonly maxLengthBytes: number;
  readonly overflow: 'drop-head' | 'reject-publish';
}

/** Throws the 406 RabbitMQ answers to an argument that cannot be. `of` names the queue for it. */
export function parseQueueLimits(table: FieldTable, of: string, durable: boolean): QueueLimits {
  const invalid = (argument: string, reason: string) =>
    new AmqpError(406, `invalid arg '${argument}' for ${of}: ${reason}`);

  const limit = (argument: string): number => {
    const field = table.get(argument);
    if (field === undefined) return Infinity;
    if (!isInteger(field))
      throw invalid(argument, JSON.stringify(`expected integer, got ${field.type}`));
    const value = Number(field.value);
    if (value < 0) throw invalid(argument, `{value_negative,${value}}`);
    return value;
  };

  const word = (argument: string): string | undefined => {
    const field = table.get(argument);
    if (field === undefined) return undefined;
    if (field.type !== 'longstr') throw invalid(argument, `{unacceptable_type,${field.type}}`);
    return field.value.toString('utf8');
  };

  const type = word('x-queue-type') ?? 'classic';
  if (type !== 'classic' && type !== 'quorum') {
    throw invalid('x-queue-type', JSON.stringify(`unsupported queue type '${type}'`));
  }
  if (type === 'quorum' && !durable) {
    throw new AmqpError(406, `invalid property 'non-durable' for ${of}`);
  }
  const overflow = word('x-overflow') ?? 'drop-head';
  if (!['drop-head', 'reject-publish', 'reject-publish-dlx'].includes(overflow)) {
    throw invalid('x-overflow', 'invalid_overflow');
  }
  return {
    maxLength: limit('x-max-length'),
    maxLengthBytes: limit('x-max-length-bytes'),
    overflow: overflow === 'drop-head' ? 'drop-head' : 'reject-publish',
  };
}

function isInteger(field: FieldValue): boolean {
  return typeof field.value === 'number'
    ? field.type !== 'float' && field.type !== 'double'
    : field.type === 'long';
}

/**
 * Throws the 406 for a redeclaration whose arguments differ (RabbitMQ `assert_args_equivalence`).
 * Integers of different width but equal value are the same; `x-queue-type` may be left out.
 */
export function assertSameArguments(
  has: FieldTable,
  wanted: FieldTable,
  of: string,
  names: readonly string[] = knownArguments,
): void {
  for (const name of names) {
    const current = has.get(name);
    const received = wanted.get(name);
    if (current === undefined && received === undefined) continue;
    if (name === 'x-queue-type' && queueType(current) === queueType(received)) {
      continue;
    }
    if (current === undefined || received === undefined) {
      throw new AmqpError(
        406,
        `inequivalent arg '${name}' for ${of}: received ${described(received)} but current is ${described(current)}`,
      );
    }
    if (fieldText(current) !== fieldText(received)) {
      throw new AmqpError(
        406,
        `inequivalent arg '${name}' for ${of}: received '${fieldText(received)}' but current is '${fieldText(current)}'`,
      );
    }
  }
}

function queueType(field: FieldValue | undefined): string {
  return field === undefined ? 'classic' : fieldText(field);
}

function described(field: FieldValue | undefined): string {
  return field === undefined ? 'none' : `the value '${fieldText(field)}' of type '${field.type}'`;
}
