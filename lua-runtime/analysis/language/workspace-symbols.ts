/** Handlers, functions and methods of all files of a policy, by some letters of their names. */
import type { DocumentSymbol, WorkspaceSymbol } from '../lsp-types.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import { outlineOf } from './outline.ts';

/** More are not looked through by anybody. */
const MOST = 200;

/** @param query letters that a name has in this order, in either case; empty: all names */
export function workspaceSymbols(evaluator: ProgramEvaluator, query: string): WorkspaceSymbol[] {
  const letters = Array.from(query.toLowerCase().replaceAll(/\s/g, ''));
  const found: (WorkspaceSymbol & { readonly rank: number })[] = [];
  for (const file of evaluator.program.files.values()) {
    const visit = (symbol: DocumentSymbol, container: string | undefined): void => {
      const rank = rankOf(symbol.name.toLowerCase(), letters);
      if (rank !== undefined) {
        found.push({
          name: symbol.name,
          kind: symbol.kind,
          location: { file: file.path, range: symbol.selectionRange },
          ...(container === undefined ? {} : { containerName: container }),
          rank,
        });
      }
      for (const child of symbol.children) visit(child, symbol.name);
    };
    for (const symbol of outlineOf(evaluator, file)) visit(symbol, undefined);
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(({ rank: _rank, ...symbol }) => symbol);
}

/** How far apart the letters are; undefined when the name does not have them in this order. */
function rankOf(name: string, letters: readonly string[]): number | undefined {
  let at = -1;
  let rank = 0;
  for (const letter of letters) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    rank += next - at - 1;
    at = next;
  }
  return rank;
}
