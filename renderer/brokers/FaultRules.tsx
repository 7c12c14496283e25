import { useId, useState } from 'react';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useBrokers } from './brokers-store.ts';

/**
 * The embedded broker's faults as rules: several, each with conditions, in the words of the command
 * line's `--fault`. Applied with Enter, also while traffic runs.
 */
export function FaultRules() {
  const active = useBrokers((state) => state.broker?.fault ?? '');
  const conditions = useBrokers((state) => state.faultConditions);
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const problemId = useId();

  async function apply(): Promise<void> {
    if (draft === undefined) return;
    try {
      const broker = await workbench.call('brokers.setFault', { fault: draft.trim() });
      useBrokers.setState({ broker });
      setDraft(undefined);
      setProblem(undefined);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }

  return (
    <form
      className="fault-rules"
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <label className="field">
        Fault rules
        <span className="fault-rules-row">
          <input
            className="input mono"
            value={draft ?? active}
            placeholder="nack@every=10"
            spellCheck={false}
            aria-invalid={problem !== undefined}
            aria-describedby={problem === undefined ? undefined : problemId}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              setDraft(undefined);
              setProblem(undefined);
            }}
          />
          <button
            type="submit"
            className="button"
            disabled={draft === undefined || draft.trim() === active}
          >
            Apply
          </button>
        </span>
      </label>
      {problem !== undefined && (
        <p className="field-problem" id={problemId} role="alert">
          {problem}
        </p>
      )}
      <details className="fault-grammar">
        <summary>How rules are written</summary>
        <p>
          A fault, an <code>@</code>, and conditions that must all hold, separated by commas.
          Several faults are joined by <code>+</code>: a message meets the first that applies, and a
          delay comes on top. Rules can be changed while messages flow; what they count begins anew
          then.
        </p>
        <dl>
          {conditions.map(({ spec, explanation }) => (
            <div key={spec}>
              <dt>{spec}</dt>
              <dd>{explanation}</dd>
            </div>
          ))}
        </dl>
        <p>
          <code>silent@key=mail.#,for=10s</code>
          <br />
          <code>delay:200+reset@p=0.01,seed=7</code>
        </p>
      </details>
    </form>
  );
}
