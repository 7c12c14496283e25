import type { ScenarioId } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { showAnswer } from '../shell/layout-store.ts';
import { notify } from '../shell/notices-store.ts';
import { editQueueName } from '../simulate/edit-queue-name.ts';
import { fillForm, useSimulate } from '../simulate/simulate-store.ts';

/** Puts what a scenario delivers into the form, makes the broker as it has it, and says what that changed. */
export async function openInForm(id: ScenarioId): Promise<void> {
  try {
    const opened = await workbench.call('scenarios.open', id);
    const { form, count, seconds, sessions, changes, problems } = opened;
    showAnswer('simulate');
    fillForm(form);
    editQueueName(form.queue);
    useSimulate.setState(
      seconds === undefined
        ? { amount: 'messages', count, sessions }
        : { amount: 'seconds', seconds, sessions },
    );
    if (changes.length > 0) {
      notify(`As the scenario has it: ${changes.join('; ')}.`, 'info', { stays: true });
    }
    for (const problem of problems) notify(problem, 'fail');
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
