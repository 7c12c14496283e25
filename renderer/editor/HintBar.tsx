import { Lightbulb, X } from 'lucide-react';
import { focusEditor } from './code-editor.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { deliver } from '../simulate/deliver.ts';

/** A sample's one sentence on what to try, with the button that tries it. */
export function HintBar() {
  const root = useWorkspace((state) => state.workspace?.root);
  const hint = useWorkspace((state) => state.workspace?.hint);
  const dismissed = useWorkspace((state) => state.dismissedHints.includes(root ?? ''));
  if (root === undefined || hint === undefined || hint === '' || dismissed) return null;
  return (
    <div className="editor-bar" role="note" aria-label="What to try">
      <Lightbulb size={14} aria-hidden className="tone-info" />
      <span className="editor-bar-text">{hint}</span>
      <button type="button" className="button small" onClick={() => void deliver()}>
        Deliver one
      </button>
      <button
        type="button"
        className="button quiet icon small"
        aria-label="Dismiss this hint"
        onClick={() => {
          useWorkspace.setState(({ dismissedHints }) => ({
            dismissedHints: [...dismissedHints, root],
          }));
          focusEditor();
        }}
      >
        <X size={13} aria-hidden />
      </button>
    </div>
  );
}
