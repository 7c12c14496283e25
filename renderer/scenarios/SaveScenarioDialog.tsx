import { useState } from 'react';
import { FormDialog } from '../controls/FormDialog.tsx';
import { saveScenario, suggestedFile } from './save-as-scenario.ts';
import { SavedParts } from './SavedParts.tsx';
import { useScenarios } from './scenarios-store.ts';
import type { ScenarioToSave } from './scenarios-store.ts';

/** Asks what a scenario is called and where it is kept. */
export function SaveScenarioDialog({ onClose }: { readonly onClose: () => void }) {
  const saving = useScenarios((state) => state.saving);
  return saving && <SaveScenario saving={saving} onClose={onClose} />;
}

function SaveScenario({
  saving,
  onClose,
}: {
  readonly saving: ScenarioToSave;
  readonly onClose: () => void;
}) {
  const files = useScenarios((state) => state.files);
  const [name, setName] = useState(saving.name);
  const [from, setFrom] = useState(saving.from);
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
      onSubmit={() => saveScenario(file.trim(), name.trim(), from)}
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
      <SavedParts from={from} onFrom={setFrom} />
    </FormDialog>
  );
}
