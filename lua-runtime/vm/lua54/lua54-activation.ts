/** `lua_Debug` of Lua 5.4 compiled for 32-bit WebAssembly, and reading it. */
import type { Lua54Instance } from './lua54-instance.ts';
import type { Lua54Memory } from './lua54-memory.ts';
import type { HookEvent } from '../lua-vm.ts';
import type { ActivationInfo } from '../lua-inspection.ts';

/** Byte offsets in `lua_Debug` (Lua 5.4 lua.h, with 4-byte pointers). */
export const LUA_DEBUG = {
  event: 0,
  name: 4,
  nameWhat: 8,
  what: 12,
  source: 16,
  sourceLength: 20,
  currentLine: 24,
  lineDefined: 28,
  lastLineDefined: 32,
  upvalueCount: 36,
  parameterCount: 37,
  isVararg: 38,
  isTailCall: 39,
  shortSource: 44,
  sizeBytes: 108,
} as const;

/** `lua_Debug.event` to its name: LUA_HOOKCALL is 0. */
export const HOOK_EVENTS: readonly HookEvent[] = ['call', 'return', 'line', 'count', 'tail call'];

/** Reads what `lua_getinfo` filled for `Slnut`. */
export function readActivation(
  instance: Lua54Instance,
  memory: Lua54Memory,
  pointer: number,
): ActivationInfo {
  const { i32, u8 } = instance;
  const int = (offset: number): number => i32[(pointer + offset) >> 2] as number;
  const byte = (offset: number): number => u8[pointer + offset] as number;
  const name = int(LUA_DEBUG.name);
  return {
    ...readFunction(instance, memory, pointer),
    currentLine: int(LUA_DEBUG.currentLine),
    ...(name === 0 ? {} : { name: memory.readCText(name) }),
    nameWhat: memory.readCText(int(LUA_DEBUG.nameWhat)),
    isTailCall: byte(LUA_DEBUG.isTailCall) !== 0,
    upvalueCount: byte(LUA_DEBUG.upvalueCount),
    parameterCount: byte(LUA_DEBUG.parameterCount),
    isVararg: byte(LUA_DEBUG.isVararg) !== 0,
  };
}

/** Reads what `lua_getinfo` filled for `S`. */
export function readFunction(
  instance: Lua54Instance,
  memory: Lua54Memory,
  pointer: number,
): Pick<ActivationInfo, 'source' | 'shortSource' | 'what' | 'lineDefined' | 'lastLineDefined'> {
  const { i32, u8 } = instance;
  const int = (offset: number): number => i32[(pointer + offset) >> 2] as number;
  const shortSource = pointer + LUA_DEBUG.shortSource;
  const what = u8[int(LUA_DEBUG.what)];
  return {
    source: memory.readCachedText(int(LUA_DEBUG.source), int(LUA_DEBUG.sourceLength)),
    shortSource: memory.readCachedText(shortSource, u8.indexOf(0, shortSource) - shortSource),
    // "Lua", "C" or "main": the first letter tells.
    what: what === 0x4c ? 'Lua' : what === 0x43 ? 'C' : 'main',
    lineDefined: int(LUA_DEBUG.lineDefined),
    lastLineDefined: int(LUA_DEBUG.lastLineDefined),
  };
}
