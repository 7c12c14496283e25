/** What the next instruction of a Lua 5.4 function writes to (Lua 5.4 lopcodes.h, lvm.c). */
import type { Lua54Instance } from './lua54-instance.ts';
import type { PendingWrite } from '../lua-inspection.ts';
import { CALL, CLOSURE, UPVALUE, VALUE, prototypeOfCall } from './lua54-structures.ts';

const OPCODE = {
  setUpvalue: 10,
  setTableUpvalue: 15,
  setTable: 16,
  setField: 18,
  newTable: 19,
  setList: 78,
} as const;
const OPCODE_BITS = 0x7f;

/** @param call the CallInfo of the function that the hook was called in. */
export function pendingWriteOf(instance: Lua54Instance, call: number): PendingWrite | undefined {
  if (prototypeOfCall(instance, call) === 0) return undefined;
  const { i32 } = instance;
  const next = i32[(call + CALL.savedInstruction) >> 2] as number;
  const word = i32[(next >> 2) - 1] as number;
  const opcode = word & OPCODE_BITS;
  const register = (word >>> 7) & 0xff;
  const slot = i32[(call + CALL.function) >> 2] as number;
  switch (opcode) {
    case OPCODE.setUpvalue:
      return { kind: 'upvalue' };
    case OPCODE.setTableUpvalue: {
      const closure = i32[(slot + VALUE.content) >> 2] as number;
      const upvalue = i32[(closure + CLOSURE.upvalues + 4 * register) >> 2] as number;
      const target = i32[(upvalue + UPVALUE.target) >> 2] as number;
      return { kind: 'table', pointer: i32[(target + VALUE.content) >> 2] as number };
    }
    case OPCODE.newTable:
      return { kind: 'creates', register };
    default: {
      const writes =
        (opcode >= OPCODE.setTable && opcode <= OPCODE.setField) || opcode === OPCODE.setList;
      if (!writes) return undefined;
      return { kind: 'table', pointer: registerPointer(instance, call, register) };
    }
  }
}

/** The address of the object in a register. */
export function registerPointer({ i32 }: Lua54Instance, call: number, register: number): number {
  const slot = (i32[(call + CALL.function) >> 2] as number) + VALUE.sizeBytes * (1 + register);
  return i32[(slot + VALUE.content) >> 2] as number;
}
