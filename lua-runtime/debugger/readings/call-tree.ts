/** A call tree with times, as a profile collects it, and the table that sums it up by function. */
import type { SourceLocation } from '../../recording/entries.ts';
import type { ProfileKind, ProfileNode, ProfileRow } from '../run-reading.ts';

/** Calls that are nested deeper count for the one at this depth: a recursion must not fill the memory. */
const MAX_DEPTH = 200;

export interface CalledFunction {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly location?: SourceLocation;
}

export class CallNode {
  readonly called: CalledFunction;
  readonly parent: CallNode | undefined;
  readonly depth: number;
  count = 0;
  /** Microseconds in it and not in what it called. */
  selfUs = 0;
  readonly children = new Map<unknown, CallNode>();

  constructor(called: CalledFunction, parent?: CallNode) {
    this.called = called;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  /** @param key equal for the same function. @param describe asked for one that was never called from here. */
  child(key: unknown, describe: () => CalledFunction): CallNode {
    if (this.depth >= MAX_DEPTH) return this;
    let node = this.children.get(key);
    if (node === undefined) this.children.set(key, (node = new CallNode(describe(), this)));
    return node;
  }
}

/** The tree with totals; children with more time come first. */
export function profileNode({ called, count, selfUs, children }: CallNode): ProfileNode {
  const nodes = [...children.values()].map(profileNode).sort((a, b) => b.totalUs - a.totalUs);
  const own = Math.round(selfUs);
  return {
    ...called,
    count,
    totalUs: own + nodes.reduce((sum, { totalUs }) => sum + totalUs, 0),
    selfUs: own,
    children: nodes,
  };
}

/** Sums the nodes of the same function. */
export function profileRows(root: ProfileNode): ProfileRow[] {
  const rows = new Map<string, ProfileRow>();
  addRows(root, new Set(), rows);
  return [...rows.values()].sort((a, b) => b.selfUs - a.selfUs);
}

/** @param above functions that are under way. */
function addRows(
  node: ProfileNode,
  above: ReadonlySet<string>,
  rows: Map<string, ProfileRow>,
): void {
  const { name, kind, location, count, totalUs, selfUs, children } = node;
  const key = [kind, name, location?.file, location?.line].join('\n');
  if (kind !== 'root') {
    const known = rows.get(key);
    rows.set(key, {
      name,
      kind,
      ...(location === undefined ? undefined : { location }),
      count: count + (known?.count ?? 0),
      totalUs: (above.has(key) ? 0 : totalUs) + (known?.totalUs ?? 0),
      selfUs: selfUs + (known?.selfUs ?? 0),
    });
  }
  const underWay = new Set(above).add(key);
  for (const child of children) addRows(child, underWay, rows);
}

/** Microseconds of the nodes that `counts`. */
export function sumSelf(node: ProfileNode, counts: (node: ProfileNode) => boolean): number {
  const own = counts(node) ? node.selfUs : 0;
  return node.children.reduce((sum, child) => sum + sumSelf(child, counts), own);
}
