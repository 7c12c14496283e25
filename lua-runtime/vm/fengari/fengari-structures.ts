/** What the debugger reads out of fengari's own objects (fengari 0.1.5 src/lstate.js, lfunc.js, lopcodes.js). */
import type { FengariCall, FengariPrototype, FengariState } from 'fengari';
import { reachableInstructions } from '../function-prototype.ts';
import type { FunctionPrototype, InstructionBranch } from '../function-prototype.ts';
import type { PendingWrite } from '../lua-inspection.ts';
import { decodeUtf8 } from '../platform.ts';

/** Instruction numbers of Lua 5.3 (lopcodes.h). */
const OPCODE = {
  loadBoolean: 3,
  setTableUpvalue: 8,
  setUpvalue: 9,
  setTable: 10,
  newTable: 11,
  jump: 30,
  eq: 31,
  testset: 35,
  return: 38,
  forLoop: 39,
  forPrep: 40,
  tforLoop: 42,
  setList: 43,
} as const;
const CALL_IS_LUA = 2;

/** How many functions are on the stack of a thread. */
export function callDepth(L: FengariState): number {
  let depth = 0;
  for (let call: FengariCall | null = L.ci; call !== null && call !== L.base_ci; depth++) {
    call = call.previous;
  }
  return depth;
}

/** Undefined for a host function. */
export function prototypeOfCall(call: FengariCall): FengariPrototype | undefined {
  return (call.callstatus & CALL_IS_LUA) === 0 ? undefined : call.func.value.p;
}

export function readPrototype(prototype: FengariPrototype): FunctionPrototype {
  return {
    id: prototype.id,
    source: prototype.source === null ? '=?' : decodeUtf8(prototype.source.getstr()),
    lineDefined: prototype.linedefined,
    lastLineDefined: prototype.lastlinedefined,
    parameterCount: prototype.numparams,
    isVararg: prototype.is_vararg,
    lines: Int32Array.from(prototype.lineinfo),
    firstInstruction: 0,
    ...readFlow(prototype),
    nested: prototype.p.map(readPrototype),
  };
}

/** Where each instruction can go on. */
function readFlow({ code }: FengariPrototype): Pick<FunctionPrototype, 'branches' | 'isReachable'> {
  const branches = new Map<number, InstructionBranch>();
  code.forEach(({ opcode, sBx }, at) => {
    if (opcode >= OPCODE.eq && opcode <= OPCODE.testset) {
      // A jump follows, taken when the condition is as the instruction says.
      const jump = code[at + 1]?.sBx ?? 0;
      branches.set(at, { instruction: at, kind: 'test', targets: [at + 2, at + 2 + jump] });
    } else if (opcode === OPCODE.forLoop) {
      branches.set(at, { instruction: at, kind: 'loop', targets: [at + 1 + sBx, at + 1] });
    } else if (opcode === OPCODE.tforLoop) {
      // The call before it goes on into it without a hook, except when it yielded.
      for (const instruction of [at - 1, at]) {
        branches.set(instruction, { instruction, kind: 'loop', targets: [at + 1 + sBx, at + 1] });
      }
    }
  });
  const next = (at: number): readonly number[] => {
    const { opcode = OPCODE.return, sBx = 0, C = 0 } = code[at] ?? {};
    if (opcode === OPCODE.jump || opcode === OPCODE.forPrep) return [at + 1 + sBx];
    if (opcode === OPCODE.loadBoolean && C !== 0) return [at + 2];
    if (opcode === OPCODE.return) return [];
    return branches.get(at)?.targets ?? [at + 1];
  };
  return {
    branches: [...branches.values()],
    isReachable: reachableInstructions(code.length, next),
  };
}

/**
 * See `LuaVm.pendingWrite`.
 * @param pointerOf gives a table's `toPointer`.
 */
export function pendingWriteOf(
  L: FengariState,
  call: FengariCall,
  pointerOf: (object: unknown) => number,
): PendingWrite | undefined {
  const prototype = prototypeOfCall(call);
  const instruction = prototype?.code[call.l_savedpc - 1];
  if (instruction === undefined) return undefined;
  const { opcode, A } = instruction;
  switch (opcode) {
    case OPCODE.setUpvalue:
      return { kind: 'upvalue' };
    case OPCODE.setTableUpvalue:
      return { kind: 'table', pointer: pointerOf(call.func.value.upvals[A]?.value) };
    case OPCODE.newTable:
      return { kind: 'creates', register: A };
    case OPCODE.setTable:
    case OPCODE.setList:
      return { kind: 'table', pointer: pointerOf(registerValue(L, call, A)) };
    default:
      return undefined;
  }
}

export function registerValue(L: FengariState, call: FengariCall, register: number): unknown {
  return L.stack[call.l_base + register]?.value;
}
