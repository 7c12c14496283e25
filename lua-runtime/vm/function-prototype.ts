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
  /** By instruction, 1 where the function can get. A `return` at its end leaves the implicit one behind. */
  readonly isReachable: Uint8Array;
  /** Instructions that go on in one of two places. */
  readonly branches: readonly InstructionBranch[];
  /** The functions defined inside, in the order of the source. */
  readonly nested: readonly FunctionPrototype[];
}

export interface InstructionBranch {
  /**
   * Index of the instruction. Those of a generic `for` go on into each other, mostly without a hook
   * in between, so each of them is listed.
   */
  readonly instruction: number;
  /** `test` is `if`, `while`, `and` and the like; `loop` is the end of a round of a `for`. */
  readonly kind: 'test' | 'loop';
  /** Where it goes on: for a test without the jump and with it, for a loop into another round and out of it. */
  readonly targets: readonly [number, number];
}

/** Which instruction an activation of a Lua function executes, or called from. */
export interface InstructionPoint {
  readonly prototype: number;
  readonly instruction: number;
}

/**
 * @param count of instructions
 * @param next where an instruction can go on
 * @returns see `FunctionPrototype.isReachable`
 */
export function reachableInstructions(
  count: number,
  next: (instruction: number) => readonly number[],
): Uint8Array {
  const isReachable = new Uint8Array(count);
  const todo = [0];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (at >= count || isReachable[at] === 1) continue;
    isReachable[at] = 1;
    todo.push(...next(at));
  }
  return isReachable;
}

/** Lines with code that can run, those of functions defined inside included, in ascending order. */
export function linesWithCode(prototype: FunctionPrototype): number[] {
  const lines = new Set<number>();
  addLines(prototype, lines);
  return [...lines].sort((a, b) => a - b);
}

function addLines(prototype: FunctionPrototype, lines: Set<number>): void {
  const { firstInstruction, isReachable } = prototype;
  prototype.lines.forEach((line, at) => {
    if (at >= firstInstruction && isReachable[at] === 1) lines.add(line);
  });
  for (const nested of prototype.nested) addLines(nested, lines);
}
