import { ChevronRight } from 'lucide-react';
import { useState, type MouseEvent } from 'react';
import { formatCount } from '../../wording/quantities.ts';
import { valueTone, type ValueRow } from '../values/value-tree.ts';
import type { RowEdit } from './ValueTree.tsx';

interface ValueRowViewProps {
  readonly id: string;
  readonly row: ValueRow;
  /** Pixels from the top of the tree. */
  readonly top: number;
  readonly selected: boolean;
  readonly edit: RowEdit | undefined;
  readonly onEndEdit: () => void;
  readonly onPress: () => void;
  readonly onEdit: () => void;
  readonly onContextMenu: (event: MouseEvent) => void;
}

function EditField({ edit, onEnd }: { readonly edit: RowEdit; readonly onEnd: () => void }) {
  const [text, setText] = useState(edit.text);
  return (
    <input
      className="input row-input"
      aria-label={edit.label}
      autoFocus
      spellCheck={false}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={onEnd}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && text !== edit.text) edit.commit(text);
        if (event.key === 'Enter' || event.key === 'Escape') onEnd();
      }}
    />
  );
}

/** A name and its value. */
export function ValueRowView(props: ValueRowViewProps) {
  const { id, row, top, selected, edit, onEndEdit } = props;
  const { node, level } = row;
  const isScope = node.type === 'scope';
  return (
    <div
      id={id}
      role="treeitem"
      className="value-row"
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={node.ref > 0 ? row.expanded : undefined}
      data-scope={isScope}
      data-changed={node.changed}
      style={{ top, paddingLeft: 8 + (level - 1) * 14 }}
      title={isScope || row.more !== undefined ? undefined : `${node.name} = ${node.value}`}
      onClick={props.onPress}
      onDoubleClick={props.onEdit}
      onContextMenu={props.onContextMenu}
    >
      <ChevronRight
        size={12}
        aria-hidden
        className="value-chevron"
        style={{ visibility: node.ref > 0 ? 'visible' : 'hidden' }}
      />
      {row.more === undefined ? (
        <>
          <span className="value-name">{node.name}</span>
          {edit ? (
            <EditField edit={edit} onEnd={onEndEdit} />
          ) : (
            <span className={`value-text ${valueTone(node)}`}>{node.value}</span>
          )}
        </>
      ) : (
        <span className="value-more">{formatCount(row.more)} more, show the next</span>
      )}
    </div>
  );
}
