import type { MenuItem } from '../../controls/MenuItems.tsx';
import { copyText } from '../../recording/copy-text.ts';
import { runBackToLastChange } from '../session/run-control.ts';
import type { ValueRow } from '../values/value-tree.ts';
import { addWatch } from '../values/watches-store.ts';

/** What can be done with a value, wherever it is shown. */
export function valueMenu(row: ValueRow, parentRef: number, canEdit: boolean): MenuItem[] {
  const { name, value, expression, type, failed } = row.node;
  if (type === 'scope' || row.more !== undefined) return [];
  const items: MenuItem[] = [];
  // What it does is put in by the tree, which has the field.
  if (canEdit) items.push({ id: 'edit', label: 'Set value', onChoose: () => undefined });
  if (parentRef > 0) {
    items.push({
      id: 'last-change',
      label: `Run back to last change of ${name}`,
      onChoose: () => void runBackToLastChange(parentRef, name),
    });
  }
  if (!failed) {
    items.push({
      id: 'copy',
      label: 'Copy value',
      onChoose: () => void copyText(value, 'The value'),
    });
  }
  if (expression !== undefined) {
    items.push(
      {
        id: 'copy-expression',
        label: 'Copy expression',
        onChoose: () => void copyText(expression, 'The expression'),
      },
      { id: 'watch', label: 'Watch', onChoose: () => addWatch(expression) },
    );
  }
  return items;
}
