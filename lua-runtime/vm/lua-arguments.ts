/**
 * Errors and argument checks for host functions, with the texts of Lua's own libraries
 * (Lua 5.4 lauxlib.c: luaL_error, luaL_argerror, luaL_typeerror).
 */
import { LuaType } from './lua-vm.ts';
import type { LuaState, LuaVm } from './lua-vm.ts';

/** `FILE:LINE: ` of the Lua function at `level`, or nothing for a host function. */
export function positionPrefix(vm: LuaVm, L: LuaState, level: number): string {
  const activation = vm.getStack(L, level);
  if (activation === undefined) return '';
  const { shortSource, currentLine } = vm.getInfo(L, activation);
  return currentLine > 0 ? `${shortSource}:${String(currentLine)}: ` : '';
}

/** Raises `message` with the position of the calling Lua function before it. */
export function raise(vm: LuaVm, L: LuaState, message: string): never {
  vm.pushText(L, positionPrefix(vm, L, 1) + message);
  return vm.error(L);
}

/**
 * @param qualifiedName used where Lua knows no name for the running function, as in `pcall(os.time, 1)`.
 */
export function raiseArgumentError(
  vm: LuaVm,
  L: LuaState,
  argument: number,
  qualifiedName: string,
  problem: string,
): never {
  const activation = vm.getStack(L, 0);
  const info = activation === undefined ? undefined : vm.getInfo(L, activation);
  const name = info?.name ?? qualifiedName;
  if (info?.nameWhat === 'method') {
    if (argument === 1) return raise(vm, L, `calling '${name}' on bad self (${problem})`);
    return raise(vm, L, `bad argument #${String(argument - 1)} to '${name}' (${problem})`);
  }
  return raise(vm, L, `bad argument #${String(argument)} to '${name}' (${problem})`);
}

/** `number expected, got no value` and the like. */
export function raiseTypeError(
  vm: LuaVm,
  L: LuaState,
  argument: number,
  qualifiedName: string,
  expected: string,
): never {
  const actual = vm.objectTypeName(L, argument) ?? vm.typeName(vm.type(L, argument));
  return raiseArgumentError(vm, L, argument, qualifiedName, `${expected} expected, got ${actual}`);
}

export function isNoneOrNil(vm: LuaVm, L: LuaState, index: number): boolean {
  return vm.type(L, index) <= LuaType.nil;
}

/** A string argument (or a number, converted) as text. */
export function checkText(vm: LuaVm, L: LuaState, argument: number, name: string): string {
  return vm.toText(L, argument) ?? raiseTypeError(vm, L, argument, name, 'string');
}

export function optionalText(
  vm: LuaVm,
  L: LuaState,
  argument: number,
  name: string,
): string | undefined {
  return isNoneOrNil(vm, L, argument) ? undefined : checkText(vm, L, argument, name);
}

export function checkNumber(vm: LuaVm, L: LuaState, argument: number, name: string): number {
  return vm.toNumber(L, argument) ?? raiseTypeError(vm, L, argument, name, 'number');
}

/** An integer argument; one beyond ±2^53 loses precision. */
export function checkInteger(vm: LuaVm, L: LuaState, argument: number, name: string): number {
  const value = vm.toInteger(L, argument);
  if (value !== undefined) return Number(value);
  if (vm.toNumber(L, argument) !== undefined) {
    return raiseArgumentError(vm, L, argument, name, 'number has no integer representation');
  }
  return raiseTypeError(vm, L, argument, name, 'number');
}
