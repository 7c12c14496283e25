/** Reading compiled functions out of the memory of a Lua 5.4 instance (Lua 5.4 lobject.h, lopcodes.h, ldebug.c). */
import { reachableInstructions } from '../function-prototype.ts';
import type { FunctionPrototype, InstructionBranch } from '../function-prototype.ts';
import type { Lua54Instance } from './lua54-instance.ts';
import type { Lua54Memory } from './lua54-memory.ts';
import { PROTOTYPE, stringBytes } from './lua54-structures.ts';
import type { MemoryWords } from './lua54-structures.ts';

/** Instruction numbers (lopcodes.h) that decide where a function goes on. */
const OPCODE = {
  falseAndSkip: 6,
  jump: 56,
  eq: 57,
  testset: 67,
  return: 70,
  return1: 72,
  forLoop: 73,
  forPrep: 74,
  tforPrep: 75,
} as const;
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
    ...readFlow(instance, pointer),
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
export function readLines({ i32, u8 }: MemoryWords, pointer: number): Int32Array {
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

/** Reads the instructions of a Proto and where each can go on. */
function readFlow(
  { i32 }: Lua54Instance,
  pointer: number,
): Pick<FunctionPrototype, 'branches' | 'isReachable'> {
  const code = (i32[(pointer + PROTOTYPE.code) >> 2] as number) >> 2;
  const count = i32[(pointer + PROTOTYPE.codeSize) >> 2] as number;
  const word = (at: number): number => i32[code + at] as number;
  const branches = new Map<number, InstructionBranch>();
  for (let at = 0; at < count; at++) {
    const opcode = word(at) & OPCODE_BITS;
    const bx = word(at) >>> 15;
    if (opcode >= OPCODE.eq && opcode <= OPCODE.testset) {
      // A jump follows, taken when the condition is as the instruction says.
      branches.set(at, {
        instruction: at,
        kind: 'test',
        targets: [at + 2, at + 2 + jumpOf(word(at + 1))],
      });
    } else if (opcode === OPCODE.forLoop) {
      branches.set(at, { instruction: at, kind: 'loop', targets: [at + 1 - bx, at + 1] });
    } else if (opcode === OPCODE.forPrep) {
      branches.set(at, { instruction: at, kind: 'loop', targets: [at + 1, at + 2 + bx] });
    } else if (opcode === OPCODE.tforPrep) {
      // It goes on into the call of the iterator and the end of the round, as that call does.
      const call = at + 1 + bx;
      const targets = [at + 1, call + 2] as const;
      for (const instruction of [at, call, call + 1]) {
        branches.set(instruction, { instruction, kind: 'loop', targets });
      }
    }
  }
  const next = (at: number): readonly number[] => {
    const opcode = word(at) & OPCODE_BITS;
    if (opcode === OPCODE.jump) return [at + 1 + jumpOf(word(at))];
    if (opcode === OPCODE.falseAndSkip) return [at + 2];
    if (opcode >= OPCODE.return && opcode <= OPCODE.return1) return [];
    return branches.get(at)?.targets ?? [at + 1];
  };
  return { branches: [...branches.values()], isReachable: reachableInstructions(count, next) };
}

function jumpOf(word: number): number {
  return (word >>> 7) - SIGNED_JUMP_OFFSET;
}
