/** `LineTrace` for fengari, where a hook is plain JavaScript and costs next to nothing. */
import type { FengariState } from 'fengari';
import type { LineTrace, TraceHandler, TraceMask } from '../line-trace.ts';
import type { HookEvent, LuaActivation, LuaState } from '../lua-vm.ts';

export class FengariTrace implements LineTrace {
  ticks = 0;
  callFrom = 0;
  private lines: ReadonlySet<number> = new Set();
  private thread: FengariState | undefined;
  private readonly handler: TraceHandler;
  private readonly counting = new WeakSet<FengariState>();
  private readonly apply: (L: LuaState, mask: TraceMask) => void;
  private readonly stopped: () => void;

  /**
   * @param apply sets the hook of a thread
   * @param stopped called by `stop`
   */
  constructor(
    handler: TraceHandler,
    apply: (L: LuaState, mask: TraceMask) => void,
    stopped: () => void,
  ) {
    this.handler = handler;
    this.apply = apply;
    this.stopped = stopped;
  }

  watchLines(lines: Iterable<number>): void {
    this.lines = new Set(lines);
  }

  setMask(L: LuaState, mask: TraceMask): void {
    const thread = L as unknown as FengariState;
    if ((mask.instructions ?? 0) > 0) this.counting.add(thread);
    else this.counting.delete(thread);
    this.apply(L, mask);
  }

  stop(): void {
    this.stopped();
  }

  /** Whether count events of a thread are the trace's, and not those of `LuaVm.setHook`. */
  countsInstructions(L: FengariState): boolean {
    return this.counting.has(L);
  }

  /** Called by the vm's hook. */
  onLine(L: FengariState, line: number, activation: LuaActivation): void {
    const tick = ++this.ticks;
    if (tick < this.callFrom && L === this.thread && !this.lines.has(line)) return;
    this.thread = L;
    this.handler(L as unknown as LuaState, 'line', line, activation);
    this.thread = L;
  }

  /** The same for every other event that a mask asks for. */
  onEvent(L: FengariState, event: HookEvent, activation: LuaActivation): void {
    this.handler(L as unknown as LuaState, event, -1, activation);
  }
}
