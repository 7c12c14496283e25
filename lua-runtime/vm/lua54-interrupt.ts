/**
 * Interrupting a Lua 5.4 script from another thread. A hook makes the engine slower by half, so none
 * is set while a script behaves; this sets one in the script's memory from outside, as lua_sethook
 * is meant to be called from a signal handler (Lua 5.4 ldebug.c lua_sethook, settraps).
 *
 * The script's thread writes the same memory at the same time. That is why this is for a script that
 * is about to be ended anyway, and why nothing that is read here is trusted.
 */
import { LuaType } from './lua-vm.ts';
import { CALL, CALL_IS_HOST, GLOBAL, OBJECT, STATE } from './lua54-structures.ts';
import type { WasmMemory } from './platform.ts';

/** What another thread needs; can be posted to it. */
export interface InterruptTarget {
  readonly memory: WasmMemory;
  /** Address of the main thread. */
  readonly main: number;
  /** The hook function's number in the module's function table. */
  readonly hook: number;
}

const MASK_COUNT = 8;
const TAG_TYPE_BITS = 0x0f;
/** Bounds for lists that the other thread may be changing. */
const MAX_OBJECTS = 20_000_000;
const MAX_CALLS = 200_000;

/** Makes every Lua function of the state run the hook before its next instruction. */
export function requestHook(target: InterruptTarget): void {
  const memory = new MemoryView(target.memory);
  interruptThread(memory, target.main, target.hook);
  let object = memory.int(memory.int(target.main + STATE.global) + GLOBAL.allObjects);
  for (let n = 0; object !== 0 && n < MAX_OBJECTS; n++) {
    if ((memory.byte(object + OBJECT.tag) & TAG_TYPE_BITS) === LuaType.thread) {
      interruptThread(memory, object, target.hook);
    }
    object = memory.int(object + OBJECT.next);
  }
}

function interruptThread(memory: MemoryView, L: number, hook: number): void {
  memory.setInt(L + STATE.hook, hook);
  memory.setInt(L + STATE.baseCount, 1);
  memory.setInt(L + STATE.count, 1);
  memory.setInt(L + STATE.mask, MASK_COUNT);
  let call = memory.int(L + STATE.call);
  for (let n = 0; call !== 0 && n < MAX_CALLS; n++) {
    // In the record of a host function something else lies at this place.
    if ((memory.byte(call + CALL.status) & CALL_IS_HOST) === 0) memory.setInt(call + CALL.trap, 1);
    call = memory.int(call + CALL.previous);
  }
}

/** Reads 0 beyond the end, which ends every list. */
class MemoryView {
  private readonly ints: Int32Array;
  private readonly bytes: Uint8Array;

  constructor(memory: WasmMemory) {
    this.ints = new Int32Array(memory.buffer);
    this.bytes = new Uint8Array(memory.buffer);
  }

  int(address: number): number {
    return this.ints[address >> 2] ?? 0;
  }

  setInt(address: number, value: number): void {
    Atomics.store(this.ints, address >> 2, value);
  }

  byte(address: number): number {
    return this.bytes[address] ?? 0;
  }
}
