/** Field values as plain JSON-like values and back, for people, definitions files and the window. */
import type { FieldTable, FieldValue } from './field-table.ts';

export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

export type PlainTable = { readonly [key: string]: PlainValue };

/**
 * Text for strings (bytes that are not UTF-8 show as U+FFFD), numbers for numbers and timestamps,
 * a decimal as the number it means, an integer beyond 2^53 as its digits.
 */
export function plainTable(table: FieldTable): PlainTable {
  // fromEntries defines own properties, so a key `__proto__` stays a key.
  return Object.fromEntries([...table].map(([key, field]) => [key, plainValue(field)]));
}

export function plainValue(field: FieldValue): PlainValue {
  switch (field.type) {
    case 'longstr':
    case 'binary':
      return field.value.toString('utf8');
    case 'long':
    case 'timestamp': {
      const number = Number(field.value);
      return Number.isSafeInteger(number) ? number : String(field.value);
    }
    case 'decimal':
      return field.value.digits / 10 ** field.value.places;
    case 'array':
      return field.value.map(plainValue);
    case 'table':
      return plainTable(field.value);
    default:
      return field.value;
  }
}

/** A field where a text is expected: the text itself, and JSON for what is none. */
export function fieldText(field: FieldValue): string {
  const plain = plainValue(field);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

/** The other way round, with the types RabbitMQ's own JSON import gives: strings, longs, doubles. */
export function tableOf(plain: PlainTable): FieldTable {
  return new Map(Object.entries(plain).map(([key, value]) => [key, fieldOf(value)]));
}

function fieldOf(value: PlainValue): FieldValue {
  if (value === null) return { type: 'void', value };
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (typeof value === 'string') return { type: 'longstr', value: Buffer.from(value) };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value)
      ? { type: 'long', value: BigInt(value) }
      : { type: 'double', value };
  }
  if (isArray(value)) return { type: 'array', value: value.map(fieldOf) };
  return { type: 'table', value: tableOf(value) };
}

function isArray(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
