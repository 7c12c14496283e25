/** Where the values of a JSON text stand, which `JSON.parse` does not tell, and keys that come twice. */
import { readJson } from '../../../lua-runtime/analysis/data-files/syntax/json-document.ts';
import type { DataPath } from '../../../lua-runtime/analysis/data-files/syntax/data-tree.ts';

export interface JsonPlaces {
  /** The value's first character; of what is not there, that of the nearest value around it. */
  offsetOf(path: DataPath): number;
  /** The key's first quote; undefined when the object has no such key. */
  offsetOfKey(path: DataPath): number | undefined;
  /** Behind the value's last character; undefined when it is not there. */
  endOf(path: DataPath): number | undefined;
  /** Keys that an object has twice, where the second one stands: `JSON.parse` drops the first. */
  readonly repeated: readonly { readonly path: DataPath; readonly offset: number }[];
}

/** @param text is JSON: `JSON.parse` has taken it. */
export function jsonPlaces(text: string): JsonPlaces {
  const { values, keys, overwritten } = readJson(text);
  const spans = new Map(values.map(({ path, value }) => [keyOf(path), value]));
  const named = keys.map(({ parent, key }) => ({ path: [...parent, key.text], key }));
  const places = new Map(named.map(({ path, key }) => [keyOf(path), key]));
  const again = new Set(overwritten.map(({ by }) => by));
  return {
    offsetOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const span = spans.get(keyOf(path.slice(0, length)));
        if (span !== undefined) return span.start;
      }
      return 0;
    },
    offsetOfKey: (path) => places.get(keyOf(path))?.start,
    endOf: (path) => spans.get(keyOf(path))?.end,
    repeated: named
      .filter(({ key }) => again.has(key))
      .map(({ path, key }) => ({ path, offset: key.start })),
  };
}

/** `scenarios[2].expect.record`; empty for the whole text. */
export function pathText(path: DataPath): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}

function keyOf(path: DataPath): string {
  return JSON.stringify(path);
}
