/**
 * The recording of a scenario names files from the folder of its policy; the window names them from the
 * opened folder. Texts of the script and of the broker stay as they are.
 */
import type { Entry, SourceLocation } from '../../../lua-runtime/recording/entries.ts';

/** Keys that hold a place, in entries and in readings of them. */
const PLACES: ReadonlySet<string> = new Set(['location', 'handler', 'constructor_location']);
/** Keys that hold things with places: everything else is data of the policy. */
const AROUND: ReadonlySet<string> = new Set([
  'failure',
  'traceback',
  'resolution',
  'error',
  'protocol',
  'handlers',
  'root',
  'children',
  'functions',
  'stack',
]);

export type Place = (file: string) => string;

/** @param folder of the policy, relative to the opened one with `/`; empty: the same. */
export function placeIn(folder: string): Place {
  return (file) => (folder === '' ? file : `${folder}/${file}`);
}

export function placedEntry(entry: Entry, place: Place): Entry {
  if (entry.kind === 'file') return { ...entry, path: place(entry.path) };
  if (entry.kind === 'run') return { ...entry, policy: place(entry.policy) };
  return placed(entry, place);
}

/** Also of profiles, log points and whatever else tells places by the same keys. */
export function placed<T>(told: T, place: Place): T {
  if (Array.isArray(told)) return told.map((each: unknown) => placed(each, place)) as T;
  if (!isTable(told)) return told;
  return Object.fromEntries(
    Object.entries(told).map(([key, value]) => {
      if (PLACES.has(key) && isLocation(value)) {
        return [key, { ...value, file: place(value.file) }];
      }
      return [key, AROUND.has(key) ? placed(value, place) : value];
    }),
  ) as T;
}

function isTable(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

function isLocation(value: unknown): value is SourceLocation {
  return isTable(value) && typeof value.file === 'string' && typeof value.line === 'number';
}
