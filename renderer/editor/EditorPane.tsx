import { useEffect, useRef } from 'react';
import { DebugLayer } from '../debug/editor/DebugLayer.tsx';
import { showDialog } from '../shell/layout-store.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { createCodeEditor, whenEditorIsThere } from './code-editor.ts';
import { DisagreementBar } from './DisagreementBar.tsx';
import { modelOf } from './document-models.ts';
import { findDocument, useDocuments } from './documents-store.ts';
import { EditorTabs } from './EditorTabs.tsx';
import { HintBar } from './HintBar.tsx';
import './editor.css';

/** When the policy's text can be read and changed: what the start is measured by. */
function markUsable(): void {
  if (performance.getEntriesByName('workbench-editor-usable').length > 0) return;
  requestAnimationFrame(() => performance.mark('workbench-editor-usable'));
}

function showCursor(at: { readonly lineNumber: number; readonly column: number } | null): void {
  if (at) useDocuments.setState({ cursor: { line: at.lineNumber, column: at.column } });
}

/** Shows the active file in the one code editor, each with its own cursor and scroll position. */
function useActiveModel(active: string | undefined): void {
  useEffect(() => {
    if (active === undefined) return;
    const entry = modelOf(active);
    if (!entry) return;
    whenEditorIsThere((editor) => {
      editor.setModel(entry.model);
      editor.updateOptions({ readOnly: findDocument(active)?.recorded ?? false });
      if (entry.viewState) editor.restoreViewState(entry.viewState);
      showCursor(editor.getPosition());
      markUsable();
    });
    return () => {
      whenEditorIsThere((editor) => {
        entry.viewState = editor.saveViewState() ?? undefined;
        editor.setModel(null);
      });
    };
  }, [active]);
}

export function EditorPane() {
  const container = useRef<HTMLDivElement>(null);
  const active = useDocuments((state) => state.active);
  const document = useDocuments((state) => state.documents.find((d) => d.path === state.active));
  const hasFiles = useWorkspace((state) => (state.workspace?.files.length ?? 0) > 0);
  const opened = useWorkspace((state) => state.workspace !== undefined);
  const isBeginning = useDocuments((state) => state.isBeginning);

  useEffect(() => {
    if (!container.current) return;
    const dispose = createCodeEditor(container.current, 13);
    whenEditorIsThere((editor) => {
      editor.onDidChangeCursorPosition(({ position }) => showCursor(position));
    });
    return dispose;
  }, []);
  useActiveModel(active);

  return (
    <section className="editor" aria-label="Editor">
      <EditorTabs />
      <HintBar />
      {document && <DisagreementBar document={document} />}
      <div
        className="editor-text"
        id="editor-panel"
        role="tabpanel"
        aria-label={active ?? 'No file'}
      >
        <div ref={container} className="editor-monaco" hidden={active === undefined} />
        <DebugLayer />
        {active === undefined && opened && !isBeginning && (
          <div className="empty">
            <p>
              {hasFiles
                ? 'No file is open. Choose one on the left, or open another policy.'
                : 'This folder holds no files yet. Create init.lua, or open another policy.'}
            </p>
            <span className="callout-actions">
              {hasFiles ? (
                <button type="button" className="button" onClick={() => showDialog('quick-open')}>
                  Go to file <span className="key">Ctrl P</span>
                </button>
              ) : (
                <button type="button" className="button" onClick={() => showDialog('new-file')}>
                  New file
                </button>
              )}
              <button type="button" className="button" onClick={() => showDialog('open-folder')}>
                Open folder <span className="key">Ctrl O</span>
              </button>
            </span>
          </div>
        )}
      </div>
    </section>
  );
}
