/** Which errors stop the script: where they are raised, or where they leave it. */
import { isRejection } from '../kumo/error-objects.ts';
import { LuaStatus } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { Breakpoints } from './breakpoints.ts';
import type { DomainEvent, Stop } from './debugger-contract.ts';
import { raisedFailure } from './raised-failure.ts';
import type { ScriptView } from './script-view.ts';

export interface ErrorStop {
  readonly event: Extract<DomainEvent, 'thrown' | 'uncaught'>;
  readonly breakpoints: readonly number[];
  readonly failure: NonNullable<Stop['failure']>;
}

export class ErrorStops {
  private readonly vm: LuaVm;
  private readonly view: ScriptView;
  private readonly breakpoints: Breakpoints;
  /** The error that is on its way stopped the script already. */
  private isUncaughtTold = false;

  constructor(vm: LuaVm, view: ScriptView, breakpoints: Breakpoints) {
    this.vm = vm;
    this.view = view;
    this.breakpoints = breakpoints;
  }

  /**
   * An error was raised in `L`, with its value on top of the stack.
   * @param canStop false while the script runs on past everything
   */
  raised(L: LuaState, status: LuaStatus, canStop: boolean): ErrorStop | undefined {
    const { vm } = this;
    const isTold = this.isUncaughtTold;
    // On its way out of a coroutine the error is raised again in those that wait for it.
    if (L === vm.main) this.isUncaughtTold = false;
    if (isTold || !canStop) return undefined;
    // In a coroutine this is the last moment at which its stack stands.
    const leaves = L !== vm.main && this.view.catchers.leavesScript() && !isRejection(vm, L, -1);
    const uncaught = leaves ? this.breakpoints.onEvent('uncaught') : [];
    const event = uncaught.length > 0 ? 'uncaught' : 'thrown';
    const ids = uncaught.length > 0 ? uncaught : this.breakpoints.onEvent('thrown');
    if (ids.length === 0) return undefined;
    this.isUncaughtTold = event === 'uncaught';
    return this.stopOn(L, { status, index: -1 }, event, ids);
  }

  /** An error leaves the script; its value is at index 1 of its message handler. */
  uncaught(L: LuaState): ErrorStop | undefined {
    const ids = this.breakpoints.onEvent('uncaught');
    if (ids.length === 0 || this.isUncaughtTold || isRejection(this.vm, L, 1)) return undefined;
    this.isUncaughtTold = true;
    return this.stopOn(L, { status: LuaStatus.runtimeError, index: 1 }, 'uncaught', ids);
  }

  private stopOn(
    L: LuaState,
    error: { readonly status: LuaStatus; readonly index: number },
    event: ErrorStop['event'],
    breakpoints: readonly number[],
  ): ErrorStop {
    return { event, breakpoints, failure: raisedFailure(this.vm, L, error, this.view.stack) };
  }
}
