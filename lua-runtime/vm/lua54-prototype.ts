/** Reading compiled functions out of the memory of a Lua 5.4 instance (Lua 5.4 lobject.h, lopcodes.h, ldebug.c). */
import type { FunctionPrototype, InstructionBranch } from './function-prototype.ts';
import type { Lua54Instance } from './lua54-instance.ts';
import type { Lua54Memory } from './lua54-memory.ts';
import { PROTOTYPE, stringBytes } from './lua54-structures.ts';

/** Instruction numbers (lopcodes.h) that decide where a function goes on. */
const OPCODE = { eq: 57, testset: 67, forLoop: 73, forPrep: 74, tforLoop: 77 } as const;
const OPCODE_BITS = 0x7f;
const SIGNED_JUMP_OFFSET = 0xffffff;
/** In lineinfo: the line is in the list of absolute lines instead. */
const ABSOLUTE = -0x80;

/** @param pointer a Proto. */
export function readPrototype(
  instance: Lua54Instance,
  memory: Lua54Memory,
  pointer: number,
): FunctionPrototype {
  const { i32, u8 } = instance;
  const int = (offset: number): number => i32[(pointer + offset) >> 2] as number;
  const isVararg = u8[pointer + PROTOTYPE.isVararg] !== 0;
  const nested = int(PROTOTYPE.nested);
  return {
    id: pointer,
    source: prototypeSource(instance, memory, pointer),
    lineDefined: int(PROTOTYPE.lineDefined),
    lastLineDefined: int(PROTOTYPE.lastLineDefined),
    parameterCount: u8[pointer + PROTOTYPE.parameterCount] as number,
    isVararg,
    lines: readLines(instance, pointer),
    // Hooks start after the instruction that adjusts the arguments (lvm.c luaV_execute).
    firstInstruction: isVararg ? 1 : 0,
    branches: readBranches(instance, pointer),
    nested: Array.from({ length: int(PROTOTYPE.nestedSize) }, (_, i) =>
      readPrototype(instance, memory, i32[(nested >> 2) + i] as number),
    ),
  };
}

/** The raw chunk name of a Proto. */
export function prototypeSource(
  instance: Lua54Instance,
  memory: Lua54Memory,
  pointer: number,
): string {
  const source = instance.i32[(pointer + PROTOTYPE.source) >> 2] as number;
  if (source === 0) return '=?';
  const { pointer: bytes, size } = stringBytes(instance, source);
  return memory.readCachedText(bytes, size);
}

/** ldebug.c luaG_getfuncline, for all instructions at once. */
function readLines({ i32, u8 }: Lua54Instance, pointer: number): Int32Array {
  const count = i32[(pointer + PROTOTYPE.lineInfoSize) >> 2] as number;
  const differences = i32[(pointer + PROTOTYPE.lineInfo) >> 2] as number;
  let absolute = (i32[(pointer + PROTOTYPE.absoluteLineInfo) >> 2] as number) >> 2;
  const lines = new Int32Array(count);
  let line = i32[(pointer + PROTOTYPE.lineDefined) >> 2] as number;
  for (let i = 0; i < count; i++) {
    const difference = ((u8[differences + i] as number) << 24) >> 24;
    if (difference === ABSOLUTE) {
      // Pairs of an instruction and its line.
      line = i32[absolute + 1] as number;
      absolute += 2;
    } else {
      line += difference;
    }
    lines[i] = line;
  }
  return lines;
}

function readBranches({ i32 }: Lua54Instance, pointer: number): InstructionBranch[] {
  const code = (i32[(pointer + PROTOTYPE.code) >> 2] as number) >> 2;
  const count = i32[(pointer + PROTOTYPE.codeSize) >> 2] as number;
  const branches: InstructionBranch[] = [];
  for (let at = 0; at < count; at++) {
    const word = i32[code + at] as number;
    const opcode = word & OPCODE_BITS;
    const bx = word >>> 15;
    if (opcode >= OPCODE.eq && opcode <= OPCODE.testset) {
      // A jump follows, taken when the condition is as the instruction says.
      const jump = ((i32[code + at + 1] as number) >>> 7) - SIGNED_JUMP_OFFSET;
      branches.push({ instruction: at, kind: 'test', targets: [at + 2, at + 2 + jump] });
    } else if (opcode === OPCODE.forLoop || opcode === OPCODE.tforLoop) {
      branches.push({ instruction: at, kind: 'loop', targets: [at + 1 - bx, at + 1] });
    } else if (opcode === OPCODE.forPrep) {
      branches.push({ instruction: at, kind: 'loop', targets: [at + 1, at + 2 + bx] });
    }
  }
  return branches;
}
