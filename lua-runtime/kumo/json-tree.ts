/**
 * JSON with serde_json's distinctions kept (integer or float), between JSON text and Lua. Objects are
 * sorted by key, as serde_json's map is.
 */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { decodeUtf8 } from '../vm/platform.ts';
import type { JsonValue } from '../recording/entries.ts';
import { KumoError } from './kumo-error.ts';
import { LuaFloat, LuaOpaque, LuaTable, type LuaTree } from './lua-tree.ts';
import { jsonFloat } from './rust-format.ts';

export type JsonTree =
  null | boolean | number | bigint | LuaFloat | string | readonly JsonTree[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonTree>;

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

const CONTROL_ESCAPES: { readonly [char: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** serde_json escapes only what JSON demands. */
export function jsonString(text: string): string {
  const escaped = text.replace(/["\\\u0000-\u001f]/g, (char) => {
    return CONTROL_ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/**
 * The text serde_json gives for a Lua value: a table with a border is an array, an empty table is
 * `{}`, bytes that are not UTF-8 are an array of numbers (mlua src/serde/ser.rs, src/table.rs 799-817).
 * @throws KumoError for functions, threads, userdata, recursive tables and keys that are no strings.
 */
export function encodeLuaTree(value: LuaTree): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
    return String(value);
  }
  if (value instanceof LuaFloat) return jsonFloat(value.value);
  if (value instanceof Uint8Array) return `[${value.join(',')}]`;
  if (value instanceof LuaOpaque) throw unserializable(value);
  if (value.length > 0) return `[${value.sequence().map(encodeLuaTree).join(',')}]`;
  const members = value.entries.map(([key, member]) => {
    const name = objectKey(key);
    return `${jsonString(name)}:${encodeLuaTree(member)}`;
  });
  return `{${members.join(',')}}`;
}

/** The same value as a tree, e.g. to be stored as metadata. Throws as `encodeLuaTree`. */
export function luaTreeToJson(value: LuaTree): JsonTree {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return Array.from(value);
  if (value instanceof LuaOpaque) throw unserializable(value);
  if (value instanceof LuaFloat) return Number.isFinite(value.value) ? value : null;
  if (!(value instanceof LuaTable)) return value;
  if (value.length > 0) return value.sequence().map(luaTreeToJson);
  const members = value.entries.map(
    ([key, member]) => [objectKey(key), luaTreeToJson(member)] as const,
  );
  return new Map(members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function objectKey(key: LuaTree): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean') {
    return String(key);
  }
  if (key instanceof LuaFloat && Number.isFinite(key.value)) return jsonFloat(key.value);
  if (key instanceof LuaFloat) throw new KumoError('float key must be finite (got NaN or +/-inf)');
  if (key instanceof LuaOpaque) throw unserializable(key);
  throw new KumoError('key must be a string');
}

function unserializable(value: LuaOpaque): KumoError {
  if (value.kind === 'recursive') return new KumoError('recursive table detected');
  return new KumoError(`cannot serialize <${value.kind}>`);
}

/** Compact text. */
export function stringifyJson(value: JsonTree): string {
  if (isArray(value)) return `[${value.map(stringifyJson).join(',')}]`;
  if (isObject(value)) {
    const members = [...value].map(
      ([key, member]) => `${jsonString(key)}:${stringifyJson(member)}`,
    );
    return `{${members.join(',')}}`;
  }
  return stringifyScalar(value);
}

/** serde_json's pretty format: two spaces, empty containers on one line. */
export function stringifyJsonPretty(value: JsonTree, indent = ''): string {
  const inner = `${indent}  `;
  const lines = (open: string, close: string, members: readonly string[]): string =>
    members.length === 0
      ? open + close
      : `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`;
  if (isArray(value)) {
    const elements = value.map((item) => stringifyJsonPretty(item, inner));
    return lines('[', ']', elements);
  }
  if (isObject(value)) {
    const members = [...value].map(
      ([key, member]) => `${jsonString(key)}: ${stringifyJsonPretty(member, inner)}`,
    );
    return lines('{', '}', members);
  }
  return stringifyScalar(value);
}

function stringifyScalar(value: Exclude<JsonTree, readonly JsonTree[] | JsonObject>): string {
  if (typeof value === 'string') return jsonString(value);
  return value instanceof LuaFloat ? jsonFloat(value.value) : String(value);
}

/** `Array.isArray` does not narrow a readonly array. */
function isArray(value: JsonTree): value is readonly JsonTree[] {
  return Array.isArray(value);
}

function isObject(value: JsonTree): value is JsonObject {
  return value instanceof Map;
}

/** Plain JSON for recordings and records: integers beyond the safe range lose digits. */
export function toPlainJson(value: JsonTree): JsonValue {
  if (value instanceof LuaFloat) return Number.isFinite(value.value) ? value.value : null;
  if (typeof value === 'bigint') return Number(value);
  if (isArray(value)) return value.map(toPlainJson);
  if (isObject(value)) {
    return Object.fromEntries([...value].map(([k, v]) => [k, toPlainJson(v)]));
  }
  return value;
}

/** Plain JSON as a tree: integral numbers are integers. */
export function fromPlainJson(value: JsonValue): JsonTree {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : new LuaFloat(value);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(fromPlainJson);
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as { readonly [key: string]: JsonValue });
    return new Map(
      members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, fromPlainJson(v)]),
    );
  }
  return value;
}

