/** The nodes of a chunk by kind, and what each stands in: made in one walk, for all checks. */
import type {
  Block,
  Chunk,
  Expression,
  FunctionExpression,
  IfClause,
  Statement,
} from './syntax-tree.ts';
import { childrenOf, type Node } from './walk.ts';

export type NodeOfKind<K extends Node['kind']> = Extract<Node, { readonly kind: K }>;

export interface NodeIndex {
  /** In the order of the text. */
  ofKind<K extends Node['kind']>(kind: K): readonly NodeOfKind<K>[];
  /** The node that holds it directly; undefined for the chunk. */
  parentOf(node: Node): Node | undefined;
  /** The innermost function around a node; undefined in the main chunk. */
  functionAround(node: Node): FunctionExpression | undefined;
}

const known = new WeakMap<Chunk, NodeIndex>();

export function nodesOf(chunk: Chunk): NodeIndex {
  let index = known.get(chunk);
  if (index === undefined) known.set(chunk, (index = makeIndex(chunk)));
  return index;
}

function makeIndex(chunk: Chunk): NodeIndex {
  const byKind = new Map<Node['kind'], Node[]>();
  const parents = new Map<Node, Node>();
  const visit = (node: Node): void => {
    const same = byKind.get(node.kind);
    if (same === undefined) byKind.set(node.kind, [node]);
    else same.push(node);
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      visit(child);
    }
  };
  visit(chunk);
  return {
    ofKind: <K extends Node['kind']>(kind: K) =>
      (byKind.get(kind) ?? []) as readonly Node[] as readonly NodeOfKind<K>[],
    parentOf: (node) => parents.get(node),
    functionAround(node) {
      for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
        if (at.kind === 'FunctionExpression') return at;
      }
      return undefined;
    },
  };
}

/** Whether a node stands in a statement of the main chunk that is always run: no branch, no function. */
export function isTopLevel(index: NodeIndex, chunk: Chunk, node: Node): boolean {
  for (let at = index.parentOf(node), child = node; at !== undefined;) {
    if (at === chunk.body) return true;
    if (!isAlwaysRun(at, child)) return false;
    [child, at] = [at, index.parentOf(at)];
  }
  return false;
}

function isAlwaysRun(parent: Node, child: Node): boolean {
  switch (parent.kind) {
    case 'FunctionExpression':
    case 'If':
    case 'While':
    case 'NumericFor':
    case 'GenericFor':
      return false;
    case 'Binary':
      return parent.left === child || !['and', 'or'].includes(parent.operator);
    default:
      return true;
  }
}

/** The `then` part of an if statement that a block is. */
export function clauseOf(index: NodeIndex, block: Block): IfClause | undefined {
  const parent = index.parentOf(block);
  return parent?.kind === 'If' ? parent.clauses.find(({ body }) => body === block) : undefined;
}

/** The calls, statements and other nodes of a function, without those of functions inside of it. */
export function ownNodes(fn: FunctionExpression | Block): readonly Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'FunctionExpression') return;
    found.push(node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(fn.kind === 'Block' ? fn : fn.body);
  return found;
}

/** The statement of a block that holds a node. */
export function statementIn(
  index: NodeIndex,
  block: Block,
  node: Node,
): Statement | Expression | undefined {
  for (let at: Node | undefined = node; at !== undefined; at = index.parentOf(at)) {
    if (index.parentOf(at) === block) return at as Statement | Expression;
  }
  return undefined;
}
