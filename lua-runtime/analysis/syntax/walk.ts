/** Going through a syntax tree. */
import type { Block, Chunk, Expression, Span, Statement, TableField } from './syntax-tree.ts';

export type Node = Chunk | Block | Statement | Expression | TableField;

/** The statements, expressions and fields right below a node, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'Chunk':
      return [node.body];
    case 'Block':
      return node.statements;
    case 'Local':
      return node.values;
    case 'LocalFunction':
      return [node.fn];
    case 'Function':
      return [node.target, node.fn];
    case 'Assignment':
      return [...node.targets, ...node.values];
    case 'CallStatement':
      return [node.call];
    case 'Do':
      return [node.body];
    case 'While':
      return [node.condition, node.body];
    case 'Repeat':
      return [node.body, node.condition];
    case 'If':
      return [
        ...node.clauses.flatMap(({ condition, body }) => [condition, body]),
        ...(node.otherwise === undefined ? [] : [node.otherwise]),
      ];
    case 'NumericFor':
      return [node.from, node.to, ...(node.step === undefined ? [] : [node.step]), node.body];
    case 'GenericFor':
      return [...node.iterators, node.body];
    case 'Return':
      return node.values;
    case 'Error':
      return node.expressions;
    case 'FunctionExpression':
      return [node.body];
    case 'Member':
      return [node.object];
    case 'Index':
      return [node.object, node.key];
    case 'Call':
      return [node.callee, ...node.args];
    case 'MethodCall':
      return [node.object, ...node.args];
    case 'Table':
      return node.fields;
    case 'NamedField':
    case 'PositionalField':
      return [node.value];
    case 'KeyedField':
      return [node.key, node.value];
    case 'Binary':
      return [node.left, node.right];
    case 'Unary':
      return [node.operand];
    case 'Parenthesized':
      return [node.inner];
    default:
      return [];
  }
}

/** Calls `visit` for a node and all below it; what `visit` answers false for is not gone into. */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

/** From the chunk down to the innermost node that holds the offset; its end counts as inside. */
export function pathTo(chunk: Chunk, offset: number): readonly Node[] {
  const path: Node[] = [chunk];
  for (;;) {
    const inner = childrenOf(path.at(-1) as Node).findLast((child) => holds(child, offset));
    if (inner === undefined) return path;
    path.push(inner);
  }
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
