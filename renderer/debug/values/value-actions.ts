/** What a person does to a row of values. */
import { sentenceOf } from '../../bridge/workbench-bridge.ts';
import { notify } from '../../shell/notices-store.ts';
import { currentClient } from '../session/current-client.ts';
import { showStopAgain } from '../session/show-stop.ts';
import { loadChildren } from './load-values.ts';
import { useValues } from './values-store.ts';
import type { ValueNode, ValueRow } from './value-tree.ts';

/** Opens or closes a row; what is in it is asked for when it is opened. */
export async function setExpanded(row: ValueRow, open: boolean): Promise<void> {
  if (row.node.ref === 0) return;
  useValues.setState(({ expanded }) => {
    const next = new Set(expanded);
    if (open) next.add(row.path);
    else next.delete(row.path);
    return { expanded: next };
  });
  const client = currentClient();
  if (!open || !client || useValues.getState().children.has(row.path)) return;
  await loading(() => loadChildren(client, row.node, row.path));
}

/** Fetches the next children of a row that has more than are here. */
export async function loadMore(parent: ValueNode, path: string): Promise<void> {
  const client = currentClient();
  if (client) await loading(() => loadChildren(client, parent, path));
}

async function loading(load: () => Promise<void>): Promise<void> {
  try {
    await load();
  } catch (error) {
    // The script has gone on meanwhile: the next stop asks again.
    if (currentClient()) notify(sentenceOf(error), 'fail');
  }
}

/**
 * Gives a variable another value.
 *
 * @param parentRef the number of the scope or table that holds it
 * @param text a Lua expression
 */
export async function setValue(parentRef: number, name: string, text: string): Promise<void> {
  const client = currentClient();
  if (!client) return;
  try {
    await client.request('setVariable', { variablesReference: parentRef, name, value: text });
    // Others may show the same value: a table has many names.
    await showStopAgain();
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
