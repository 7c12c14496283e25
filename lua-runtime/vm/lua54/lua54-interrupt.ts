/**
 * Looking at a Lua 5.4 script from another thread, and interrupting it. A hook makes the engine slower by half, so none
 * is set while a script behaves; this sets one in the script's memory from outside, as lua_sethook
 * is meant to be called from a signal handler (Lua 5.4 ldebug.c lua_sethook, settraps).
 *
 * The script's thread writes the same memory at the same time. That is why this is for a script that
 * is about to be ended anyway, and why nothing that is read here is trusted.
 */
import { readLines } from './lua54-prototype.ts';
import {
  CALL,
  CALL_IS_HOST,
  CLOSURE,
  GLOBAL,
  OBJECT,
  PROTOTYPE,
  STATE,
  VALUE,
  stringBytes,
} from './lua54-structures.ts';
import { LuaType } from '../lua-vm.ts';
import type { ExecutionPoint } from '../lua-inspection.ts';
import { decodeUtf8 } from '../platform.ts';
import type { WasmMemory } from '../platform.ts';

/** What another thread needs; can be posted to it. */
export interface InterruptTarget {
  readonly memory: WasmMemory;
  /** Address of the main thread. */
  readonly main: number;
  /** The hook function's number in the module's function table. */
  readonly hook: number;
  /** Address of the word that says which thread called a function of the engine last, 0 at first. */
  readonly caller: number;
}

const MASK_COUNT = 8;
const TAG_TYPE_BITS = 0x0f;
/** Bounds for lists that the other thread may be changing. */
const MAX_OBJECTS = 20_000_000;
const MAX_CALLS = 200_000;
const MAX_INSTRUCTIONS = 10_000_000;
const MAX_SOURCE_BYTES = 4096;

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

/**
 * Where a script is that hangs inside a function of the engine: the innermost Lua function of the
 * thread that called one last. Undefined when that is not to be found.
 */
export function positionInEngine({
  memory: shared,
  main,
  caller,
}: InterruptTarget): ExecutionPoint | undefined {
  const memory = new MemoryView(shared);
  const thread = memory.int(caller) || main;
  if ((memory.byte(thread + OBJECT.tag) & TAG_TYPE_BITS) !== LuaType.thread) return undefined;
  let call = memory.int(thread + STATE.call);
  for (let n = 0; call !== 0 && n < MAX_CALLS; n++) {
    if ((memory.byte(call + CALL.status) & CALL_IS_HOST) === 0) return positionOf(memory, call);
    call = memory.int(call + CALL.previous);
  }
  return undefined;
}

/** @param call the CallInfo of a Lua function. */
function positionOf(memory: MemoryView, call: number): ExecutionPoint | undefined {
  const closure = memory.int(memory.int(call + CALL.function) + VALUE.content);
  const prototype = memory.int(closure + CLOSURE.prototype);
  const code = memory.int(prototype + PROTOTYPE.code);
  const instruction = ((memory.int(call + CALL.savedInstruction) - code) >> 2) - 1;
  const count = memory.int(prototype + PROTOTYPE.lineInfoSize);
  const source = memory.int(prototype + PROTOTYPE.source);
  if (instruction < 0 || instruction >= count || count > MAX_INSTRUCTIONS || source === 0) {
    return undefined;
  }
  const { pointer, size } = stringBytes(memory, source);
  return {
    source: decodeUtf8(memory.u8.slice(pointer, pointer + Math.min(size, MAX_SOURCE_BYTES))),
    line: readLines(memory, prototype)[instruction] as number,
  };
}

/** Reads 0 beyond the end, which ends every list. */
class MemoryView {
  readonly i32: Int32Array;
  readonly u8: Uint8Array;

  constructor(memory: WasmMemory) {
    this.i32 = new Int32Array(memory.buffer);
    this.u8 = new Uint8Array(memory.buffer);
  }

  int(address: number): number {
    return this.i32[address >> 2] ?? 0;
  }

  setInt(address: number, value: number): void {
    Atomics.store(this.i32, address >> 2, value);
  }

  byte(address: number): number {
    return this.u8[address] ?? 0;
  }
}