/** A tree as a Lua value that was never in a Lua state: what `materialize_to_lua_value` makes of it. */
export function jsonToLuaTree(value: JsonTree): LuaTree {
  if (isArray(value)) {
    const table = new LuaTable(value.length);
    value.forEach((item, i) => table.entries.push([i + 1, jsonToLuaTree(item)]));
    return table;
  }
  if (isObject(value)) {
    const table = new LuaTable(0);
    for (const [key, member] of value) table.entries.push([key, jsonToLuaTree(member)]);
    return table;
  }
  return value;
}

/**
 * Pushes a tree. `pushNull` pushes what null becomes inside and outside of tables: nil for most of
 * kumod's functions (`serialize_options`, KumoMTA crates/config/src/lib.rs 874-878).
 */
export function pushJsonTree(
  vm: LuaVm,
  L: LuaState,
  value: JsonTree,
  pushNull: (L: LuaState) => void = (state) => {
    vm.pushNil(state);
  },
): void {
  if (value === null) pushNull(L);
  else if (typeof value === 'string') vm.pushText(L, value);
  else if (typeof value === 'boolean') vm.pushBoolean(L, value);
  else if (typeof value === 'number') vm.pushInteger(L, value);
  else if (typeof value === 'bigint') {
    if (value > INT64_MAX || value < INT64_MIN) vm.pushNumber(L, Number(value));
    else vm.pushInteger(L, value);
  } else if (value instanceof LuaFloat) vm.pushNumber(L, value.value);
  else if (isArray(value)) {
    roomFor(vm, L);
    vm.newTable(L, value.length, 0);
    value.forEach((item, i) => {
      pushJsonTree(vm, L, item, pushNull);
      vm.rawSetIndex(L, -2, i + 1);
    });
  } else {
    roomFor(vm, L);
    vm.newTable(L, 0, value.size);
    for (const [key, member] of value) {
      vm.pushText(L, key);
      pushJsonTree(vm, L, member, pushNull);
      vm.rawSet(L, -3);
    }
  }
}

function roomFor(vm: LuaVm, L: LuaState): void {
  if (!vm.checkStack(L, 4)) throw new KumoError('the value is nested too deeply for the Lua stack');
}

/** Text of bytes for display: what is not UTF-8 becomes U+FFFD. */
export function lossyText(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : decodeUtf8(value);
}
