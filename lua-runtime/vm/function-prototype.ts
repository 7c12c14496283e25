/** The code of a Lua function as debuggers and coverage need to know it, the same for both engines. */

/** A compiled function: what all closures made by one `function` in the source share. */
export interface FunctionPrototype {
  /** As in `InstructionPoint.prototype`. Lua may give it to another function once this one is collected. */
  readonly id: number;
  /** Raw chunk name. */
  readonly source: string;
  /** 0 for a main chunk. */
  readonly lineDefined: number;
  readonly lastLineDefined: number;
  readonly parameterCount: number;
  readonly isVararg: boolean;
  /** The line of each instruction. Empty when the function carries no line information. */
  readonly lines: Int32Array;
  /** The first instruction that a line hook is called for: 1 in a vararg function of Lua 5.4, else 0. */
  readonly firstInstruction: number;
  /** Instructions that go on in one of two places. */
  readonly branches: readonly InstructionBranch[];
  /** The functions defined inside, in the order of the source. */
  readonly nested: readonly FunctionPrototype[];
}

export interface InstructionBranch {
  /** Index of the instruction. */
  readonly instruction: number;
  /** `test` is `if`, `while`, `and` and the like; `loop` is the end of a round of a `for`. */
  readonly kind: 'test' | 'loop';
  /** Where it goes on: for a test when it holds first, for a loop when it goes round first. */
  readonly targets: readonly [number, number];
}

/** Which instruction an activation of a Lua function executes, or called from. */
export interface InstructionPoint {
  readonly prototype: number;
  readonly instruction: number;
}

/** Lines with code, those of functions defined inside included, in ascending order. */
export function linesWithCode(prototype: FunctionPrototype): number[] {
  const lines = new Set<number>();
  addLines(prototype, lines);
  return [...lines].sort((a, b) => a - b);
}

function addLines(prototype: FunctionPrototype, lines: Set<number>): void {
  const { firstInstruction } = prototype;
  for (const line of prototype.lines.subarray(firstInstruction)) lines.add(line);
  for (const nested of prototype.nested) addLines(nested, lines);
}
