/**
 * The `protocol` of a queue config: serde's untagged enum DeliveryProto (KumoMTA
 * crates/kumod/src/queue/delivery_proto.rs 7-26, lua_deliver.rs 20-46, smtp_dispatcher.rs 112-179,
 * crates/kumo-api-types/src/xfer.rs 5-16). Variants are tried in declaration order; keys that the
 * winning variant does not know are dropped without a word, which is told to `ignored` here.
 */
import type { JsonValue, ResolvedProtocol } from '../recording/entries.ts';
import {
  asArray,
  asBoolean,
  asDuration,
  asInteger,
  asString,
  decodeStruct,
  ignoreAny,
  type Decoder,
  type FieldsOf,
} from './deserialize.ts';
import { DeserializeError } from './deserialize-error.ts';
import { durationFromSeconds, formatDuration, type Duration } from './duration.ts';
import { LuaTable, type LuaTree } from './lua-tree.ts';

export type DeliveryProtocol =
  | { readonly kind: 'smtp'; readonly mxList: readonly MxListEntry[]; readonly secure: boolean }
  | {
      readonly kind: 'maildir';
      readonly path: string;
      readonly dirMode: number | null;
      readonly fileMode: number | null;
    }
  | {
      readonly kind: 'custom_lua';
      readonly constructorEvent: string;
      readonly batchSize: number;
      readonly minBatchSize: number;
      readonly maxBatchLatency: Duration;
    }
  | { readonly kind: 'xfer'; readonly target: string };

export type MxListEntry =
  string | { readonly name: string; readonly addr: string; readonly is_secure: boolean };

export const DEFAULT_PROTOCOL: DeliveryProtocol = { kind: 'smtp', mxList: [], secure: false };

/** Gets the path of an ignored key, e.g. `protocol.smtp.mxlist`. */
export type IgnoredKey = (path: string) => void;

type Variant = (value: LuaTable, ignored: IgnoredKey) => DeliveryProtocol;

/** Reads `protocol`. @throws DeserializeError, always the same text whatever is wrong inside. */
export function decodeDeliveryProtocol(ignored: IgnoredKey): Decoder<DeliveryProtocol> {
  return (value) => {
    // serde buffers the whole value before it tries a variant.
    ignoreAny(value);
    if (value instanceof LuaTable && value.length === 0) {
      for (const [requiredKey, variant] of VARIANTS) {
        // A variant without its key cannot match: not trying it saves the exception.
        if (!value.entries.some(([key]) => key === requiredKey)) continue;
        const dropped: string[] = [];
        try {
          const protocol = variant(value, (path) => dropped.push(path));
          dropped.forEach(ignored);
          return protocol;
        } catch (error) {
          if (!(error instanceof DeserializeError)) throw error;
        }
      }
    }
    throw new DeserializeError('data did not match any variant of untagged enum DeliveryProto');
  };
}

const beside =
  (ignored: IgnoredKey) =>
  (key: string): void => {
    ignored(`protocol.${key}`);
  };

const smtp: Variant = (value, ignored) => {
  const { smtp: body } = decodeStruct<{ smtp: DeliveryProtocol }>(
    value,
    { smtp: { decode: (inner) => smtpBody(inner, ignored), required: true } },
    { ignored: beside(ignored) },
  );
  return body ?? DEFAULT_PROTOCOL;
};

interface SmtpFields {
  mx_list: MxListEntry[];
  treat_mx_list_as_secure: boolean;
}

function smtpBody(value: LuaTree, ignored: IgnoredKey): DeliveryProtocol {
  const fields: FieldsOf<SmtpFields> = {
    mx_list: { decode: asContentArray(mxListEntry(ignored)) },
    treat_mx_list_as_secure: { decode: asBoolean },
  };
  const body = decodeStruct<SmtpFields>(value, fields, {
    ignored: (key) => {
      ignored(`protocol.smtp.${key}`);
    },
  });
  return {
    kind: 'smtp',
    mxList: body.mx_list ?? [],
    secure: body.treat_mx_list_as_secure ?? false,
  };
}

/** Buffered by serde, an empty Lua table is a map and no longer passes for an empty array. */
function asContentArray<T>(element: Decoder<T>): Decoder<T[]> {
  const decode = asArray(element);
  return (value) => {
    if (value instanceof LuaTable && value.length > 0) return decode(value);
    throw new DeserializeError('invalid type: map, expected a sequence');
  };
}

