import { useState } from 'react';
import { FormDialog } from '../controls/FormDialog.tsx';
import { saveScenario, suggestedFile } from './save-as-scenario.ts';
import { useScenarios } from './scenarios-store.ts';

const notes = {
  form: 'It runs what the form says with the broker and faults of now. Expected is where the queue goes now; add to it in the file.',
  delivery:
    'It delivers this message again with the same broker and faults. Expected is what happened: what was published, what the broker did, what kumod logs.',
} as const;

const noteOnQueues =
  'Its embedded broker has the queues of definitions.json, and not those that were declared by hand.';

/** Asks what a scenario is called and where it is kept. */
export function SaveScenarioDialog({ onClose }: { readonly onClose: () => void }) {
  const saving = useScenarios((state) => state.saving);
  const files = useScenarios((state) => state.files);
  const [name, setName] = useState(saving?.name ?? '');
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  // The list may come while the dialog is open.
  const file = typed ?? suggestedFile();

  return (
    <FormDialog
      title="Save as scenario"
      onClose={onClose}
      action="Save"
      ready={name.trim() !== '' && file.trim() !== ''}
      problem={problem}
      onProblem={setProblem}
      onSubmit={() => saveScenario(file.trim(), name.trim())}
    >
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
      <p className="faint">{`${notes[saving?.from.kind ?? 'form']} ${noteOnQueues}`}</p>
    </FormDialog>
  );
}
