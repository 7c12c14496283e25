/** The status values of Lua 5.3 in those of `LuaStatus`, which are Lua 5.4's. */
import { LuaStatus } from '../lua-vm.ts';

/** Lua 5.3's LUA_ERRGCMM and LUA_ERRERR, which 5.4 numbers differently. */
const STATUS_5_3_GC_ERROR = 5;
const STATUS_5_3_HANDLER_ERROR = 6;

/** @param status what fengari's lua_pcall, lua_load or lua_status returned. */
export function statusOf(status: number): LuaStatus {
  if (status === STATUS_5_3_HANDLER_ERROR) return LuaStatus.handlerError;
  // -1: a JavaScript exception for which not even the error value could be made.
  if (status === STATUS_5_3_GC_ERROR || status < 0) return LuaStatus.runtimeError;
  return status as LuaStatus;
}
