/** Asks for the values of a frame, and for what of them was open at the stop before. */
import type { DapClient } from '../session/dap-client.ts';
import {
  distinctNames,
  nextPage,
  nodeOf,
  pathOf,
  remaining,
  type Children,
  type ValueNode,
} from './value-tree.ts';
import { openAtFirst, useValues, watchRoot, type FrameValues } from './values-store.ts';
import { useWatches } from './watches-store.ts';

type Before = (path: string) => ValueNode | undefined;

interface Loading {
  readonly client: DapClient;
  readonly expanded: ReadonlySet<string>;
  readonly before: Before;
  readonly children: Map<string, Children>;
}

/** Finds what stood at a path before. */
function memoryOf(children: ReadonlyMap<string, Children>): Before {
  const nodes = new Map<string, ValueNode>();
  for (const [parent, { nodes: list }] of children) {
    const names = distinctNames(list);
    list.forEach((node, index) => nodes.set(pathOf(parent, names[index] ?? node.name), node));
  }
  return (path) => nodes.get(path);
}

/** One more page of a node's children, after those that are here. */
async function fetchPage(
  client: DapClient,
  node: ValueNode,
  path: string,
  before: Before,
  loaded: readonly ValueNode[],
): Promise<Children> {
  const page = nextPage(node, loaded.length);
  if (!page) return { nodes: loaded, more: 0 };
  const { variables } = await client.request('variables', {
    variablesReference: node.ref,
    ...page,
  });
  const names = distinctNames(variables);
  const fetched = variables.map((variable, index) =>
    nodeOf(variable, before(pathOf(path, names[index] ?? variable.name))),
  );
  const nodes = [...loaded, ...fetched];
  return { nodes, more: fetched.length === 0 ? 0 : remaining(node, nodes.length) };
}

async function fetchOpen(loading: Loading, node: ValueNode, path: string): Promise<void> {
  if (node.ref === 0) return;
  const children = await fetchPage(loading.client, node, path, loading.before, []);
  loading.children.set(path, children);
  const names = distinctNames(children.nodes);
  await Promise.all(
    children.nodes.map((child, index) => {
      const childPath = pathOf(path, names[index] ?? child.name);
      return loading.expanded.has(childPath)
        ? fetchOpen(loading, child, childPath)
        : Promise.resolve();
    }),
  );
}

/** A scope as the tree's top. */
function scopeNode(scope: {
  readonly name: string;
  readonly variablesReference: number;
  readonly namedVariables?: number;
  readonly indexedVariables?: number;
}): ValueNode {
  return {
    name: scope.name,
    value: '',
    type: 'scope',
    ref: scope.variablesReference,
    ...(scope.namedVariables === undefined ? {} : { named: scope.namedVariables }),
    ...(scope.indexedVariables === undefined ? {} : { indexed: scope.indexedVariables }),
    readOnly: true,
    changed: false,
    failed: false,
  };
}

/**
 * Evaluates an expression for a list of values; a failure is a node of its own that says why.
 *
 * @param frameId absent: in no frame
 */
export async function evaluateNode(
  client: DapClient,
  expression: string,
  frameId: number | undefined,
  before?: ValueNode,
): Promise<ValueNode> {
  try {
    const body = await client.request('evaluate', {
      expression,
      context: 'watch',
      ...(frameId === undefined ? {} : { frameId }),
    });
    const { result, ...rest } = body;
    return nodeOf({ name: expression, value: result, evaluateName: expression, ...rest }, before);
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    return {
      name: expression,
      value,
      type: '',
      ref: 0,
      readOnly: true,
      changed: false,
      failed: true,
    };
  }
}

async function loadScopes(loading: Loading, frameId: number): Promise<readonly ValueNode[]> {
  const { scopes } = await loading.client.request('scopes', { frameId });
  const nodes = scopes.map(scopeNode);
  await Promise.all(
    nodes.map((node) =>
      // Those of the frame itself are always asked for: the editor shows them beside the lines.
      openAtFirst.includes(node.name) || loading.expanded.has(node.name)
        ? fetchOpen(loading, node, node.name)
        : Promise.resolve(),
    ),
  );
  return nodes;
}

async function loadWatched(loading: Loading, frameId: number): Promise<readonly ValueNode[]> {
  const old = new Map(useValues.getState().watched.map((node) => [node.name, node]));
  return Promise.all(
    useWatches.getState().expressions.map(async (expression) => {
      const node = await evaluateNode(loading.client, expression, frameId, old.get(expression));
      const path = pathOf(watchRoot, expression);
      if (loading.expanded.has(path)) await fetchOpen(loading, node, path);
      return node;
    }),
  );
}

/**
 * Asks for a frame's values, with what of them is open.
 *
 * @param compare whether the store holds the same function's values, so that changes can be marked
 */
export async function readFrameValues(
  client: DapClient,
  frameId: number,
  compare: boolean,
): Promise<FrameValues> {
  const state = useValues.getState();
  const loading: Loading = {
    client,
    expanded: state.expanded,
    before: compare ? memoryOf(state.children) : () => undefined,
    children: new Map(),
  };
  const [scopes, watched] = await Promise.all([
    loadScopes(loading, frameId),
    loadWatched(loading, frameId),
  ]);
  return { scopes, watched, children: loading.children };
}

/** Whether these are the values of what is watched now: a person adds and changes meanwhile. */
function isOfWatchesNow(watched: readonly ValueNode[]): boolean {
  const { expressions } = useWatches.getState();
  return (
    watched.length === expressions.length &&
    watched.every((node, index) => node.name === expressions[index])
  );
}

/** Shows what was read of a frame, and evaluates what was watched after it was asked for. */
export async function showFrameValues(
  client: DapClient,
  frameId: number,
  values: FrameValues,
): Promise<void> {
  useValues.setState(values);
  if (!isOfWatchesNow(values.watched)) await reloadWatched(client, frameId);
}

/** Evaluates the watched expressions again, when only they have changed. */
export async function reloadWatched(client: DapClient, frameId: number): Promise<void> {
  const { expanded, children } = useValues.getState();
  const loading: Loading = { client, expanded, before: memoryOf(children), children: new Map() };
  const watched = await loadWatched(loading, frameId);
  // Those that were added meanwhile are on their way by themselves.
  if (!isOfWatchesNow(watched)) return;
  useValues.setState((state) => ({
    watched,
    children: new Map([...state.children, ...loading.children]),
  }));
}

/** Fetches a node's first children, or one page more of them. */
export async function loadChildren(
  client: DapClient,
  node: ValueNode,
  path: string,
): Promise<void> {
  const loaded = useValues.getState().children.get(path)?.nodes ?? [];
  const children = await fetchPage(client, node, path, () => undefined, loaded);
  useValues.setState((state) => ({ children: new Map(state.children).set(path, children) }));
}
