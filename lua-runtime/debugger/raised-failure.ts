/** An error as it is raised, with the stack that raised it. */
import { splitPosition } from '../kumo/source-location.ts';
import type { PolicyFailure } from '../recording/entries.ts';
import { isDescribed } from '../vm/described-object.ts';
import { LuaStatus, LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { CallStack } from './call-stack.ts';

const MAX_FRAMES = 100;

/** @param index of the error's value, where there is one. */
export function raisedFailure(
  vm: LuaVm,
  L: LuaState,
  { status, index }: { readonly status: LuaStatus; readonly index: number },
  stack: CallStack,
): PolicyFailure {
  const text = status === LuaStatus.runtimeError ? errorText(vm, L, index) : STATUS_TEXT[status];
  const location = stack.location(L);
  const message = text ?? 'error';
  return {
    text: message,
    summary: splitPosition(message).rest.split('\n', 1)[0] ?? message,
    traceback: stack.traceback(L, MAX_FRAMES),
    ...(location === undefined ? undefined : { location }),
  };
}

const STATUS_TEXT: { readonly [status: number]: string | undefined } = {
  [LuaStatus.memoryError]: 'not enough memory',
  [LuaStatus.handlerError]: 'error in error handling',
};

/** Without calling `__tostring`. */
function errorText(vm: LuaVm, L: LuaState, index: number): string {
  const object = vm.toObject(L, index);
  if (isDescribed(object)) return object.describe().text;
  if (vm.type(L, index) === LuaType.string) return vm.toText(L, index) ?? '';
  if (vm.type(L, index) === LuaType.number) return String(vm.toNumber(L, index));
  return `an error that is a ${vm.typeName(vm.type(L, index))}`;
}
