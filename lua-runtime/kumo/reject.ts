/**
 * `kumo.reject` and `kumo.disconnect` (KumoMTA crates/kumod/src/mod_kumo.rs 138-161,
 * smtp_server.rs 789-840). Codes are not checked beyond fitting 16 bits.
 */
import { LuaType, type LuaState } from '../vm/lua-vm.ts';
import type { Arguments } from './arguments.ts';
import { at, type Installation } from './installation.ts';
import { KumoError } from './kumo-error.ts';
import type { RejectDisconnect } from './kumo-module.ts';
import { rustDebugString, serdeFloat } from './rust-format.ts';

const MODES: readonly RejectDisconnect[] = ['If421', 'FollowWith421', 'ForceDisconnect'];

/** Adds both functions to the table at the top of the main stack. */
export function defineReject(installation: Installation): void {
  const raise = (L: LuaState, args: Arguments, disconnect: RejectDisconnect): never => {
    const code = args.unsigned(1, 'u16');
    const text = args.string(2);
    installation.emit({ kind: 'reject', code, text, disconnect, ...at(installation.callSite(L)) });
    throw new KumoError(`${String(code)} ${text}`, { code, text, disconnect });
  };
  installation.define('reject', (L, args) => raise(L, args, 'If421'));
  installation.define('disconnect', (L, args) => {
    // The first two arguments are converted, and complained about, before the mode.
    args.unsigned(1, 'u16');
    args.string(2);
    return raise(L, args, disconnectMode(installation, L, args));
  });
}

function disconnectMode({ vm }: Installation, L: LuaState, args: Arguments): RejectDisconnect {
  if (args.isNil(3)) return 'ForceDisconnect';
  const text = vm.type(L, 3) === LuaType.string ? vm.toText(L, 3) : undefined;
  const mode = MODES.find((candidate) => candidate === text);
  if (mode !== undefined) return mode;
  throw args.bad(
    3,
    `expected one of 'If421', 'FollowWith421' or 'ForceDisconnect', but got ${debugValue(vm, L, 3)}`,
  );
}

/** mlua's `{:?}` of the value at `index`. */
function debugValue(vm: Installation['vm'], L: LuaState, index: number): string {
  const reference = `Ref(0x${vm.toPointer(L, index).toString(16)})`;
  switch (vm.type(L, index)) {
    case LuaType.boolean:
      return `Boolean(${String(vm.toBoolean(L, index))})`;
    case LuaType.number:
      return vm.isInteger(L, index)
        ? `Integer(${String(vm.toInteger(L, index))})`
        : `Number(${serdeFloat(vm.toNumber(L, index) ?? 0)})`;
    case LuaType.string:
      return `String(${rustDebugString(vm.toText(L, index) ?? '')})`;
    case LuaType.table:
      return `Table(${reference})`;
    case LuaType.function:
      return `Function(${reference})`;
    case LuaType.thread:
      return `Thread(${reference})`;
    default:
      return `AnyUserData(${reference})`;
  }
}
