import type { ScenarioId } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { changeBrokers, useBrokers } from '../brokers/brokers-store.ts';
import { showAnswer } from '../shell/layout-store.ts';
import { notify } from '../shell/notices-store.ts';
import { editQueueName } from '../simulate/edit-queue-name.ts';
import { fillForm, useSimulate } from '../simulate/simulate-store.ts';

/** Puts what a scenario delivers into the form, and its faults onto the embedded broker. */
export async function openInForm(id: ScenarioId): Promise<void> {
  try {
    const { form, count, sessions, fault } = await workbench.call('scenarios.form', id);
    showAnswer('simulate');
    fillForm(form);
    editQueueName(form.queue);
    useSimulate.setState({ amount: 'messages', count, sessions });
    if ((useBrokers.getState().broker?.fault ?? '') !== fault) {
      await changeBrokers('brokers.setFault', { fault }, { fault });
    }
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}