const IP = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)`;
const HOST_OR_SOCKET = new RegExp(
  String.raw`^(?:${IP}|\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}|\[${IP}\]:\d{1,5}|\/.+)$`,
);

function mxListEntry(ignored: IgnoredKey): Decoder<MxListEntry> {
  return (value) => {
    if (typeof value === 'string') return value;
    const entry = decodeStruct<{ name: string; addr: string; is_secure: boolean }>(
      value,
      {
        name: { decode: asString, required: true },
        addr: { decode: asString, required: true },
        is_secure: { decode: asBoolean },
      },
      {
        ignored: (key) => {
          ignored(`protocol.smtp.mx_list[].${key}`);
        },
      },
    );
    const { name = '', addr = '', is_secure = false } = entry;
    if (!HOST_OR_SOCKET.test(addr)) throw new DeserializeError(`invalid address ${addr}`);
    return { name, addr, is_secure };
  };
}

interface MaildirFields {
  maildir_path: string;
  dir_mode: number;
  file_mode: number;
}

const maildir: Variant = (value, ignored) => {
  const body = decodeStruct<MaildirFields>(
    value,
    {
      maildir_path: { decode: asString, required: true },
      dir_mode: { decode: asInteger('u32') },
      file_mode: { decode: asInteger('u32') },
    },
    { ignored: beside(ignored) },
  );
  return {
    kind: 'maildir',
    path: body.maildir_path ?? '',
    dirMode: body.dir_mode ?? null,
    fileMode: body.file_mode ?? null,
  };
};

interface CustomLuaFields {
  constructor: string;
  batch_size: number;
  min_batch_size: number;
  max_batch_latency: Duration;
}

const CUSTOM_LUA_FIELDS: FieldsOf<CustomLuaFields> = {
  constructor: { decode: asString, required: true },
  batch_size: { decode: asInteger('usize') },
  min_batch_size: { decode: asInteger('usize') },
  max_batch_latency: { decode: asDuration },
};

const customLuaBody: Decoder<DeliveryProtocol> = (value) => {
  const body = decodeStruct<CustomLuaFields>(value, CUSTOM_LUA_FIELDS);
  return {
    kind: 'custom_lua',
    constructorEvent: Object.hasOwn(body, 'constructor') ? (body.constructor as string) : '',
    batchSize: body.batch_size ?? 1,
    minBatchSize: body.min_batch_size ?? 1,
    maxBatchLatency: body.max_batch_latency ?? durationFromSeconds(0),
  };
};

const CUSTOM_LUA_VARIANT: FieldsOf<{ custom_lua: DeliveryProtocol }> = {
  custom_lua: { decode: customLuaBody, required: true },
};
const customLua: Variant = (value, ignored) =>
  decodeStruct(value, CUSTOM_LUA_VARIANT, { ignored: beside(ignored) }).custom_lua ??
  DEFAULT_PROTOCOL;

const xfer: Variant = (value, ignored) => {
  const { xfer: body } = decodeStruct<{ xfer: DeliveryProtocol }>(
    value,
    { xfer: { decode: (inner) => xferBody(inner, ignored), required: true } },
    { ignored: beside(ignored) },
  );
  return body ?? DEFAULT_PROTOCOL;
};

function xferBody(value: LuaTree, ignored: IgnoredKey): DeliveryProtocol {
  const { target = '' } = decodeStruct<{ target: string }>(
    value,
    { target: { decode: asUrl, required: true } },
    {
      ignored: (key) => {
        ignored(`protocol.xfer.${key}`);
      },
    },
  );
  return { kind: 'xfer', target };
}

/** An absolute URL; one without a path gets `/`, as Rust's url crate prints it. */
const asUrl: Decoder<string> = (value) => {
  const text = asString(value).trim();
  const match = /^(?:https?:\/\/[^/?#\s]+(?<rest>[/?#].*)?|[A-Za-z][A-Za-z0-9+.-]*:.+)$/i.exec(
    text,
  );
  if (match === null) throw new DeserializeError('relative URL without a base');
  if (!/^https?:/i.test(text)) return text;
  const rest = match.groups?.rest ?? '';
  const origin = text.slice(0, text.length - rest.length).toLowerCase();
  return origin + (rest.startsWith('/') ? rest : `/${rest}`);
};

/** In declaration order, each with the key that it cannot do without. */
const VARIANTS: readonly (readonly [requiredKey: string, variant: Variant])[] = [
  ['smtp', smtp],
  ['maildir_path', maildir],
  ['custom_lua', customLua],
  ['xfer', xfer],
];

/** As KumoMTA serialises it. */
export function protocolToJson(protocol: DeliveryProtocol): JsonValue {
  switch (protocol.kind) {
    case 'smtp':
      return { smtp: { mx_list: protocol.mxList, treat_mx_list_as_secure: protocol.secure } };
    case 'maildir':
      return {
        maildir_path: protocol.path,
        dir_mode: protocol.dirMode,
        file_mode: protocol.fileMode,
      };
    case 'custom_lua':
      return {
        custom_lua: {
          constructor: protocol.constructorEvent,
          batch_size: protocol.batchSize,
          min_batch_size: protocol.minBatchSize,
          max_batch_latency: formatDuration(protocol.maxBatchLatency),
        },
      };
    case 'xfer':
      return { xfer: { target: protocol.target } };
  }
}

/** For the recording. */
export function resolveProtocol(protocol: DeliveryProtocol): ResolvedProtocol {
  switch (protocol.kind) {
    case 'smtp':
      return { kind: 'smtp', mx_list: protocol.mxList };
    case 'maildir':
      return { kind: 'maildir', path: protocol.path };
    case 'custom_lua':
      return {
        kind: 'custom_lua',
        constructor_event: protocol.constructorEvent,
        batch_size: protocol.batchSize,
        min_batch_size: protocol.minBatchSize,
        max_batch_latency: formatDuration(protocol.maxBatchLatency),
      };
    case 'xfer':
      return { kind: 'xfer', target: protocol.target };
  }
}
