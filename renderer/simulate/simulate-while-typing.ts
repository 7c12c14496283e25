import type { MessageForm } from '../../electron/bridge/contract.ts';
import { latestCall } from '../bridge/latest-call.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { formOf, useSimulate } from './simulate-store.ts';

const restMs = 120;

const ask = latestCall<MessageForm>(async (form, isLatest) => {
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

function askNow(): void {
  ask(formOf(useSimulate.getState()));
}

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
    if (asked) askNow();
  });
  useWorkspace.subscribe((state, before) => {
    if (state.policy !== before.policy && state.policy.state !== 'loading') askNow();
  });
  workbench.on('broker', askNow);
  workbench.on('settings', askNow);
  askNow();
}
