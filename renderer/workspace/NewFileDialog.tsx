import { useState, type SubmitEvent } from 'react';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { addDocument, openDocument } from '../editor/open-document.ts';
import { useWorkspace } from './workspace-store.ts';

/** Makes an empty file in the workspace and opens it. */
export function NewFileDialog({ onClose }: { readonly onClose: () => void }) {
  const hasPolicy = useWorkspace((state) => state.workspace?.policyFile !== '');
  const [path, setPath] = useState(hasPolicy ? '' : 'init.lua');
  const [problem, setProblem] = useState<string>();

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    try {
      const answer = await workbench.call('workspace.write', { path: path.trim(), text: '' });
      if (answer.result === 'conflict') {
        setProblem(`${path} is there already. Choose another name.`);
        return;
      }
      addDocument(answer.file);
      await openDocument(answer.file.path);
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  return (
    <Dialog
      title="New file"
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            form="new-file"
            className="button primary"
            disabled={path.trim() === ''}
          >
            Create
          </button>
        </>
      }
    >
      <form id="new-file" className="dialog-body" onSubmit={(event) => void create(event)}>
        <label className="field">
          Name in the policy folder
          <input
            className="input"
            value={path}
            placeholder="routes.lua"
            spellCheck={false}
            data-autofocus
            aria-invalid={problem !== undefined}
            onChange={(event) => setPath(event.target.value)}
          />
        </label>
        {problem !== undefined && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
