/** What a fengari state calls while scripts run: the hook, the debugger's trace, the error observer. */
import { lua } from 'fengari';
import type { FengariDebug, FengariState } from 'fengari';
import type { ErrorObserver, Hook, HookMask, LuaHooks } from '../lua-inspection.ts';
import type { LineTrace, TraceHandler } from '../line-trace.ts';
import type { HookEvent, LuaActivation, LuaState } from '../lua-vm.ts';
import { watchErrors } from './fengari-error-watch.ts';
import { FengariInspection } from './fengari-inspection.ts';
import { inner, outer } from './fengari-handles.ts';
import { FengariTrace } from './fengari-trace.ts';

const MASK = { call: 1, return: 2, line: 4, count: 8 } as const;
const HOOK_EVENTS: readonly HookEvent[] = ['call', 'return', 'line', 'count', 'tail call'];
const LINE_EVENT = 2;
const COUNT_EVENT = 3;

export abstract class FengariHooks extends FengariInspection implements LuaHooks {
  private hook: Hook | undefined;
  private hookBits = 0;
  private hookCount = 0;
  private tracing: FengariTrace | undefined;
  private errorObserver: ErrorObserver | undefined;
  private lastObserved: FengariState | undefined;
  /** Threads whose errors the observer is told of, whoever it is. */
  private readonly isObserved = new WeakSet<FengariState>();

  setHook(L: LuaState, hook: Hook | undefined, mask: HookMask): void {
    this.hook = hook;
    const count = hook === undefined ? 0 : (mask.count ?? 0);
    const bits =
      (mask.call === true ? MASK.call : 0) |
      (mask.return === true ? MASK.return : 0) |
      (mask.line === true ? MASK.line : 0) |
      (count > 0 ? MASK.count : 0);
    this.hookBits = hook === undefined ? 0 : bits;
    this.hookCount = count;
    if (this.tracing !== undefined) this.tracing.setMask(L, {});
    else if (this.hookBits === 0) lua.lua_sethook(inner(L), null, 0, 0);
    else lua.lua_sethook(inner(L), this.runHook, bits, count);
  }

  trace(handler: TraceHandler): LineTrace {
    const trace = new FengariTrace(
      handler,
      (L, mask) => {
        const count = mask.instructions ?? this.hookCount;
        const bits =
          MASK.line |
          (mask.calls === true ? MASK.call : 0) |
          (mask.returns === true ? MASK.return : 0) |
          (count > 0 ? MASK.count : 0);
        lua.lua_sethook(inner(L), this.runHook, bits, count);
      },
      () => {
        this.tracing = undefined;
        // Coroutines lose the hook when it is called the next time, unless there is another one.
        lua.lua_sethook(
          inner(this.main),
          this.hookBits === 0 ? null : this.runHook,
          this.hookBits,
          this.hookCount,
        );
      },
    );
    this.tracing = trace;
    trace.setMask(this.main, {});
    return trace;
  }

  interruptTarget(): undefined {
    return undefined;
  }

  setErrorObserver(observer: ErrorObserver | undefined): void {
    this.errorObserver = observer;
    this.lastObserved = undefined;
    this.observeErrorsOf(inner(this.main));
  }

  private readonly runHook = (thread: FengariState, ar: FengariDebug): void => {
    const { tracing } = this;
    if (tracing !== undefined) {
      if (thread !== this.lastObserved) this.observeErrorsOf(thread);
      const activation = ar as unknown as LuaActivation;
      if (ar.event === LINE_EVENT) {
        tracing.onLine(thread, ar.currentline, activation);
        return;
      }
      // A coroutine counts as the one that made it, which has no other hook to count for.
      const isCounted = this.hookCount === 0 || tracing.countsInstructions(thread);
      if (ar.event !== COUNT_EVENT || isCounted) {
        tracing.onEvent(thread, HOOK_EVENTS[ar.event] as HookEvent, activation);
        return;
      }
    }
    if (this.hook === undefined) {
      lua.lua_sethook(thread, null, 0, 0);
      return;
    }
    if (ar.event === COUNT_EVENT) lua.lua_getinfo(thread, this.name('l'), ar);
    this.hook(
      outer(thread),
      HOOK_EVENTS[ar.event] as HookEvent,
      ar.currentline,
      ar as unknown as LuaActivation,
    );
  };

  /** Coroutines are met when they run their first line. */
  private observeErrorsOf(L: FengariState): void {
    if (this.errorObserver === undefined) return;
    this.lastObserved = L;
    if (this.isObserved.has(L)) return;
    this.isObserved.add(L);
    watchErrors(L, (status) => this.errorObserver?.(outer(L), status));
  }
}
