import { useEffect, useState } from 'react';
import type { CallOutput, ReadLine } from '../../electron/bridge/contract.ts';
import { latestCall } from '../bridge/latest-call.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { FormDialog } from '../controls/FormDialog.tsx';
import { recordTone } from '../deliveries/verdict-words.ts';
import { formatQuantity } from '../wording/quantities.ts';
import { reproduce } from './reproduction-store.ts';
import './log-lines.css';

type Read = CallOutput<'logLines.read'>;

/** The first that failed, because that is what one comes with. */
function firstToReproduce(lines: readonly ReadLine[]): number {
  const failed = lines.findIndex(
    ({ form, outcome }) =>
      form !== undefined && ['Bounce', 'TransientFailure'].includes(outcome.type),
  );
  if (failed >= 0) return failed;
  return Math.max(
    lines.findIndex(({ form }) => form !== undefined),
    0,
  );
}

function Line({ line: { outcome, words, queue, attempt } }: { readonly line: ReadLine }) {
  return (
    <span className="log-line">
      <span className={`tone-${recordTone(outcome.type)}`}>
        {outcome.type} {outcome.code}
      </span>
      <span className="mono clip">{queue}</span>
      <span className="faint">attempt {attempt}</span>
      <span className="faint log-line-words" title={outcome.content}>
        {words}
      </span>
    </span>
  );
}

function Told({ line }: { readonly line: ReadLine }) {
  const { problem, notes, cause } = line;
  return (
    <ul className="log-line-notes">
      {problem !== undefined && <li className="tone-fail">{problem}</li>}
      {cause && <li>{cause.text}</li>}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** Takes a line of kumod's log and fills the form with its message. */
export function LogLineDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<Read>();
  const [chosen, setChosen] = useState(0);
  const [problem, setProblem] = useState<string>();
  const [ask] = useState(() =>
    latestCall<string>(async (asked, isLatest) => {
      try {
        const answer = await workbench.call('logLines.read', { text: asked });
        if (!isLatest()) return;
        setRead(answer);
        setChosen(firstToReproduce(answer.lines));
        setProblem(answer.problem);
      } catch (error) {
        if (isLatest()) setProblem(sentenceOf(error));
      }
    }, 120),
  );
  useEffect(() => () => ask.cancel(), [ask]);

  const lines = read?.lines ?? [];
  const line = lines[chosen];

  return (
    <FormDialog
      title="Reproduce a line of kumod’s log"
      className="wide"
      onClose={onClose}
      action="Fill the form"
      ready={line?.form !== undefined}
      problem={problem}
      onProblem={setProblem}
      onSubmit={async () => {
        if (line) reproduce(line);
        return undefined;
      }}
    >
      <label className="field">
        Log record, one JSON object a line
        <textarea
          className="input"
          rows={6}
          value={text}
          data-autofocus
          spellCheck={false}
          placeholder='{"type":"Bounce","id":"…","sender":"…","recipient":"…","queue":"…", …}'
          aria-invalid={problem !== undefined}
          onChange={(event) => {
            setText(event.target.value);
            ask(event.target.value);
          }}
        />
      </label>
      {lines.length > 1 && (
        <fieldset className="log-lines">
          <legend>
            {formatQuantity(lines.length, 'record')}
            {read && read.skipped > 0 && `, ${formatQuantity(read.skipped, 'other line')} left out`}
          </legend>
          {lines.map((each, index) => (
            <label key={index}>
              <input
                type="radio"
                name="log-line"
                checked={index === chosen}
                onChange={() => setChosen(index)}
              />
              <Line line={each} />
            </label>
          ))}
        </fieldset>
      )}
      {lines.length === 1 && line && <Line line={line} />}
      {line && <Told line={line} />}
    </FormDialog>
  );
}
