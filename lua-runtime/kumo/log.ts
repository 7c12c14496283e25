/**
 * `kumo.log_error`, `log_warn`, `log_info`, `log_debug` (KumoMTA
 * crates/kumo-server-common/src/lib.rs 192-282): `FILE:LINE: ` and the arguments with one space between.
 */
import { LuaType, type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import { at, type Installation } from './installation.ts';
import { readLuaString } from './lua-tree.ts';
import { rustDisplayFloat } from './rust-format.ts';
import { decodeUtf8 } from '../vm/platform.ts';

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

/** Adds the four functions to the table at the top of the main stack. */
export function defineLog(installation: Installation): void {
  const { vm } = installation;
  for (const level of LEVELS) {
    installation.define(`log_${level}`, (L) => {
      const location = installation.callSite(L);
      const where = location === undefined ? '?' : `${location.file}:${String(location.line)}`;
      const words: string[] = [];
      for (let i = 1; i <= vm.getTop(L); i++) words.push(displayText(vm, L, i));
      installation.emit({
        kind: 'print',
        source: 'log',
        level,
        text: `${where}: ${words.join(' ')}`,
        ...at(location),
      });
      return 0;
    });
  }
}

/** mlua's `Value::to_string`: floats print as Rust prints them, bytes that are not UTF-8 as `\xNN`. */
function displayText(vm: LuaVm, L: LuaState, index: number): string {
  const type = vm.type(L, index);
  if (type === LuaType.number && !vm.isInteger(L, index)) {
    return rustDisplayFloat(vm.toNumber(L, index) ?? 0);
  }
  if (type !== LuaType.string) return vm.toDisplayText(L, index);
  const value = readLuaString(vm, L, index);
  return typeof value === 'string' ? value : escapedBytes(value);
}

function escapedBytes(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const length = utf8Length(bytes, i);
    if (length === 0) {
      text += `\\x${(bytes[i] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
      i++;
    } else {
      text += decodeUtf8(bytes.subarray(i, i + length));
      i += length;
    }
  }
  return text;
}

/** Bytes of the valid sequence at `at`, 0 when there is none. */
function utf8Length(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    if (!decodeUtf8(bytes.subarray(at, at + length)).includes('\uFFFD')) return length;
  }
  return 0;
}
