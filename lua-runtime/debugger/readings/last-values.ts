/** The last different values of variables, by line. */
import type { LineValues } from '../run-reading.ts';
import { KEPT_VALUES } from './merge-coverage.ts';

interface Kept {
  readonly values: string[];
  more: number;
}

export class LastValues {
  readonly #lines = new Map<number, Map<string, Kept>>();

  /** @param value as text for reading. */
  add(line: number, name: string, value: string): void {
    let names = this.#lines.get(line);
    if (names === undefined) this.#lines.set(line, (names = new Map<string, Kept>()));
    const kept = names.get(name);
    if (kept === undefined) {
      names.set(name, { values: [value], more: 0 });
      return;
    }
    const { values } = kept;
    if (values.at(-1) === value) return;
    const at = values.indexOf(value);
    if (at >= 0) values.splice(at, 1);
    values.push(value);
    if (values.length > KEPT_VALUES) {
      values.shift();
      kept.more++;
    }
  }

  all(): LineValues[] {
    return [...this.#lines].flatMap(([line, names]) =>
      [...names].map(([name, { values, more }]) => ({ line, name, values, more })),
    );
  }
}
