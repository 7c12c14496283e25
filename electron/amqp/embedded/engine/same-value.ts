import type { FieldValue } from '../wire/field-table.ts';
import { plainValue } from '../wire/plain-values.ts';

/**
 * Whether RabbitMQ takes two field values for equal: by value, whatever the width of a number, and a
 * text may be binary. Within arrays and tables types count too.
 */
export function sameValue(one: FieldValue, other: FieldValue): boolean {
  return (
    kindOf(one) === kindOf(other) &&
    JSON.stringify(comparable(one)) === JSON.stringify(comparable(other))
  );
}

/**
 * Whether RabbitMQ 4 takes the value of a headers binding and the header of a message for equal: as
 * `sameValue`, but whole numbers and fractions are never equal, and a timestamp of the message, which
 * is kept in milliseconds, is compared as a whole number with what the binding says.
 */
export function sameHeader(bound: FieldValue, header: FieldValue): boolean {
  const sent: FieldValue =
    header.type === 'timestamp' ? { type: 'long', value: header.value * 1000n } : header;
  return isFraction(bound) === isFraction(sent) && sameValue(bound, sent);
}

function isFraction({ type }: FieldValue): boolean {
  return type === 'float' || type === 'double';
}

function kindOf(field: FieldValue): string {
  switch (field.type) {
    case 'byte':
    case 'unsignedbyte':
    case 'short':
    case 'unsignedshort':
    case 'signedint':
    case 'unsignedint':
    case 'long':
    case 'timestamp':
    case 'float':
    case 'double':
      return 'number';
    case 'binary':
      return 'longstr';
    default:
      return field.type;
  }
}

function comparable(field: FieldValue): unknown {
  switch (field.type) {
    case 'longstr':
    case 'binary':
      return field.value.toString('latin1');
    case 'array':
      return field.value.map((element) => [element.type, comparable(element)]);
    case 'table':
      return [...field.value].map(([key, value]) => [key, value.type, comparable(value)]);
    default:
      return plainValue(field);
  }
}
