import { useState } from 'react';
import { workbench } from '../bridge/workbench-bridge.ts';
import { FormDialog } from '../controls/FormDialog.tsx';
import { addDocument, openDocument } from '../editor/open-document.ts';
import { useWorkspace } from './workspace-store.ts';

/** Makes an empty file in the workspace and opens it. */
export function NewFileDialog({ onClose }: { readonly onClose: () => void }) {
  const hasPolicy = useWorkspace((state) => state.workspace?.policyFile !== '');
  const [path, setPath] = useState(hasPolicy ? '' : 'init.lua');
  const [problem, setProblem] = useState<string>();

  async function create(): Promise<string | undefined> {
    const answer = await workbench.call('workspace.write', { path: path.trim(), text: '' });
    if (answer.result === 'conflict') return `${path} is there already. Choose another name.`;
    addDocument(answer.file);
    await openDocument(answer.file.path);
    return undefined;
  }

  return (
    <FormDialog
      title="New file"
      onClose={onClose}
      action="Create"
      ready={path.trim() !== ''}
      problem={problem}
      onProblem={setProblem}
      onSubmit={create}
    >
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
    </FormDialog>
  );
}
