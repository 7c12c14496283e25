/**
 * Lines that a statement comes back to. Lua puts the call of
 *
 *     publish(
 *       first,
 *       second
 *     )
 *
 * on the line of its name, so that a hook sees this line once before the arguments and once after
 * them. A breakpoint there is passed once.
 */
import type { FunctionPrototype } from '../vm/function-prototype.ts';
import type { LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';

/** What is known of the prototypes that Lua gave this number to. */
interface Known {
  readonly source: string;
  readonly continuations: ReadonlySet<number>;
}

export class StatementLines {
  private readonly vm: LuaVm;
  private readonly known = new Map<number, Known>();

  constructor(vm: LuaVm) {
    this.vm = vm;
  }

  /** Whether the statement of the line that a hook was called for began at this line before. */
  continuesAt(L: LuaState, activation: LuaActivation): boolean {
    const { vm } = this;
    const point = vm.instructionAt(L, activation);
    if (point === undefined) return false;
    const source = vm.activationSource(L, activation);
    let known = this.known.get(point.prototype);
    if (known?.source !== source) {
      if (!vm.checkStack(L, 2)) return false;
      vm.pushActivationFunction(L, activation);
      const prototype = vm.functionPrototype(L);
      if (prototype === undefined) return false;
      known = { source, continuations: continuationsOf(prototype) };
      this.known.set(point.prototype, known);
    }
    return known.continuations.has(point.instruction);
  }
}

/** The instructions at which execution comes back to a line from the lines below it, unless by a loop. */
export function continuationsOf({ lines, branches }: FunctionPrototype): Set<number> {
  const loops = new Set(
    branches
      .filter(({ kind, targets, instruction }) => kind === 'loop' && targets[0] < instruction)
      .map(({ instruction }) => instruction),
  );
  const found = new Set<number>();
  /** Lines from which nothing but lines below followed, ascending. */
  const open: number[] = [];
  lines.forEach((line, at) => {
    while ((open.at(-1) ?? 0) > line) open.pop();
    if (open.at(-1) !== line) open.push(line);
    else if (lines[at - 1] !== line && !loops.has(at)) found.add(at);
  });
  return found;
}
