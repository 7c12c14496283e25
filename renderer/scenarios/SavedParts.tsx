import { useEffect, useState } from 'react';
import type { ScenarioDraft } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useBrokers } from '../brokers/brokers-store.ts';
import { draftLines } from './draft-words.ts';
import type { ScenarioToSave } from './scenarios-store.ts';

/** What the scenario will hold: asked of the host, which knows what the broker held. */
export function SavedParts({ from }: { readonly from: ScenarioToSave['from'] }) {
  const dialects = useBrokers((state) => state.dialects);
  const [draft, setDraft] = useState<ScenarioDraft>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    workbench.call('scenarios.draft', { from }).then(
      (answer) => {
        if (isCurrent) setDraft(answer);
      },
      (error: unknown) => {
        if (isCurrent) setProblem(sentenceOf(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [from]);
  if (problem !== undefined) {
    return (
      <p className="field-problem" role="status">
        {problem}
      </p>
    );
  }
  return (
    <dl className="scenario-parts" aria-label="What is saved">
      {draft &&
        draftLines(draft, from.kind, dialects).map(({ title, words }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{words}</dd>
          </div>
        ))}
    </dl>
  );
}
