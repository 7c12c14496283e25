import { Play, SquareArrowRight } from 'lucide-react';
import type { ScenarioItem, ScenarioProgress } from '../../electron/bridge/contract.ts';
import { VerdictShape, type Shape } from '../controls/VerdictShape.tsx';
import { goToLocation } from '../editor/go-to-location.ts';
import { formatCount } from '../wording/quantities.ts';
import { MismatchList } from './MismatchList.tsx';
import { openInForm } from './open-in-form.ts';
import { runScenarios } from './run-scenarios.ts';
import { scenarioKey, useScenarios } from './scenarios-store.ts';

const looks: Record<
  ScenarioProgress['state'],
  { readonly shape: Shape; readonly words: string; readonly tone: string }
> = {
  waiting: { shape: 'none', words: 'waits', tone: 'faint' },
  running: { shape: 'unconfirmed', words: 'runs', tone: 'faint' },
  passed: { shape: 'acked', words: 'passed', tone: 'tone-ok' },
  failed: { shape: 'nacked', words: 'failed', tone: 'tone-fail' },
  cancelled: { shape: 'none', words: 'cancelled', tone: 'faint' },
};
const notRun = { shape: 'none', words: 'not run', tone: 'faint' } as const;

function aboutWords({ about, count, seconds, fault, broker }: ScenarioItem): string {
  const many = count > 1 ? `${formatCount(count)} messages` : undefined;
  const amount = seconds === undefined ? many : `for ${seconds} s`;
  return [about, amount, fault, broker].filter((part) => part !== undefined).join(' · ');
}

/** A scenario: how it did, what it is about, and what did not come as expected. */
export function ScenarioRow({
  file,
  scenario,
}: {
  readonly file: string;
  readonly scenario: ScenarioItem;
}) {
  const { name, line, kind } = scenario;
  const id = { file, name };
  const progress = useScenarios((state) => state.progress[scenarioKey(id)]);
  const { shape, words, tone } = progress ? looks[progress.state] : notRun;
  const about = aboutWords(scenario);
  return (
    <li className="scenario">
      <div className="scenario-row">
        <span className={tone} title={words}>
          <VerdictShape shape={shape} />
          <span className="only-read-aloud">{words}</span>
        </span>
        <button
          type="button"
          className="scenario-name"
          title={`${name}\n${about}\nOpen line ${line} of ${file}`}
          onClick={() => void goToLocation({ file, line })}
        >
          {name}
          <span className="mono faint">{about}</span>
        </button>
        <span className="scenario-actions">
          {kind !== 'event' && (
            <button
              type="button"
              className="button quiet icon"
              aria-label={`Open ${name} in the form`}
              title="Open in the form, with its broker and faults"
              onClick={() => void openInForm(id)}
            >
              <SquareArrowRight size={14} aria-hidden />
            </button>
          )}
          <button
            type="button"
            className="button quiet icon"
            aria-label={`Run ${name}`}
            title="Run"
            onClick={() => void runScenarios([id])}
          >
            <Play size={14} aria-hidden />
          </button>
        </span>
      </div>
      {progress?.state === 'failed' && <MismatchList progress={progress} />}
    </li>
  );
}
