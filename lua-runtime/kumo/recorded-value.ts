/** Lua values for reading in a recording: bounded in depth, length and number. */
import { LuaType, type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import type { RecordedValue } from '../recording/entries.ts';
import { addressOf } from './address-object.ts';
import { formatAddress } from './envelope-address.ts';
import { luaTypeName, readLuaString } from './lua-tree.ts';
import { PolicyMessage } from './policy-message.ts';
import { QueueConfig } from './queue-config.ts';
import { definitionLocation } from './source-location.ts';

const MAX_DEPTH = 4;
const MAX_ENTRIES = 50;
const MAX_TEXT = 2000;

/** Copies the value at `index`. Calls no metamethod. */
export function recordValue(vm: LuaVm, L: LuaState, index: number): RecordedValue {
  return record(vm, L, vm.absIndex(L, index), 0);
}

function record(vm: LuaVm, L: LuaState, index: number, depth: number): RecordedValue {
  switch (vm.type(L, index)) {
    case LuaType.none:
    case LuaType.nil:
      return null;
    case LuaType.boolean:
      return vm.toBoolean(L, index);
    case LuaType.number:
      return recordNumber(vm, L, index);
    case LuaType.string:
      return recordString(readLuaString(vm, L, index));
    case LuaType.table:
      return recordTable(vm, L, index, depth);
    case LuaType.function: {
      vm.pushValue(L, index);
      const place = definitionLocation(vm.functionInfo(L));
      return { function: place === undefined ? 'C' : `${place.file}:${String(place.line)}` };
    }
    case LuaType.userdata:
      return recordUserdata(vm, L, index);
    default:
      return { userdata: luaTypeName(vm, L, index) };
  }
}

function recordNumber(vm: LuaVm, L: LuaState, index: number): RecordedValue {
  if (vm.isInteger(L, index)) {
    const integer = vm.toInteger(L, index) ?? 0;
    return typeof integer === 'bigint' ? { integer: String(integer) } : integer;
  }
  const value = vm.toNumber(L, index) ?? 0;
  // JSON has no NaN and no infinity.
  return Number.isFinite(value) ? value : String(value);
}

function recordString(value: string | Uint8Array): RecordedValue {
  if (typeof value !== 'string') return { bytes: base64(value.subarray(0, MAX_TEXT)) };
  return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}

function recordTable(vm: LuaVm, L: LuaState, index: number, depth: number): RecordedValue {
  if (depth >= MAX_DEPTH || !vm.checkStack(L, 4)) return { table: [], more: 1 };
  const table: [RecordedValue, RecordedValue][] = [];
  let more = 0;
  vm.pushNil(L);
  while (vm.next(L, index)) {
    if (table.length < MAX_ENTRIES) {
      const key = record(vm, L, vm.absIndex(L, -2), depth + 1);
      table.push([key, record(vm, L, vm.absIndex(L, -1), depth + 1)]);
    } else more++;
    vm.pop(L, 1);
  }
  return more === 0 ? { table } : { table, more };
}

function recordUserdata(vm: LuaVm, L: LuaState, index: number): RecordedValue {
  const object = vm.toObject(L, index);
  if (object instanceof QueueConfig) return { userdata: 'QueueConfig', fields: object.toJson() };
  if (object instanceof PolicyMessage) {
    return { userdata: 'Message', fields: { id: object.id, size: object.data.length } };
  }
  const address = addressOf(object);
  if (address !== undefined) {
    return { userdata: 'EnvelopeAddress', fields: { email: formatAddress(address) } };
  }
  return { userdata: vm.objectTypeName(L, index) ?? 'userdata' };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3);
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    text += b === undefined ? '=' : ALPHABET.charAt((group >> 6) & 63);
    text += c === undefined ? '=' : ALPHABET.charAt(group & 63);
  }
  return text;
}
