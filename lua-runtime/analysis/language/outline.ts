/** The outline of a file: handlers by their events, functions, methods. */
import { LineMap } from '../line-map.ts';
import { SymbolKind, type DocumentSymbol } from '../lsp-types.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import { childrenOf, type Node } from '../syntax/walk.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';

export function outlineOf(evaluator: ProgramEvaluator, file: SourceFile): DocumentSymbol[] {
  const lines = new LineMap(file.text);
  const events = new Map(
    evaluator.roles.registrations.flatMap((each) =>
      each.file === file ? [[each.call as Node, each] as const] : [],
    ),
  );
  const below = (node: Node): DocumentSymbol[] => childrenOf(node).flatMap(symbolsOf);
  const symbol = (
    name: string,
    kind: SymbolKind,
    node: Node,
    at: Span,
    detail?: string,
  ): DocumentSymbol => ({
    name,
    kind,
    ...(detail === undefined ? {} : { detail }),
    range: lines.range(node),
    selectionRange: lines.range(at),
    children: below(node),
  });
  function symbolsOf(node: Node): DocumentSymbol[] {
    const registration = events.get(node);
    if (registration !== undefined) {
      const { event = 'a name that is put together', entry, call } = registration;
      const detail = entry === undefined ? 'handler' : 'handler of kumod';
      return [symbol(event, SymbolKind.event, node, call.args[0] ?? call, detail)];
    }
    if (node.kind === 'LocalFunction') {
      return [symbol(node.name.name, SymbolKind.function, node, node.name)];
    }
    if (node.kind === 'Function') {
      const { target } = node;
      const name = file.text.slice(target.start, target.end);
      const kind = node.isMethod ? SymbolKind.method : SymbolKind.function;
      return [symbol(name, kind, node, target)];
    }
    return below(node);
  }
  return below(file.chunk);
}
