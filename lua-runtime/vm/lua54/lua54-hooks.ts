/** What a Lua 5.4 state calls while scripts run: the hook, the debugger's trace, the error observer. */
import type { ErrorObserver, Hook, HookMask, LuaHooks } from '../lua-inspection.ts';
import type { LineTrace, TraceHandler } from '../line-trace.ts';
import { LuaStatus } from '../lua-vm.ts';
import type { LuaActivation, LuaState } from '../lua-vm.ts';
import { HOOK_EVENTS, LUA_DEBUG } from './lua54-activation.ts';
import { ENGINE_CALL, TRACE } from './lua54-bridge.ts';
import { address, state } from './lua54-handles.ts';
import { Lua54Inspection } from './lua54-inspection.ts';
import type { InterruptTarget } from './lua54-interrupt.ts';
import { LONG_JUMP, STATE } from './lua54-structures.ts';
import { Lua54Trace } from './lua54-trace.ts';

const MASK = { call: 1, return: 2, line: 4, count: 8 } as const;
const COUNT_EVENT = 3;

export abstract class Lua54Hooks extends Lua54Inspection implements LuaHooks {
  private hook: Hook | undefined;
  private traceHandler: TraceHandler | undefined;

  setHook(L: LuaState, hook: Hook | undefined, mask: HookMask): void {
    this.hook = hook;
    const count = mask.count ?? 0;
    const bits =
      (mask.call === true ? MASK.call : 0) |
      (mask.return === true ? MASK.return : 0) |
      (mask.line === true ? MASK.line : 0) |
      (count > 0 ? MASK.count : 0);
    if (hook === undefined || bits === 0) this.lua.lua_sethook(address(L), 0, 0, 0);
    else this.lua.lua_sethook(address(L), this.tableIndex.hook, bits, count);
  }

  trace(handler: TraceHandler): LineTrace {
    this.traceHandler = handler;
    const trace = new Lua54Trace(this.instance, this.traceBlock, this.tableIndex.trace, () => {
      this.traceHandler = undefined;
      this.lua.lua_sethook(address(this.main), 0, 0, 0);
    });
    trace.setMask(this.main, {});
    return trace;
  }

  interruptTarget(): InterruptTarget {
    return {
      memory: this.lua.memory,
      main: address(this.main),
      hook: this.tableIndex.hook,
      caller: this.engineBlock + ENGINE_CALL.thread,
    };
  }

  setErrorObserver(observer: ErrorObserver | undefined): void {
    const { instance } = this;
    if (observer === undefined) {
      instance.onThrow = undefined;
      return;
    }
    instance.onThrow = (L) => {
      if (instance.u8[L + STATE.status] === LuaStatus.yield) return;
      const jump = instance.i32[(L + STATE.errorJump) >> 2] as number;
      const status = instance.i32[(jump + LONG_JUMP.status) >> 2] as LuaStatus;
      if (status !== LuaStatus.syntaxError) observer(state(L), status);
    };
  }

  protected override callHook(L: number, activation: number): void {
    if (this.hook === undefined) {
      // A coroutine that inherited a hook which has been removed since.
      this.lua.lua_sethook(L, 0, 0, 0);
      return;
    }
    const event = this.instance.i32[activation >> 2] as number;
    if (event === COUNT_EVENT) this.lua.lua_getinfo(L, this.name('l'), activation);
    this.runHook(this.hook, L, activation);
  }

  protected override callTraceHandler(L: number, activation: number): void {
    if (this.traceHandler === undefined) {
      this.lua.lua_sethook(L, 0, 0, 0);
      return;
    }
    this.runHook(this.traceHandler, L, activation);
    this.instance.i32[(this.traceBlock + TRACE.thread) >> 2] = L;
  }

  private runHook(hook: Hook, L: number, activation: number): void {
    const { i32 } = this.instance;
    const event = i32[activation >> 2] as number;
    try {
      hook(
        state(L),
        HOOK_EVENTS[event] as (typeof HOOK_EVENTS)[number],
        i32[(activation + LUA_DEBUG.currentLine) >> 2] as number,
        activation as unknown as LuaActivation,
      );
    } catch (exception) {
      if (exception === this.instance.luaThrow) throw exception;
      this.raiseHostException(L, exception);
    }
  }
}
