import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { openDocument } from '../editor/open-document.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { rankPaths } from './rank-paths.ts';

const mostShown = 50;

/** Goes to a file by some letters of its path. */
export function QuickOpen({ onClose }: { readonly onClose: () => void }) {
  const files = useWorkspace((state) => state.workspace?.files);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const paths = useMemo(() => {
    const all = (files ?? []).filter((file) => file.kind === 'file').map((file) => file.path);
    return rankPaths(all, typed).slice(0, mostShown);
  }, [files, typed]);

  function open(path: string | undefined): void {
    if (path === undefined) return;
    onClose();
    void openDocument(path);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') open(paths[at]);
    else if (step !== 0 && paths.length > 0) {
      const next = (at + step + paths.length) % paths.length;
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
  }

  return (
    <Dialog title="Go to file" className="at-top quick-open" hideHead onClose={onClose}>
      <input
        className="input plain"
        role="combobox"
        aria-label="Go to file"
        aria-expanded={paths.length > 0}
        aria-controls="quick-open-files"
        aria-activedescendant={paths.length > 0 ? `quick-open-${at}` : undefined}
        placeholder="Go to file"
        spellCheck={false}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {paths.length === 0 ? (
        <p className="empty">No file of this folder matches.</p>
      ) : (
        <ul id="quick-open-files" role="listbox" aria-label="Files" ref={list}>
          {paths.map((path, index) => (
            <li
              key={path}
              id={`quick-open-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseEnter={() => setAt(index)}
              onClick={() => open(path)}
            >
              <span>{path.slice(path.lastIndexOf('/') + 1)}</span>
              <span className="faint clip">
                {path.slice(0, Math.max(path.lastIndexOf('/'), 0))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
