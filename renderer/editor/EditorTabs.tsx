import { X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { closeDocument, saveAndClose } from './close-document.ts';
import { useDocuments } from './documents-store.ts';
import { openDocument } from './open-document.ts';

/** The open files. Arrows move between them, Delete closes one. */
export function EditorTabs() {
  const documents = useDocuments((state) => state.documents);
  const active = useDocuments((state) => state.active);
  const [closing, setClosing] = useState<string>();
  const list = useRef<HTMLDivElement>(null);

  function close(path: string): void {
    if (documents.find((open) => open.path === path)?.dirty) setClosing(path);
    else closeDocument(path);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const at = documents.findIndex((open) => open.path === active);
    if (event.key === 'Delete' && active !== undefined) close(active);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = documents[at + step];
    if (step === 0 || !next) return;
    event.preventDefault();
    void openDocument(next.path);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at + step]?.focus();
  }

  return (
    <div className="editor-tabs">
      <div ref={list} role="tablist" aria-label="Open files" onKeyDown={onKeyDown}>
        {documents.map(({ path, dirty, disagreement, recorded }) => (
          <div key={path} className="editor-tab" data-active={path === active} role="presentation">
            <button
              type="button"
              role="tab"
              aria-selected={path === active}
              aria-controls="editor-panel"
              tabIndex={path === active ? 0 : -1}
              title={path}
              onClick={() => void openDocument(path)}
              onAuxClick={(event) => event.button === 1 && close(path)}
            >
              {path.slice(path.lastIndexOf('/') + 1)}
              {recorded && <span className="faint">as it was run</span>}
              {disagreement && <span className="tone-warn">changed on disk</span>}
              {dirty && <span className="only-read-aloud">unsaved</span>}
            </button>
            <button
              type="button"
              className="editor-tab-close"
              data-dirty={dirty}
              // A tablist may hold nothing but tabs for assistive technology; Delete closes there.
              aria-hidden
              title={`Close ${path}`}
              tabIndex={-1}
              onClick={() => close(path)}
            >
              <X size={12} aria-hidden />
            </button>
          </div>
        ))}
      </div>
      {closing !== undefined && (
        <Dialog
          title={`Save ${closing}?`}
          onClose={() => setClosing(undefined)}
          actions={
            <>
              <button
                type="button"
                className="button quiet"
                onClick={() => {
                  closeDocument(closing);
                  setClosing(undefined);
                }}
              >
                Discard the changes
              </button>
              <button type="button" className="button" onClick={() => setClosing(undefined)}>
                Cancel
              </button>
              <button
                type="button"
                className="button primary"
                data-autofocus
                onClick={() => {
                  void saveAndClose(closing);
                  setClosing(undefined);
                }}
              >
                Save
              </button>
            </>
          }
        >
          <p className="dialog-body dialog-text">
            The file has changes that are not on disk. Closing without saving loses them.
          </p>
        </Dialog>
      )}
    </div>
  );
}
