/** The counts of one file's coverage, and what they are called. */
import type { FunctionPrototype, InstructionBranch } from '../../vm/function-prototype.ts';
import { linesWithCode } from '../../vm/function-prototype.ts';
import type { FileCoverage, LineValues } from '../run-reading.ts';
import { encodeUtf8 } from '../../vm/platform.ts';
import { FunctionNames } from '../function-names.ts';
import { LastValues } from './last-values.ts';
import { variableMentions, type Mention } from './variable-mentions.ts';

const MAIN_CHUNK = 'main chunk';
const ANONYMOUS = 'anonymous function';

/** A conditional and how often it went each way. */
export interface CountedBranch {
  readonly instruction: number;
  readonly line: number;
  readonly kind: InstructionBranch['kind'];
  readonly targets: readonly [number, number];
  readonly taken: [number, number];
}

export interface CountedFunction {
  readonly file: CoveredFile;
  readonly prototype: FunctionPrototype;
  hits: number;
  /** By instruction; some share one. */
  readonly branches: readonly (CountedBranch | undefined)[];
}

export class CoveredFile {
  readonly path: string;
  readonly text: string;
  readonly lineHits: Map<number, number>;
  /** The main chunk, then those inside in the order of the source. */
  readonly functions: readonly CountedFunction[];
  readonly values = new LastValues();
  #mentions: ReadonlyMap<number, readonly Mention[]> | undefined;

  /** @param text the source, for names. */
  constructor(path: string, text: string, main: FunctionPrototype) {
    this.path = path;
    this.text = text;
    this.lineHits = new Map(linesWithCode(main).map((line) => [line, 0]));
    this.functions = inOrder(main).map((prototype) => countedFunction(this, prototype));
  }

  /** The variables that a line reads and assigns. */
  mentionsOn(line: number): readonly Mention[] {
    this.#mentions ??= variableMentions(this.text);
    return this.#mentions.get(line) ?? [];
  }

  hitLine(line: number): void {
    this.lineHits.set(line, (this.lineHits.get(line) ?? 0) + 1);
  }

  coverage(withValues: boolean): FileCoverage {
    const names = new FunctionNames(() => encodeUtf8(this.text));
    return {
      file: this.path,
      lines: [...this.lineHits]
        .map(([line, hits]) => ({ line, hits }))
        .sort((a, b) => a.line - b.line),
      functions: this.functions.map(({ prototype, hits }, i) => ({
        name: i === 0 ? MAIN_CHUNK : (names.nameOf(prototype) ?? ANONYMOUS),
        line: Math.max(1, prototype.lineDefined),
        hits,
      })),
      branches: this.#branches(),
      ...(withValues ? { values: this.#values() } : undefined),
    };
  }

  #branches(): FileCoverage['branches'] {
    const all = this.functions
      .flatMap(({ branches }) => [...new Set(branches)])
      .filter((branch) => branch !== undefined)
      .sort((a, b) => a.line - b.line);
    let block = 0;
    return all.map(({ line, taken: [first, second] }, i) => {
      block = all[i - 1]?.line === line ? block + 1 : 0;
      return { line, block, taken: [first, second] as const };
    });
  }

  #values(): LineValues[] {
    return this.values.all().sort((a, b) => a.line - b.line);
  }
}

/** A function and those inside, as their `function`s stand in the source. */
export function inOrder(main: FunctionPrototype): FunctionPrototype[] {
  return [main, ...main.nested.flatMap(inOrder)];
}

function countedFunction(file: CoveredFile, prototype: FunctionPrototype): CountedFunction {
  const branches: (CountedBranch | undefined)[] = new Array<undefined>(prototype.lines.length);
  const loops = new Map<string, CountedBranch>();
  for (const { instruction, kind, targets } of prototype.branches) {
    const line = prototype.lines[instruction];
    // Where both ways lead to the same place, as for an empty block, there is nothing to tell apart.
    if (line === undefined || targets[0] === targets[1]) continue;
    if (prototype.isReachable[instruction] !== 1) continue;
    const fresh: CountedBranch = { instruction, line, kind, targets, taken: [0, 0] };
    // The beginning of a loop and the end of its round ask the same question.
    const known = kind === 'loop' ? loops.get(targets.join()) : undefined;
    if (kind === 'loop') loops.set(targets.join(), known ?? fresh);
    branches[instruction] = known ?? fresh;
  }
  return { file, prototype, hits: 0, branches };
}
