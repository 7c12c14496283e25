/** What the script is to stop at next besides breakpoints and the end of a step. */
import type { LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { StopReason, Tick } from './debugger-contract.ts';

/** What a stop says besides where it is. */
export interface Cause {
  readonly reason: StopReason;
  readonly description: string;
  readonly breakpoints?: readonly number[];
}

export class StopTargets {
  /** A position that is run to, and past everything before it. */
  tick: Tick = Number.POSITIVE_INFINITY;
  line: { readonly file: string; readonly line: number } | undefined;
  isPauseWanted = false;
  /** The handler that kumod is about to enter, where that is a stop. */
  handler: { readonly ids: readonly number[]; readonly event: string } | undefined;
  /** The same for a function that was called and has not run its first line. */
  function: { readonly ids: readonly number[]; readonly name: string } | undefined;
  private readonly vm: LuaVm;

  constructor(vm: LuaVm) {
    this.vm = vm;
  }

  get isTick(): boolean {
    return this.tick !== Number.POSITIVE_INFINITY;
  }

  /** Whether any next line may be where the script stops. */
  get isNear(): boolean {
    return this.isPauseWanted || this.handler !== undefined || this.function !== undefined;
  }

  /** The script stops, wherever that is. */
  clear(): void {
    this.tick = Number.POSITIVE_INFINITY;
    this.line = undefined;
    this.isPauseWanted = false;
    this.handler = undefined;
    this.function = undefined;
  }

  /** Why to stop at a line while the script runs to a tick. */
  tickAt(tick: Tick): Cause | undefined {
    if (tick >= this.tick) return { reason: 'goto', description: `Position ${tick}` };
    return this.pause();
  }

  /** Why to stop at a line: a function or handler that is entered there, or the line itself. */
  lineAt(L: LuaState, line: number, activation: LuaActivation): Cause | undefined {
    if (this.function !== undefined) {
      const { ids, name } = this.function;
      this.function = undefined;
      return {
        reason: 'function-breakpoint',
        description: `Function ${name} is called`,
        breakpoints: ids,
      };
    }
    if (this.handler !== undefined && L === this.vm.main) {
      const { ids, event } = this.handler;
      return { reason: 'handler', description: `kumod calls ${event}`, breakpoints: ids };
    }
    if (this.line?.line === line && this.isIn(L, activation, this.line.file)) {
      return { reason: 'goto', description: `Line ${line} of ${this.line.file}` };
    }
    return undefined;
  }

  pause(): Cause | undefined {
    return this.isPauseWanted ? { reason: 'pause', description: 'Paused' } : undefined;
  }

  private isIn(L: LuaState, activation: LuaActivation, file: string): boolean {
    return this.vm.activationSource(L, activation) === `@${file}`;
  }
}
