import type { JsonValue } from '../../lua-runtime/recording/entries.ts';
import { UsageError } from './cli-error.ts';

/**
 * `--meta K=V`: the value is JSON when it can be read as such (numbers, true, objects, quoted
 * text), else the text as it is.
 */
export function metaOf(pairs: readonly string[]): { [name: string]: JsonValue } {
  const meta: { [name: string]: JsonValue } = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UsageError(`--meta ${pair} has no value; write --meta name=value.`);
    meta[pair.slice(0, equals)] = valueOf(pair.slice(equals + 1));
  }
  return meta;
}

function valueOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
