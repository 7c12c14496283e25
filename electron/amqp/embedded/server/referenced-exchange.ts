import { AmqpError } from '../wire/amqp-error.ts';
import type { FieldTable } from '../wire/field-table.ts';

/** The exchange that an argument of a declaration names. Throws the 406 for one that is no text. */
export function referencedExchange(
  args: FieldTable,
  argument: string,
  of: string,
): string | undefined {
  const field = args.get(argument);
  if (field === undefined) return undefined;
  if (field.type === 'longstr') return field.value.toString('utf8');
  throw new AmqpError(406, `invalid type '${field.type}' for arg '${argument}' in ${of}`);
}
