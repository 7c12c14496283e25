/** The call tree of one Lua context, built by call and return hooks: see profile.ts. */
import { CLOCK_CALL } from '../../kumod/recorded-library-host.ts';
import type { EntryBody } from '../../recording/entries.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import type { CallNode } from './call-tree.ts';
import { FunctionIdentity } from './function-identity.ts';
import { COUNT_OF_GUARD, type ContextProgress, type ContextReading } from './reading.ts';

interface Call {
  /** `LuaVm.callIdentity`. */
  readonly identity: unknown;
  readonly node: CallNode;
}

export class ContextProfile implements ContextReading {
  readonly #progress: ContextProgress | undefined;
  readonly #root: CallNode;
  readonly #now: () => number;
  readonly #hookCostUs: number;
  /** By thread; what an error has unwound may still be there. */
  readonly #stacks = new Map<LuaState, Call[]>();
  /** Where a coroutine was resumed first. */
  readonly #origins = new Map<LuaState, CallNode>();
  #identity: FunctionIdentity | undefined;
  /** What kumod is doing, from outside to inside. */
  #events: CallNode[] = [];
  /** Whose time it is; undefined outside of the script. */
  #current: CallNode | undefined;
  #since = 0;

  /** @param hookCostUs what a hook costs besides the time that it measures. */
  constructor(
    progress: ContextProgress | undefined,
    root: CallNode,
    now: () => number,
    hookCostUs: number,
  ) {
    this.#progress = progress;
    this.#root = root;
    this.#now = now;
    this.#hookCostUs = hookCostUs;
  }

  librariesOpen(vm: LuaVm): void {
    this.#identity = new FunctionIdentity(vm, (path) => this.#progress?.sourceOf(path));
    const onEvent = (
      L: LuaState,
      event: HookEvent,
      _line: number,
      activation: LuaActivation,
    ): void => {
      this.#onEvent(vm, L, event, activation);
    };
    const isGuarded = this.#progress?.isCutOff === true;
    // Counting lines costs time, so a trace only where the reading ends at a tick.
    if (this.#progress !== undefined && this.#progress.lastTick < Number.POSITIVE_INFINITY) {
      const trace = vm.trace(onEvent);
      trace.callFrom = Number.POSITIVE_INFINITY;
      trace.setMask(vm.main, {
        calls: true,
        returns: true,
        ...(isGuarded ? { instructions: COUNT_OF_GUARD } : undefined),
      });
      this.#progress.guard(trace);
      return;
    }
    vm.setHook(vm.main, onEvent, {
      call: true,
      return: true,
      ...(isGuarded ? { count: COUNT_OF_GUARD } : undefined),
    });
  }

  fileLoaded(): void {
    this.#identity?.fileLoaded();
    if (this.#events.length === 0 && this.#current === undefined) {
      this.beginEvent(this.#root.child('load', () => ({ name: 'load', kind: 'event' })));
    }
  }

  entry(entry: EntryBody): void {
    switch (entry.kind) {
      case 'call': {
        const { event, location } = entry;
        const key = `event ${event} ${location?.file}:${location?.line}`;
        const node = this.#root.child(key, () => ({
          name: event,
          kind: 'event',
          ...(location === undefined ? undefined : { location }),
        }));
        this.beginEvent(node);
        break;
      }
      case 'return':
      case 'load':
        this.endEvent();
        break;
      case 'error':
        if (entry.during === 'load') this.endEvent();
        break;
      case 'host-result':
        // The clock answers without waiting, and most of its reads leave no entry.
        if (entry.name !== CLOCK_CALL) this.#addHostCall(entry.name, entry.duration_us);
        break;
      default:
        break;
    }
  }

  finished(): void {
    while (this.#events.length > 0) this.endEvent();
  }

  /** The script's time starts. */
  beginEvent(node: CallNode): void {
    this.#settle(this.#now());
    node.count++;
    this.#events.push(node);
    this.#current = node;
    this.#since = this.#now();
  }

  endEvent(): void {
    this.#settle(this.#now());
    this.#events.pop();
    this.#stacks.clear();
    this.#current = this.#events.at(-1);
    this.#since = this.#now();
  }

  #addHostCall(name: string, durationUs: number): void {
    if (this.#current === undefined) return;
    const node = this.#current.child(`host ${name}`, () => ({ name, kind: 'host-call' }));
    node.count++;
    node.selfUs += durationUs;
  }

  #onEvent(vm: LuaVm, L: LuaState, event: HookEvent, activation: LuaActivation): void {
    this.#settle(this.#now());
    this.#progress?.check();
    if (this.#events.length > 0) {
      if (event === 'call' || event === 'tail call') this.#onCall(vm, L, event, activation);
      else if (event === 'return') this.#onReturn(vm, L, activation);
    }
    this.#since = this.#now();
  }

  #onCall(vm: LuaVm, L: LuaState, event: 'call' | 'tail call', activation: LuaActivation): void {
    const stack = this.#stackOf(L);
    const caller = vm.callerIdentity(activation);
    leaveTo(stack, caller);
    let identity = vm.callIdentity(activation);
    if (event === 'tail call' && vm.engine === 'fengari') {
      // Lua 5.3 tells before the new call has taken the place of the one that it replaces.
      stack.pop();
      identity = caller;
    }
    if (stack.length === 0 && L !== vm.main && this.#current !== undefined) {
      this.#origins.set(L, this.#current);
    }
    const parent = stack.at(-1)?.node ?? this.#originOf(L);
    const functions = this.#identity;
    if (parent === undefined || functions === undefined) return;
    const node = parent.child(functions.keyOf(L, activation), () =>
      functions.describe(L, activation),
    );
    node.count++;
    stack.push({ identity, node });
    this.#current = node;
  }

  #onReturn(vm: LuaVm, L: LuaState, activation: LuaActivation): void {
    const stack = this.#stackOf(L);
    const identity = vm.callIdentity(activation);
    const at = stack.findLastIndex((call) => call.identity === identity);
    if (at >= 0) stack.length = at;
    this.#current = stack.at(-1)?.node ?? this.#originOf(L);
    if (stack.length === 0) this.#stacks.delete(L);
  }

  #originOf(L: LuaState): CallNode | undefined {
    return this.#origins.get(L) ?? this.#events.at(-1);
  }

  #stackOf(L: LuaState): Call[] {
    let stack = this.#stacks.get(L);
    if (stack === undefined) this.#stacks.set(L, (stack = []));
    return stack;
  }

  /** Gives the time since the last hook to whom it belongs. */
  #settle(now: number): void {
    if (this.#current === undefined) return;
    const us = (now - this.#since) * 1000 - this.#hookCostUs;
    if (us > 0) this.#current.selfUs += us;
  }
}

/** Drops what an error has unwound: everything above the caller. */
function leaveTo(stack: Call[], caller: unknown): void {
  while (stack.length > 0 && stack.at(-1)?.identity !== caller) stack.pop();
}
