/** The tree of values as rows: scopes and watched expressions at its top, fields below. Pure. */
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';

export interface ValueNode {
  readonly name: string;
  /** For reading, on one line. */
  readonly value: string;
  /** `string`, `integer`, `Message` … */
  readonly type: string;
  /** Above 0: has children, to be asked for under this number until the script goes on. */
  readonly ref: number;
  readonly named?: number;
  readonly indexed?: number;
  /** A Lua expression that gives this value in its frame. */
  readonly expression?: string;
  readonly readOnly: boolean;
  /** The value is another than at the stop before. */
  readonly changed: boolean;
  /** Why there is no value: the sentence stands in `value`. */
  readonly failed: boolean;
}

/** The children of a node that were fetched so far. */
export interface Children {
  readonly nodes: readonly ValueNode[];
  /** How many more there are; 0: all are here. */
  readonly more: number;
}

export interface ValueRow {
  /** Names from the top, see `pathOf`. */
  readonly path: string;
  /** Of the node that holds it; empty at the top. */
  readonly parent: string;
  /** 1 at the top, as ARIA counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly node: ValueNode;
  readonly expanded: boolean;
  /** Set on the row that stands for children not fetched yet: their number. */
  readonly more?: number;
}

/** As many children are asked for at once. */
export const pageSize = 100;

export function pathOf(parent: string, name: string): string {
  return parent === '' ? name : `${parent}\u0000${name}`;
}

/**
 * A part of a node's children to ask for (DAP, "Variables": `filter`, `start`, `count`): positions
 * first, then names, a page at a time; all at once where the node does not know how many it has.
 *
 * @returns undefined when all are here
 */
export function nextPage(
  node: Pick<ValueNode, 'named' | 'indexed'>,
  loaded: number,
): Omit<Dap.VariablesArguments, 'variablesReference'> | undefined {
  const { named, indexed } = node;
  if (named === undefined && indexed === undefined) return loaded === 0 ? {} : undefined;
  const positions = indexed ?? 0;
  const names = named ?? 0;
  if (positions + names <= pageSize) return loaded === 0 ? {} : undefined;
  if (loaded < positions) {
    return { filter: 'indexed', start: loaded, count: Math.min(pageSize, positions - loaded) };
  }
  const start = loaded - positions;
  if (start >= names) return undefined;
  return { filter: 'named', start, count: Math.min(pageSize, names - start) };
}

/** How many children are still to be asked for. */
export function remaining(node: Pick<ValueNode, 'named' | 'indexed'>, loaded: number): number {
  if (nextPage(node, loaded) === undefined) return 0;
  return Math.max((node.indexed ?? 0) + (node.named ?? 0) - loaded, 0);
}

/** A variable of DAP as a node. `before` is what stood at the same path at the stop before. */
export function nodeOf(variable: Dap.Variable, before: ValueNode | undefined): ValueNode {
  return {
    name: variable.name,
    value: variable.value,
    type: variable.type ?? '',
    ref: variable.variablesReference,
    ...(variable.namedVariables === undefined ? {} : { named: variable.namedVariables }),
    ...(variable.indexedVariables === undefined ? {} : { indexed: variable.indexedVariables }),
    ...(variable.evaluateName === undefined ? {} : { expression: variable.evaluateName }),
    readOnly: variable.presentationHint?.attributes?.includes('readOnly') ?? false,
    changed: before !== undefined && before.value !== variable.value,
    failed: false,
  };
}

/**
 * Names of the same level made different: an inner local may hide an outer one of the same name, and
 * both are there.
 */
export function distinctNames(nodes: readonly { readonly name: string }[]): string[] {
  const seen = new Map<string, number>();
  return nodes.map(({ name }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}\u0001${times}`;
  });
}

/** The rows that are to be seen, from the top. */
export function visibleRows(
  roots: readonly ValueNode[],
  childrenOf: ReadonlyMap<string, Children>,
  expanded: ReadonlySet<string>,
  parent = '',
): ValueRow[] {
  const rows: ValueRow[] = [];
  const add = (nodes: readonly ValueNode[], above: string, level: number, more: number): void => {
    const names = distinctNames(nodes);
    const siblings = nodes.length + (more > 0 ? 1 : 0);
    nodes.forEach((node, index) => {
      const path = pathOf(above, names[index] ?? node.name);
      const isOpen = node.ref > 0 && expanded.has(path);
      const position = index + 1;
      rows.push({ path, parent: above, level, position, siblings, node, expanded: isOpen });
      const children = isOpen ? childrenOf.get(path) : undefined;
      if (children) add(children.nodes, path, level + 1, children.more);
    });
    if (more > 0) {
      const path = pathOf(above, '\u0002more');
      const node = moreNode;
      rows.push({
        path,
        parent: above,
        level,
        position: siblings,
        siblings,
        node,
        expanded: false,
        more,
      });
    }
  };
  add(roots, parent, 1, 0);
  return rows;
}

const moreNode: ValueNode = {
  name: '',
  value: '',
  type: '',
  ref: 0,
  readOnly: true,
  changed: false,
  failed: false,
};

/** How a value is painted: by its type where the adapter tells, else by what it looks like. */
export function valueTone(node: Pick<ValueNode, 'type' | 'value' | 'failed'>): string {
  if (node.failed) return 'failed';
  if (node.type === 'string' || /^['"]/.test(node.value)) return 'text';
  if (['integer', 'float', 'number'].includes(node.type) || /^-?\d/.test(node.value)) {
    return node.type === '' || ['integer', 'float', 'number'].includes(node.type)
      ? 'number'
      : 'plain';
  }
  if (['nil', 'boolean'].includes(node.type)) return 'keyword';
  return 'plain';
}
