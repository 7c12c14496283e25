import { latestCall } from '../bridge/latest-call.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { formOf, useSimulate } from './simulate-store.ts';

const restMs = 120;

const ask = latestCall<void>(async (_question, isLatest) => {
  const form = formOf(useSimulate.getState());
  if (form.queue === '') {
    useSimulate.setState({ simulation: undefined, problem: undefined });
    return;
  }
  try {
    const simulation = await workbench.call('runs.simulate', { form });
    if (isLatest()) useSimulate.setState({ simulation, problem: undefined });
  } catch (error) {
    if (isLatest()) useSimulate.setState({ simulation: undefined, problem: sentenceOf(error) });
  }
}, restMs);

/** Keeps the answer in step with the form, the policy on disk, the broker and the settings. */
export function simulateWhileTyping(): void {
  useSimulate.subscribe((state, before) => {
    const asked =
      state.queue !== before.queue ||
      state.sender !== before.sender ||
      state.recipient !== before.recipient ||
      state.metadata !== before.metadata ||
      state.headers !== before.headers ||
      state.body !== before.body;
    if (asked) ask();
  });
  useWorkspace.subscribe((state, before) => {
    if (state.policy !== before.policy && state.policy.state !== 'loading') ask();
  });
  workbench.on('broker', () => ask());
  workbench.on('settings', () => ask());
  ask();
}
