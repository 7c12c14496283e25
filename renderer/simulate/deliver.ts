import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { runOfForm } from '../log-lines/reproduction-store.ts';
import { showAnswer, showBottom, useLayout } from '../shell/layout-store.ts';
import { notify } from '../shell/notices-store.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { amountOf, formOf, useSimulate } from './simulate-store.ts';

/** Sends the form's message through the policy, as often or as long as the form says. */
export async function deliver(): Promise<void> {
  const state = useSimulate.getState();
  if (state.run?.state === 'running') return;
  const form = formOf(state);
  if (form.queue === '') {
    notify('A message needs a queue. Enter a domain or a queue name first.', 'fail');
    return;
  }
  if (state.simulation?.notDeliverable !== undefined) {
    // The sentence stands under the form.
    showAnswer('simulate');
    return;
  }
  // Who looks at the frames wants to see those of this delivery.
  if (useLayout.getState().bottom !== 'wire') showBottom('deliveries');
  const amount = amountOf(state);
  // A placeholder without an id until the host has answered, so that a second press does nothing.
  useSimulate.setState({
    run: { runId: '', total: amount.count, done: 0, elapsedMs: 0, perSecond: 0, state: 'running' },
  });
  try {
    const { runId } = await workbench.call('runs.deliver', { form, ...amount });
    useSimulate.setState(({ run }) => (run?.runId === '' ? { run: { ...run, runId } } : {}));
    runOfForm(runId);
    void refreshRecent();
  } catch (error) {
    useSimulate.setState({ run: undefined });
    notify(sentenceOf(error), 'fail');
  }
}

export async function cancelRun(): Promise<void> {
  const run = useSimulate.getState().run;
  if (run?.state !== 'running' || run.runId === '') return;
  try {
    await workbench.call('runs.cancel', { runId: run.runId });
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}

export async function refreshRecent(): Promise<void> {
  useSimulate.setState({ recent: await workbench.call('runs.recentForms', {}) });
}

/** How often progress is painted while a run goes on. */
const progressEveryMs = 200;

function tellFailure(problem: string | undefined): void {
  const refused = useSimulate.getState().simulation?.notDeliverable;
  if (problem === undefined) notify('The run failed. Its recording says where.', 'fail');
  // Pressed before the form was answered: by now the sentence stands under it.
  else if (problem === refused) showAnswer('simulate');
  else if (useWorkspace.getState().policy.state !== 'fails') notify(problem, 'fail');
  else notify(`The policy does not load: ${problem}`, 'fail');
}

/** Shows the last run as it is now: this page was loaded after it began, or was without the host. */
async function showLatestRun(): Promise<void> {
  // Without an answer the run shows itself with its next event.
  const answer = await workbench.call('runs.latest', {}).catch(() => undefined);
  if (!answer) return;
  useSimulate.setState(({ run: shown }) => {
    if (shown?.runId === '') return {};
    // A run that the host does not know went on in a host that is gone.
    return answer.run || shown?.state === 'running' ? { run: answer.run } : {};
  });
}

/** Keeps the progress in step with the host. */
export function followRuns(): void {
  let painted = 0;
  void showLatestRun();
  workbench.onConnection((connected) => {
    if (connected) void showLatestRun();
  });
  useWorkspace.subscribe(({ workspace }, { workspace: before }) => {
    if (before && workspace?.root !== before.root) useSimulate.setState({ run: undefined });
  });
  workbench.on('run', (run) => {
    const now = performance.now();
    if (run.state === 'running' && now - painted < progressEveryMs) return;
    painted = now;
    useSimulate.setState({ run });
    if (run.state === 'failed') tellFailure(run.problem);
  });
}
