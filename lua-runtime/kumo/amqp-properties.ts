/**
 * AMQP basic properties as the two clients read them from Lua, turned into AMQP's own names.
 *
 * lapin 2.5.5 and amqprs 2.1.5 both read field tables through serde, so a plain Lua map of header
 * values is an error in either: the enum tags that they want are in `amqpValue` and `amqprsHeaders`.
 */
import type { JsonValue } from '../recording/entries.ts';
import {
  asArray,
  asBoolean,
  asFloat,
  asInteger,
  asString,
  decodeStruct,
  variantName,
  type Decoder,
  type FieldsOf,
} from './deserialize.ts';
import { DeserializeError, oneOf } from './deserialize-error.ts';
import { decodeUtf8 } from '../vm/platform.ts';
import { LuaTable, type LuaTree } from './lua-tree.ts';

export interface BasicProperties {
  content_type: string;
  content_encoding: string;
  headers: { [name: string]: JsonValue };
  delivery_mode: number;
  priority: number;
  correlation_id: string;
  reply_to: string;
  expiration: string;
  message_id: string;
  timestamp: number;
  type: string;
  user_id: string;
  app_id: string;
  cluster_id: string;
}

/** lapin calls the `type` property `kind`. */
type LapinProperties = Omit<BasicProperties, 'type'> & { kind: string };

const headers: Decoder<{ [name: string]: JsonValue }> = (value) => fieldTable(value);

const LAPIN_FIELDS: FieldsOf<LapinProperties> = {
  content_type: { decode: asString },
  content_encoding: { decode: asString },
  headers: { decode: headers },
  delivery_mode: { decode: asInteger('u8') },
  priority: { decode: asInteger('u8') },
  correlation_id: { decode: asString },
  reply_to: { decode: asString },
  expiration: { decode: asString },
  message_id: { decode: asString },
  timestamp: { decode: asInteger('u64') },
  kind: { decode: asString },
  user_id: { decode: asString },
  app_id: { decode: asString },
  cluster_id: { decode: asString },
};

/** `properties` of `client:publish`. Unknown keys are dropped and told to `ignored`. */
export function decodeLapinProperties(
  ignored: (key: string) => void,
): Decoder<Partial<BasicProperties>> {
  return (value) => {
    const { kind, ...rest } = decodeStruct<LapinProperties>(value, LAPIN_FIELDS, { ignored });
    return kind === undefined ? rest : { ...rest, type: kind };
  };
}

/** amq-protocol-types 7.2 `FieldTable`: names to tagged values. */
function fieldTable(value: LuaTree): { [name: string]: JsonValue } {
  const table: { [name: string]: JsonValue } = {};
  if (!(value instanceof LuaTable)) {
    decodeStruct(value, {});
    return table;
  }
  for (const [key, member] of value.entries) table[asString(key)] = amqpValue(member);
  return table;
}

const asBytes: Decoder<string> = (value) =>
  decodeUtf8(Uint8Array.from(asArray(asInteger('u8'))(value)));

const AMQP_VALUES: { readonly [variant: string]: Decoder<JsonValue> } = {
  Boolean: asBoolean,
  ShortShortInt: asInteger('i8'),
  ShortShortUInt: asInteger('u8'),
  ShortInt: asInteger('i16'),
  ShortUInt: asInteger('u16'),
  LongInt: asInteger('i32'),
  LongUInt: asInteger('u32'),
  LongLongInt: asInteger('i64'),
  Float: asFloat,
  Double: asFloat,
  ShortString: asString,
  LongString: asBytes,
  FieldArray: (value) => asArray(amqpValue)(value),
  Timestamp: asInteger('u64'),
  FieldTable: headers,
  ByteArray: asBytes,
};

function amqpValue(value: LuaTree): JsonValue {
  if (value === 'Void') return null;
  if (typeof value === 'string') return unknownVariant(value);
  if (!(value instanceof LuaTable)) throw new DeserializeError('bad enum value');
  const [entry, ...others] = value.entries;
  if (entry === undefined || others.length > 0) {
    throw new DeserializeError('invalid value: map, expected map with a single key');
  }
  const variant = variantName(entry[0]);
  const decode = Object.hasOwn(AMQP_VALUES, variant) ? AMQP_VALUES[variant] : undefined;
  return decode === undefined ? unknownVariant(variant) : decode(entry[1]);
}

function unknownVariant(variant: string): never {
  const known = [...Object.keys(AMQP_VALUES), 'Void'];
  throw new DeserializeError(`unknown variant \`${variant}\`, expected ${oneOf(known)}`);
}

/**
 * amqprs' `FieldTable`: a tuple of a length and a map of tagged values. Only the empty map is read
 * here; kumod's own users cannot fill it either without writing AMQP lengths by hand.
 */
export const asAmqprsHeaders: Decoder<{ [name: string]: JsonValue }> = (value) => {
  const parts = asArray<LuaTree>((element) => element)(value);
  if (parts.length < 2) {
    const got = String(parts.length);
    throw new DeserializeError(
      `invalid length ${got}, expected tuple struct FieldTable with 2 elements`,
    );
  }
  asInteger('u32')(parts[0]);
  const map = parts[1];
  if (!(map instanceof LuaTable)) decodeStruct(map, {});
  else if (map.entries.length > 0)
    throw new DeserializeError('invalid type: string, expected table');
  return {};
};
