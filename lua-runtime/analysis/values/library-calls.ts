/** What the functions of Lua's own library give where that depends on what they are called with. */
import { findRequired } from '../catalogue/catalogue.ts';
import { exitsOf } from '../flow/exits.ts';
import type { Expression } from '../syntax/syntax-tree.ts';
import type { Evaluator } from './evaluator.ts';
import { libraryResults } from './library-results.ts';
import { resultAt, type Results } from './results.ts';
import type { SourceFile } from './source-file.ts';
import { either, knownText, truthy, UNKNOWN, type Values } from './value.ts';

export class LibraryCalls {
  readonly #evaluator: Evaluator;

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator;
  }

  /** The results of a call in order, as `Evaluator.resultsOf`. */
  resultsOf(file: SourceFile, name: string, args: readonly Expression[]): Results {
    const evaluator = this.#evaluator;
    const [first] = args;
    if (name === 'require') return [this.#required(file, first)];
    if (name === 'setmetatable' && first !== undefined) return [evaluator.valuesOf(file, first)];
    if (name === 'assert') return args.length === 0 ? [UNKNOWN] : this.#asserted(file, args);
    if (name === 'pcall' && first !== undefined) {
      const called = evaluator.valuesOf(file, first);
      const results = called.flatMap((value) =>
        value.kind === 'function' ? [evaluator.returnedBy(value.file, value.fn)] : [[UNKNOWN]],
      );
      // Behind false comes the error.
      const firstResult = either(...results.map((each) => resultAt(each, 0)), UNKNOWN);
      return [[{ kind: 'boolean' }], firstResult, UNKNOWN];
    }
    return libraryResults(name);
  }

  #asserted(file: SourceFile, args: readonly Expression[]): Results {
    const results = this.#evaluator.listResults(file, args);
    return results.map((values, i) => (i === 0 ? truthy(values) : values));
  }

  #required(file: SourceFile, argument: Expression | undefined): Values {
    const evaluator = this.#evaluator;
    const name = argument && knownText(evaluator.valuesOf(file, argument));
    if (name === undefined) return UNKNOWN;
    const module = findRequired(name);
    if (module !== undefined) return [{ kind: 'module', module }];
    const target = evaluator.program.moduleFile(name);
    if (target === undefined) return UNKNOWN;
    const { body } = target.chunk;
    const { returns, fallsOff } = exitsOf(body, (call) => evaluator.neverReturns(target, call));
    const values = returns.map(({ values: list }) =>
      resultAt(evaluator.listResults(target, list), 0),
    );
    // A module that returns nothing gives true (Lua 5.4 manual §6.3).
    if (fallsOff !== undefined) values.push([{ kind: 'boolean', value: true }]);
    return either(...values);
  }
}
