/**
 * Reading a Lua table into a typed value the way serde does through mlua (mlua src/serde/de.rs). A
 * `Decoder` takes a value and returns what it means or throws a `DeserializeError`.
 */
import { LuaFloat, LuaOpaque, LuaTable, type LuaTree } from './lua-tree.ts';
import { lossyText } from './json-tree.ts';
import { conversionError } from './arguments.ts';
import {
  DeserializeError,
  bareTypeName,
  invalidType,
  notATable,
  oneOf,
  unsupported,
} from './deserialize-error.ts';
import { rustDebugString, rustDisplayFloat, utf8Error } from './rust-format.ts';
import {
  durationFromFloat,
  durationFromSeconds,
  parseDuration,
  type Duration,
} from './duration.ts';
import { parseThrottleSpec, type ThrottleSpec } from './throttle-spec.ts';

export type Decoder<T> = (value: LuaTree) => T;

export const asString: Decoder<string> = (value) => {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) {
    throw new DeserializeError('invalid value: byte array, expected a string');
  }
  throw invalidType(value, 'a string');
};

export const asBoolean: Decoder<boolean> = (value) => {
  if (typeof value === 'boolean') return value;
  throw invalidType(value, 'a boolean');
};

const UNSIGNED_MAX = {
  u8: 2n ** 8n - 1n,
  u16: 2n ** 16n - 1n,
  u32: 2n ** 32n - 1n,
  u64: 2n ** 64n - 1n,
  usize: 2n ** 64n - 1n,
} as const;
export type UnsignedType = keyof typeof UNSIGNED_MAX;

const SIGNED_BITS = { i8: 8n, i16: 16n, i32: 32n, i64: 64n } as const;
export type SignedType = keyof typeof SIGNED_BITS;

/** No coercion: `10.0` and `"10"` are errors. */
export function asInteger(type: UnsignedType | SignedType): Decoder<number> {
  const signed = type in SIGNED_BITS;
  const high = signed
    ? 2n ** (SIGNED_BITS[type as SignedType] - 1n) - 1n
    : UNSIGNED_MAX[type as UnsignedType];
  const low = signed ? -high - 1n : 0n;
  return (value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') throw invalidType(value, type);
    if (value < low || value > high) {
      throw new DeserializeError(`invalid value: integer \`${String(value)}\`, expected ${type}`);
    }
    return Number(value);
  };
}

export const asFloat: Decoder<number> = (value) => {
  if (value instanceof LuaFloat) return value.value;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw invalidType(value, 'f64');
};

export const asDuration: Decoder<Duration> = (value) => {
  if (typeof value === 'string') {
    const duration = parseDuration(value);
    if (duration !== undefined) return duration;
    throw new DeserializeError(
      `invalid value: string ${rustDebugString(value)}, expected a duration`,
    );
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (value >= 0) return durationFromSeconds(value);
    throw new DeserializeError(
      'duration must either be a string or a positive integer specifying the number of ' +
        'seconds. (error: out of range integral type conversion attempted)',
    );
  }
  if (value instanceof LuaFloat) return floatDuration(value.value);
  throw invalidType(value, 'a duration');
};

/** kumod panics on these with Rust's own text, which ends the handler just the same. */
function floatDuration(seconds: number): Duration {
  if (seconds < 0) {
    throw new DeserializeError('cannot convert float seconds to Duration: value is negative', '');
  }
  if (!(seconds < 2 ** 64)) {
    throw new DeserializeError(
      'cannot convert float seconds to Duration: value is either too big or NaN',
      '',
    );
  }
  return durationFromFloat(seconds);
}

export const asThrottle: Decoder<ThrottleSpec> = (value) => {
  const text = asString(value);
  try {
    return parseThrottleSpec(text);
  } catch (error) {
    throw new DeserializeError((error as Error).message);
  }
};

