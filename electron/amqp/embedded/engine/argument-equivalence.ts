/** Redeclaring: what must be as it was (RabbitMQ `rabbit_misc:assert_args_equivalence/4`). */
import type { Dialect } from '../dialects.ts';
import { AmqpError } from '../wire/amqp-error.ts';
import type { FieldTable, FieldValue } from '../wire/field-table.ts';
import { fieldText } from '../wire/plain-values.ts';
import type { ExchangeProperties } from './exchange.ts';
import type { QueueProperties } from './queue.ts';
import { equivalentArguments } from './queue-arguments.ts';
import { sameValue } from './same-value.ts';

/** Throws the 406 for a redeclaration that differs. `of` names the exchange for it. */
export function assertSameExchange(
  has: ExchangeProperties,
  wanted: Omit<ExchangeProperties, 'type'> & { readonly type: string },
  of: string,
): void {
  assertSame('type', has.type, wanted.type, of);
  assertSame('durable', has.durable, wanted.durable, of);
  assertSame('auto_delete', has.autoDelete, wanted.autoDelete, of);
  assertSame('internal', has.internal, wanted.internal, of);
  assertSameArguments(has.arguments, wanted.arguments, of, ['alternate-exchange']);
}

/** Throws the 406 for a redeclaration that differs. `of` names the queue for it. */
export function assertSameQueue(
  has: QueueProperties,
  wanted: QueueProperties,
  of: string,
  dialect: Dialect,
): void {
  assertSame('durable', has.durable, wanted.durable, of);
  assertSame('auto_delete', has.autoDelete, wanted.autoDelete, of);
  const names = equivalentArguments(has.arguments, dialect);
  assertSameArguments(has.arguments, wanted.arguments, of, names);
}

function assertSame(
  property: string,
  has: string | boolean,
  wanted: string | boolean,
  of: string,
): void {
  if (has === wanted) return;
  throw inequivalent(property, of, `'${wanted}'`, `'${has}'`);
}

/**
 * Throws the 406 for the first of the arguments `names` that differs. Integers of different width
 * but equal value are the same; `x-queue-type` may be left out.
 */
function assertSameArguments(
  has: FieldTable,
  wanted: FieldTable,
  of: string,
  names: readonly string[],
): void {
  for (const name of names) {
    const current = has.get(name);
    const received = wanted.get(name);
    if (current === undefined && received === undefined) continue;
    if (name === 'x-queue-type' && queueType(current) === queueType(received)) continue;
    if (current === undefined || received === undefined) {
      throw inequivalent(name, of, described(received), described(current));
    }
    if (!sameValue(current, received)) {
      throw inequivalent(name, of, `'${fieldText(received)}'`, `'${fieldText(current)}'`);
    }
  }
}

function inequivalent(name: string, of: string, received: string, current: string): AmqpError {
  return new AmqpError(
    406,
    `inequivalent arg '${name}' for ${of}: received ${received} but current is ${current}`,
  );
}

function queueType(field: FieldValue | undefined): string {
  return field === undefined ? 'classic' : fieldText(field);
}

function described(field: FieldValue | undefined): string {
  return field === undefined ? 'none' : `the value '${fieldText(field)}' of type '${field.type}'`;
}
