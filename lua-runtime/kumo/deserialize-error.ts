/** What serde and mlua say of a Lua value that they do not take (mlua src/serde/de.rs; serde's `de::Error`). */
import { LuaFloat, LuaOpaque, LuaTable, type LuaTree } from './lua-tree.ts';
import { rustDebugString, serdeFloat } from './rust-format.ts';

/** `message` is the whole text, mlua's `deserialize error: ` included. */
export class DeserializeError extends Error {
  constructor(detail: string, prefix = 'deserialize error: ') {
    super(prefix + detail);
    this.name = 'DeserializeError';
  }
}

/** serde's `Unexpected` in words. */
function unexpected(value: LuaTree): string {
  if (value === undefined) return 'unit value';
  if (value === null) return 'Option value';
  if (typeof value === 'boolean') return `boolean \`${String(value)}\``;
  if (typeof value === 'number' || typeof value === 'bigint') return `integer \`${String(value)}\``;
  if (typeof value === 'string') return `string ${rustDebugString(value)}`;
  if (value instanceof LuaFloat) return `floating point \`${serdeFloat(value.value)}\``;
  if (value instanceof Uint8Array) return 'byte array';
  if (value instanceof LuaTable) return value.length > 0 ? 'sequence' : 'map';
  return value.kind;
}

/** What a value that no visitor accepts ends in. */
export function invalidType(value: LuaTree, expected: string): DeserializeError {
  if (value instanceof LuaOpaque) return unsupported(value);
  return new DeserializeError(`invalid type: ${unexpected(value)}, expected ${expected}`);
}

export function unsupported(value: LuaOpaque): DeserializeError {
  if (value.kind === 'recursive') return new DeserializeError('recursive table detected');
  return new DeserializeError(`unsupported value type \`${value.kind}\``);
}

export function bareTypeName(value: LuaTree): string {
  if (value === undefined) return 'nil';
  if (value === null) return 'lightuserdata';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint') return 'integer';
  if (typeof value === 'string' || value instanceof Uint8Array) return 'string';
  if (value instanceof LuaFloat) return 'number';
  return value instanceof LuaTable ? 'table' : value.kind;
}

export function notATable(value: LuaTree): DeserializeError {
  if (value instanceof LuaOpaque && value.kind === 'recursive') return unsupported(value);
  return new DeserializeError(`invalid type: ${bareTypeName(value)}, expected table`);
}

/** serde's list of expected names: "`a`", "`a` or `b`", "one of `a`, `b`, `c`". */
export function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length === 0) return 'there are no fields';
  if (quoted.length <= 2) return quoted.join(' or ');
  return `one of ${quoted.join(', ')}`;
}