/** A unit-only enum by its variant names. */
export function asVariant<V extends string>(variants: readonly V[]): Decoder<V> {
  const known = (name: string): V => {
    const variant = variants.find((candidate) => candidate === name);
    if (variant !== undefined) return variant;
    throw new DeserializeError(`unknown variant \`${name}\`, expected ${oneOf(variants)}`);
  };
  return (value) => {
    if (typeof value === 'string') return known(value);
    if (value instanceof Uint8Array) {
      const detail = utf8Error(value) ?? '';
      throw new DeserializeError(`error converting Lua string to &str (${detail})`, '');
    }
    if (!(value instanceof LuaTable)) throw new DeserializeError('bad enum value');
    const [entry, ...others] = value.entries;
    if (entry === undefined || others.length > 0) {
      throw new DeserializeError('invalid value: map, expected map with a single key');
    }
    known(variantName(entry[0]));
    throw new DeserializeError('invalid type: newtype variant, expected unit variant');
  };
}

/** mlua converts the key of an enum's table to a string. */
export function variantName(key: LuaTree): string {
  if (typeof key === 'string' || key instanceof Uint8Array) return lossyText(key);
  if (key instanceof LuaFloat) return rustDisplayFloat(key.value);
  if (typeof key === 'number' || typeof key === 'bigint') return String(key);
  const detail = conversionError(bareTypeName(key), 'String', 'expected string or number');
  throw new DeserializeError(detail, '');
}

export function asArray<T>(element: Decoder<T>): Decoder<T[]> {
  return (value) => {
    if (!(value instanceof LuaTable)) throw notATable(value);
    return value.sequence().map(element);
  };
}

export interface FieldOf<T> {
  readonly decode: Decoder<T>;
  /** `required` fields raise ``missing field `x` ``. */
  readonly required?: true;
}
export type FieldsOf<T> = { readonly [K in keyof T]-?: FieldOf<Exclude<T[K], undefined>> };

export interface StructOptions {
  /** Called for keys the struct does not know; absent: they are an error (`deny_unknown_fields`). */
  readonly ignored?: (key: string) => void;
}

/**
 * A struct from a table. Keys are looked at in the table's own order, as serde does, so which of two
 * mistakes is reported depends on it. Absent fields stay absent: the caller applies defaults.
 */
export function decodeStruct<T extends object>(
  value: LuaTree,
  fields: FieldsOf<T>,
  options: StructOptions = {},
): Partial<T> {
  if (!(value instanceof LuaTable)) throw notATable(value);
  const decoders = fields as { readonly [name: string]: FieldOf<unknown> };
  const result: { [name: string]: unknown } = {};
  for (const [key, member] of value.entries) {
    if (typeof key !== 'string' && !(key instanceof Uint8Array)) {
      throw invalidType(key, 'field identifier');
    }
    const name = lossyText(key);
    if (Object.hasOwn(decoders, name)) {
      if (member !== null) result[name] = (decoders[name] as FieldOf<unknown>).decode(member);
      continue;
    }
    if (options.ignored === undefined) {
      const expected = oneOf(Object.keys(decoders));
      throw new DeserializeError(`unknown field \`${name}\`, expected ${expected}`);
    }
    ignoreAny(member);
    options.ignored(name);
  }
  for (const name of requiredNames(decoders)) {
    if (!Object.hasOwn(result, name)) throw new DeserializeError(`missing field \`${name}\``);
  }
  return result as Partial<T>;
}

const required = new WeakMap<object, readonly string[]>();

/** Worked out once for each struct: queue configs are read all the time. */
function requiredNames(fields: { readonly [name: string]: FieldOf<unknown> }): readonly string[] {
  let names = required.get(fields);
  if (names === undefined) {
    names = Object.keys(fields).filter((name) => fields[name]?.required === true);
    required.set(fields, names);
  }
  return names;
}

/** Even an ignored value is walked, so that a function inside of it is an error. */
export function ignoreAny(value: LuaTree): void {
  if (value instanceof LuaOpaque) throw unsupported(value);
  if (!(value instanceof LuaTable)) return;
  for (const [key, member] of value.entries) {
    ignoreAny(key);
    ignoreAny(member);
  }
}
