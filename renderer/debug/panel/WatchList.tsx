import { useMemo, useState } from 'react';
import type { MenuItem } from '../../controls/MenuItems.tsx';
import { useSession } from '../session/session-store.ts';
import { setValue } from '../values/value-actions.ts';
import type { ValueNode, ValueRow } from '../values/value-tree.ts';
import { useValues, watchRoot } from '../values/values-store.ts';
import { addWatch, changeWatch, removeWatch, useWatches } from '../values/watches-store.ts';
import { valueMenu } from './value-menu.ts';
import { ValueTree, type RowEdit } from './ValueTree.tsx';

/** An expression whose value is on its way, or that nothing can evaluate now. */
function withoutValue(expression: string): ValueNode {
  return {
    name: expression,
    value: '',
    type: '',
    ref: 0,
    readOnly: true,
    changed: false,
    failed: false,
  };
}

function NewWatch() {
  const [text, setText] = useState('');
  return (
    <input
      className="input row-input watch-input"
      aria-label="Expression to watch"
      placeholder="Watch an expression"
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        addWatch(text);
        setText('');
      }}
    />
  );
}

/** Expressions that are evaluated at every stop. */
export function WatchList() {
  const expressions = useWatches((state) => state.expressions);
  const watched = useValues((state) => state.watched);
  const stale = useSession((state) => state.looksRunning);
  const roots = useMemo(
    () =>
      expressions.map(
        (expression) =>
          watched.find((node) => node.name === expression) ?? withoutValue(expression),
      ),
    [expressions, watched],
  );

  const isRoot = (row: ValueRow): boolean => row.parent === watchRoot;
  const indexOf = (row: ValueRow): number => expressions.indexOf(row.node.name);
  function editOf(row: ValueRow, parentRef: number): RowEdit | undefined {
    const { name, value, readOnly } = row.node;
    if (isRoot(row)) {
      return {
        text: name,
        label: 'Expression to watch',
        commit: (text) => changeWatch(indexOf(row), text),
      };
    }
    if (readOnly || parentRef === 0) return undefined;
    return {
      text: value,
      label: `New value of ${name}`,
      commit: (text) => void setValue(parentRef, name, text),
    };
  }
  function menuOf(row: ValueRow, parentRef: number): readonly MenuItem[] {
    const items = valueMenu(row, parentRef, editOf(row, parentRef) !== undefined);
    if (!isRoot(row)) return items;
    return [
      ...items
        .filter(({ id }) => id !== 'watch')
        .map((item) => (item.id === 'edit' ? { ...item, label: 'Edit expression' } : item)),
      { id: 'remove', label: 'Remove', onChoose: () => removeWatch(indexOf(row)) },
    ];
  }

  return (
    <section className="debug-fill short" aria-label="Watch" data-stale={stale}>
      <h3 className="debug-heading">Watch</h3>
      {roots.length > 0 && (
        <ValueTree
          name="Watch"
          roots={roots}
          rootPath={watchRoot}
          editOf={editOf}
          menuOf={menuOf}
          onDelete={(row) => {
            if (isRoot(row)) removeWatch(indexOf(row));
          }}
        />
      )}
      <NewWatch />
    </section>
  );
}
