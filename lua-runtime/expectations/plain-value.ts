import type { JsonValue, RecordedValue } from '../recording/entries.ts';

/**
 * A Lua value of a recording as JSON: a table with the keys 1 to n is a list, any other an object with
 * its keys as text. What JSON cannot hold becomes a text that says what it is: `userdata Message`.
 */
export function plainValue(value: RecordedValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if ('integer' in value) return Number(value.integer);
  if ('bytes' in value) return `base64 ${value.bytes}`;
  if ('userdata' in value) return `userdata ${value.userdata}`;
  if ('function' in value) return `function ${value.function}`;
  const isList = value.table.length > 0 && value.table.every(([key], i) => key === i + 1);
  if (isList) return value.table.map(([, item]) => plainValue(item));
  return Object.fromEntries(
    value.table.map(([key, item]) => [keyText(plainValue(key)), plainValue(item)]),
  );
}

function keyText(key: JsonValue): string {
  return typeof key === 'string' ? key : JSON.stringify(key);
}
