import { useState, type SubmitEvent } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { saveScenario, suggestedFile } from './save-as-scenario.ts';
import { useScenarios } from './scenarios-store.ts';

const notes = {
  form: 'It runs what the form says with the broker and faults of now. Expected is where the queue goes now; add to it in the file.',
  delivery:
    'It delivers this message again with the same broker and faults. Expected is what happened: what was published, what the broker did, what kumod logs.',
} as const;

/** Asks what a scenario is called and where it is kept. */
export function SaveScenarioDialog({ onClose }: { readonly onClose: () => void }) {
  const saving = useScenarios((state) => state.saving);
  const files = useScenarios((state) => state.files);
  const [name, setName] = useState(saving?.name ?? '');
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  // The list may come while the dialog is open.
  const file = typed ?? suggestedFile();

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const told = await saveScenario(file.trim(), name.trim());
    setProblem(told);
    if (told === undefined) onClose();
  }

  return (
    <Dialog
      title="Save as scenario"
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            form="save-scenario"
            className="button primary"
            disabled={name.trim() === '' || file.trim() === ''}
          >
            Save
          </button>
        </>
      }
    >
      <form id="save-scenario" className="dialog-body" onSubmit={(event) => void save(event)}>
        <label className="field">
          Name
          <input
            className="input plain"
            value={name}
            data-autofocus
            aria-invalid={problem !== undefined}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          File
          <input
            className="input"
            value={file}
            list="scenario-files"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <datalist id="scenario-files">
          {files?.map((each) => (
            <option key={each.file} value={each.file} />
          ))}
        </datalist>
        <p className="faint">{notes[saving?.from.kind ?? 'form']}</p>
        {problem !== undefined && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
