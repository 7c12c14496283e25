import { useEffect, useState } from 'react';
import type { ScenarioDraft } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useBrokers } from '../brokers/brokers-store.ts';
import { draftLines, runWords } from './draft-words.ts';
import type { ScenarioToSave } from './scenarios-store.ts';
import './saved-parts.css';

type From = ScenarioToSave['from'];
type Delivery = Extract<From, { kind: 'delivery' }>;

interface SavedPartsProps {
  readonly from: From;
  readonly onFrom: (from: From) => void;
}

/** What the scenario will hold: asked of the host, which knows what the broker held. */
export function SavedParts({ from, onFrom }: SavedPartsProps) {
  const dialects = useBrokers((state) => state.dialects);
  const [draft, setDraft] = useState<ScenarioDraft>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    workbench.call('scenarios.draft', { from }).then(
      (answer) => {
        if (!isCurrent) return;
        setDraft(answer);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (isCurrent) setProblem(sentenceOf(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [from]);
  return (
    <>
      {draft?.run && from.kind === 'delivery' && (
        <OfLoadRun run={draft.run} from={from} onFrom={onFrom} />
      )}
      {problem === undefined ? (
        <dl className="scenario-parts" aria-label="What is saved">
          {draft &&
            draftLines(draft, from, dialects).map(({ title, words }) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{words}</dd>
              </div>
            ))}
        </dl>
      ) : (
        <p className="field-problem" role="status">
          {problem}
        </p>
      )}
    </>
  );
}

/** A delivery of a load run: it alone, or all of them. */
function OfLoadRun({
  run,
  from,
  onFrom,
}: {
  readonly run: NonNullable<ScenarioDraft['run']>;
  readonly from: Delivery;
  readonly onFrom: (from: From) => void;
}) {
  const choices = [
    { wholeRun: false, words: 'this message' },
    { wholeRun: true, words: `the whole run: ${runWords(run)}` },
  ];
  return (
    <fieldset className="scenario-extent">
      <legend>This delivery is one of a load run. Save</legend>
      {choices.map(({ wholeRun, words }) => (
        <label key={words}>
          <input
            type="radio"
            name="scenario-extent"
            checked={(from.wholeRun ?? false) === wholeRun}
            onChange={() => onFrom({ ...from, wholeRun })}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
