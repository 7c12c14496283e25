import { TriangleAlert } from 'lucide-react';
import { focusEditor } from './code-editor.ts';
import { closeDocument } from './close-document.ts';
import type { OpenDocument } from './documents-store.ts';
import { keepMine, takeTheirs } from './resolve-disagreement.ts';

/** Asks what counts when the disk and the unsaved text differ. Neither is lost meanwhile. */
export function DisagreementBar({ document }: { readonly document: OpenDocument }) {
  const { path, disagreement } = document;
  if (!disagreement) return null;
  const deleted = disagreement.kind === 'deleted';
  return (
    <div className="editor-bar warn" role="alert">
      <TriangleAlert size={14} aria-hidden className="tone-warn" />
      <span className="editor-bar-text">
        {deleted
          ? `${path} was deleted on disk. Your text is still here.`
          : `${path} was changed on disk while you edited it. Choose which text counts; Undo brings the other back.`}
      </span>
      <button
        type="button"
        className="button small"
        onClick={() => void keepMine(path).then(focusEditor)}
      >
        {deleted ? 'Write it again' : 'Keep mine'}
      </button>
      <button
        type="button"
        className="button small"
        onClick={() => {
          if (deleted) closeDocument(path);
          else takeTheirs(path);
          focusEditor();
        }}
      >
        {deleted ? 'Close it' : 'Take theirs'}
      </button>
    </div>
  );
}
