/**
 * `LineTrace` for Lua 5.4. What happens at each line is WebAssembly (lua54-bridge.ts, `trace`) over a
 * block of Lua's own memory, so that a line without a match costs no call of JavaScript.
 */
import { TRACE, TRACE_LINE_BITS } from './lua54-bridge.ts';
import type { Lua54Instance } from './lua54-instance.ts';
import type { LineTrace, TraceMask } from '../line-trace.ts';
import type { LuaState } from '../lua-vm.ts';

const MASK = { call: 1, return: 2, line: 4, count: 8 } as const;
const TWO_TO_32 = 0x1_0000_0000;

export class Lua54Trace implements LineTrace {
  private readonly instance: Lua54Instance;
  /** Address of the block. */
  private readonly block: number;
  /** The hook's number in the function table. */
  private readonly hook: number;
  private readonly stopped: () => void;

  /** @param stopped called by `stop`: the hook of a thread goes when it is called the next time. */
  constructor(instance: Lua54Instance, block: number, hook: number, stopped: () => void) {
    this.instance = instance;
    this.block = block;
    this.hook = hook;
    this.stopped = stopped;
    instance.u8.fill(0, block, block + TRACE.sizeBytes);
  }

  get ticks(): number {
    return this.read64(TRACE.ticks);
  }

  set ticks(ticks: number) {
    this.write64(TRACE.ticks, ticks);
  }

  get callFrom(): number {
    const tick = this.read64(TRACE.callFrom);
    return tick > Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : tick;
  }

  set callFrom(tick: number) {
    this.write64(TRACE.callFrom, Math.min(tick, 2 ** 62));
  }

  watchLines(lines: Iterable<number>): void {
    const { u8 } = this.instance;
    const bits = this.block + TRACE.lineBits;
    u8.fill(0, bits, bits + (TRACE_LINE_BITS >> 3));
    for (const line of lines) {
      const bit = line & (TRACE_LINE_BITS - 1);
      const at = bits + (bit >> 3);
      u8[at] = (u8[at] as number) | (1 << (bit & 7));
    }
  }

  setMask(L: LuaState, mask: TraceMask): void {
    const count = mask.instructions ?? 0;
    const bits =
      MASK.line |
      (mask.calls === true ? MASK.call : 0) |
      (mask.returns === true ? MASK.return : 0) |
      (count > 0 ? MASK.count : 0);
    this.instance.lua.lua_sethook(L as unknown as number, this.hook, bits, count);
  }

  stop(): void {
    this.callFrom = 0;
    this.stopped();
  }

  private read64(offset: number): number {
    const { i32 } = this.instance;
    const at = (this.block + offset) >> 2;
    return (i32[at + 1] as number) * TWO_TO_32 + ((i32[at] as number) >>> 0);
  }

  private write64(offset: number, value: number): void {
    const { i32 } = this.instance;
    const at = (this.block + offset) >> 2;
    i32[at] = (value % TWO_TO_32) | 0;
    i32[at + 1] = Math.floor(value / TWO_TO_32);
  }
}
