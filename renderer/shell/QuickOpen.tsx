import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { WorkspaceSymbol } from '../../electron/bridge/language.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { goToLocation } from '../editor/go-to-location.ts';
import { openDocument } from '../editor/open-document.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { rankPaths } from './rank-paths.ts';

const mostShown = 50;
/** What begins a question about names instead of files, as in VS Code. */
const symbolMark = '#';

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly open: () => void;
}

function useFileChoices(typed: string): readonly Choice[] {
  const files = useWorkspace((state) => state.workspace?.files);
  return useMemo(() => {
    if (typed.startsWith(symbolMark)) return [];
    const all = (files ?? []).filter((file) => file.kind === 'file').map((file) => file.path);
    return rankPaths(all, typed)
      .slice(0, mostShown)
      .map((path) => ({
        key: path,
        name: path.slice(path.lastIndexOf('/') + 1),
        detail: path.slice(0, Math.max(path.lastIndexOf('/'), 0)),
        open: () => void openDocument(path),
      }));
  }, [files, typed]);
}

function choiceOf({ name, containerName, location }: WorkspaceSymbol): Choice {
  const { file, range } = location;
  const line = range.start.line + 1;
  return {
    key: `${file}:${line}:${range.start.character}`,
    name,
    detail: `${containerName === undefined ? '' : `in ${containerName}, `}${file}:${line}`,
    open: () => void goToLocation({ file, line, column: range.start.character + 1 }),
  };
}

/** Answers of before stay until there are new ones. */
function useSymbolChoices(typed: string): readonly Choice[] {
  const [found, setFound] = useState<readonly Choice[]>([]);
  const isAsked = typed.startsWith(symbolMark);
  useEffect(() => {
    if (!isAsked) return;
    let isLatest = true;
    workbench.call('language.symbols', { query: typed.slice(symbolMark.length) }).then(
      (symbols) => {
        if (isLatest) setFound(symbols.slice(0, mostShown).map(choiceOf));
      },
      // Overtaken by a newer question.
      () => undefined,
    );
    return () => {
      isLatest = false;
    };
  }, [typed, isAsked]);
  return isAsked ? found : [];
}

/** Goes to a file by some letters of its path, behind `#` to a handler or function by its name. */
export function QuickOpen({
  onClose,
  begin = '',
}: {
  readonly onClose: () => void;
  readonly begin?: string;
}) {
  const [typed, setTyped] = useState(begin);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const files = useFileChoices(typed);
  const symbols = useSymbolChoices(typed);
  const isSymbols = typed.startsWith(symbolMark);
  const choices = isSymbols ? symbols : files;

  function open(choice: Choice | undefined): void {
    if (choice === undefined) return;
    onClose();
    choice.open();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') open(choices[at]);
    else if (step !== 0 && choices.length > 0) {
      const next = (at + step + choices.length) % choices.length;
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
  }

  const title = isSymbols ? 'Go to handler or function' : 'Go to file';
  return (
    <Dialog title={title} className="at-top quick-open" hideHead onClose={onClose}>
      <input
        className="input plain"
        role="combobox"
        aria-label={title}
        aria-expanded={choices.length > 0}
        aria-controls="quick-open-files"
        aria-activedescendant={choices.length > 0 ? `quick-open-${at}` : undefined}
        placeholder="Go to file, or # and the name of a handler or function"
        spellCheck={false}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 ? (
        <p className="empty">
          {isSymbols ? 'No handler or function has this name.' : 'No file of this folder matches.'}
        </p>
      ) : (
        <ul
          id="quick-open-files"
          role="listbox"
          aria-label={isSymbols ? 'Handlers and functions' : 'Files'}
          ref={list}
        >
          {choices.map((choice, index) => (
            <li
              key={choice.key}
              id={`quick-open-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseEnter={() => setAt(index)}
              onClick={() => open(choice)}
            >
              <span>{choice.name}</span>
              <span className="faint clip">{choice.detail}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
