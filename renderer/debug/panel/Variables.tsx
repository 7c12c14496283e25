import { useSession } from '../session/session-store.ts';
import { setValue } from '../values/value-actions.ts';
import type { ValueRow } from '../values/value-tree.ts';
import { useValues } from '../values/values-store.ts';
import { valueMenu } from './value-menu.ts';
import { ValueTree, type RowEdit } from './ValueTree.tsx';

function editOf({ node }: ValueRow, parentRef: number): RowEdit | undefined {
  if (node.readOnly || parentRef === 0) return undefined;
  return {
    text: node.value,
    label: `New value of ${node.name}`,
    commit: (text) => void setValue(parentRef, node.name, text),
  };
}

/** What the script knows where it stands. */
export function Variables() {
  const scopes = useValues((state) => state.scopes);
  const stale = useSession((state) => state.looksRunning);
  return (
    <section className="debug-fill" aria-label="Variables" data-stale={stale}>
      <h3 className="debug-heading">Variables</h3>
      {scopes.length > 0 && (
        <ValueTree
          name="Variables"
          roots={scopes}
          rootPath=""
          editOf={editOf}
          menuOf={(row, parentRef) =>
            valueMenu(row, parentRef, editOf(row, parentRef) !== undefined)
          }
        />
      )}
    </section>
  );
}
