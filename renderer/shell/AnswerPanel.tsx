import { Suspense } from 'react';
import { TabList } from '../controls/TabList.tsx';
import { showAnswer, showDialog, useLayout } from './layout-store.ts';
import { lazyPart } from './lazy-part.tsx';

const SimulatePanel = lazyPart(
  async () => (await import('../simulate/SimulatePanel.tsx')).SimulatePanel,
);
const RecentForms = lazyPart(async () => (await import('../simulate/RecentForms.tsx')).RecentForms);
const RecordingPanel = lazyPart(
  async () => (await import('../recording/RecordingPanel.tsx')).RecordingPanel,
);

/** On the right: the question and what became of it. */
export function AnswerPanel() {
  const shown = useLayout((state) => state.answer);
  return (
    <section className="answer" aria-label="Question and answer">
      <div className="tabs">
        <TabList
          name="answer"
          label="Question and answer"
          active={shown}
          onSelect={showAnswer}
          tabs={[
            { id: 'simulate', label: 'Simulate' },
            { id: 'recording', label: 'Recording' },
          ]}
        />
        <div className="tabs-after">
          <button
            type="button"
            className="button quiet"
            title="Fill the form from a line of kumod’s log"
            onClick={() => showDialog('log-line')}
          >
            Log line
          </button>
          <Suspense>
            <RecentForms />
          </Suspense>
        </div>
      </div>
      <div
        className="panel-body"
        role="tabpanel"
        id="answer-panel"
        aria-labelledby={`answer-tab-${shown}`}
      >
        <Suspense>{shown === 'simulate' ? <SimulatePanel /> : <RecordingPanel />}</Suspense>
      </div>
    </section>
  );
}
