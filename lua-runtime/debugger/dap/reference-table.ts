import { RequestProblem } from './request-problem.ts';

/** What a reference of DAP stands for: a value of the target, and the frame it was reached from. */
export interface ReferredValue {
  readonly ref: number;
  /** The target's frame; absent for what no frame led to. */
  readonly frame?: number;
}

/**
 * The numbers that a client gets for frames and for values with children. They are never used twice,
 * so that one of an earlier stop is told from one of now (DAP, "Lifetime of Object References").
 */
export class ReferenceTable {
  readonly #values = new Map<number, ReferredValue>();
  readonly #frames = new Map<number, number>();
  readonly #known = new Map<string, number>();
  #last = 0;

  /** 0 for a value without children. */
  ofValue(ref: number, frame?: number): number {
    if (ref <= 0) return 0;
    return this.#numberOf(`value ${ref} ${frame ?? ''}`, (id) =>
      this.#values.set(id, { ref, ...(frame === undefined ? {} : { frame }) }),
    );
  }

  ofFrame(frame: number): number {
    return this.#numberOf(`frame ${frame}`, (id) => this.#frames.set(id, frame));
  }

  value(id: number): ReferredValue {
    const found = this.#values.get(id);
    if (found) return found;
    throw new RequestProblem(
      'This value belongs to an earlier stop; open it again from its frame.',
    );
  }

  frame(id: number): number {
    const found = this.#frames.get(id);
    if (found !== undefined) return found;
    throw new RequestProblem('This frame belongs to an earlier stop; ask for the stack again.');
  }

  /** The script went on: nothing of before can be asked for any more. */
  forget(): void {
    this.#values.clear();
    this.#frames.clear();
    this.#known.clear();
  }

  #numberOf(key: string, keep: (id: number) => void): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = ++this.#last;
    this.#known.set(key, id);
    keep(id);
    return id;
  }
}
