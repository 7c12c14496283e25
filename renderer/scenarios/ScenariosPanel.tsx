import { useEffect } from 'react';
import type { ScenarioFile } from '../../electron/bridge/contract.ts';
import { useCoverage } from '../debug/line-coverage/coverage-store.ts';
import { goToLocation } from '../editor/go-to-location.ts';
import { listScenarios } from './follow-scenarios.ts';
import { readScenarioCoverage } from './read-scenario-coverage.ts';
import { cancelScenarios, runScenarios } from './run-scenarios.ts';
import { saveFormAsScenario } from './save-as-scenario.ts';
import { countScenarios, countsWords } from './scenario-counts.ts';
import { ScenarioRow } from './ScenarioRow.tsx';
import { useScenarios } from './scenarios-store.ts';
import './scenarios.css';

function NoScenarios() {
  return (
    <div className="side-note">
      <p>
        No scenarios in this folder yet. A scenario keeps a message, the broker’s faults and what is
        expected of them in a file beside the policy, and runs again at any time.
      </p>
      <p>Save one from the form, or below the recording of a delivery.</p>
      <button type="button" className="button" onClick={saveFormAsScenario}>
        Save the form as scenario
      </button>
    </div>
  );
}

function File({ file: { file, problems, scenarios } }: { readonly file: ScenarioFile }) {
  return (
    <li>
      <h3 className="scenario-file">
        <button
          type="button"
          className="link"
          title={`Open ${file}`}
          onClick={() => void goToLocation({ file, line: 1 })}
        >
          {file}
        </button>
      </h3>
      {problems.length > 0 && (
        <ul className="scenario-problems" aria-label={`Mistakes in ${file}`}>
          {problems.map(({ line, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              <span className="tone-fail">{message}</span>{' '}
              <button
                type="button"
                className="link"
                onClick={() => void goToLocation({ file, line, column })}
              >
                Line {line}
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul aria-label={file}>
        {scenarios.map((scenario) => (
          <ScenarioRow key={scenario.name} file={file} scenario={scenario} />
        ))}
      </ul>
    </li>
  );
}

/** The scenarios of the folder: run them, see which expectation is not met, go there. */
export function ScenariosPanel() {
  const files = useScenarios((state) => state.files);
  const problem = useScenarios((state) => state.problem);
  const progress = useScenarios((state) => state.progress);
  const runOnSave = useScenarios((state) => state.runOnSave);
  const reading = useCoverage((state) => state.reading);
  useEffect(() => void listScenarios(), []);
  const counts = countScenarios(files ?? [], progress);
  const hasRun = counts.passed + counts.failed > 0;
  return (
    <div className="side-panel scenarios">
      <h2 className="side-title">Scenarios</h2>
      {problem !== undefined && <p className="side-note">{problem}</p>}
      {files?.length === 0 && <NoScenarios />}
      {files !== undefined && files.length > 0 && (
        <>
          <div className="scenarios-tools">
            {counts.pending > 0 ? (
              <button type="button" className="button" onClick={() => void cancelScenarios()}>
                Cancel
              </button>
            ) : (
              <button type="button" className="button primary" onClick={() => void runScenarios()}>
                Run all
              </button>
            )}
            <span className="scenarios-options">
              <button
                type="button"
                className="button quiet"
                aria-pressed={runOnSave}
                title="Runs all again whenever a file of the folder is saved"
                onClick={() => useScenarios.setState({ runOnSave: !runOnSave })}
              >
                On save
              </button>
              {hasRun && (
                <button
                  type="button"
                  className="button quiet"
                  aria-disabled={reading}
                  title="Which lines and branches the scenarios together have run; they are replayed for it"
                  onClick={() => void readScenarioCoverage()}
                >
                  {reading ? 'Reading' : 'Coverage'}
                </button>
              )}
            </span>
          </div>
          <p className="scenarios-count faint" role="status">
            {countsWords(counts)}
          </p>
          <ul className="scenarios-files" aria-label="Scenarios of this folder">
            {files.map((file) => (
              <File key={file.file} file={file} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
