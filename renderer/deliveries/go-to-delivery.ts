import type { DeliveryGoal } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { deliveryWindow, useDeliveries } from './deliveries-store.ts';
import { goalOf } from './typed-goal.ts';

/** Shows the delivery that is meant in the table, which stands still from then on. */
export async function goToDelivery(goal: DeliveryGoal): Promise<void> {
  useDeliveries.setState({ view: 'table' });
  deliveryWindow.hold();
  const { heldAt } = deliveryWindow.getView();
  try {
    const { id, index, matching } = await workbench.call('deliveries.find', {
      filter: useDeliveries.getState().filter,
      goal,
      // Nothing was fetched yet: then all is new, and nothing can run away.
      ...(heldAt === undefined || heldAt === 0 ? {} : { upToId: heldAt }),
    });
    useDeliveries.setState({ selected: id, aim: { id, index: matching - 1 - index } });
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}

/** Goes to what a person typed: a clock time of the last day, or the beginning of a message id. */
export async function goToTyped(text: string): Promise<void> {
  const goal = goalOf(text, Date.now());
  if (goal) await goToDelivery(goal);
  else notify('Enter a time, as 14:02:11, or at least four characters of a message id.', 'fail');
}

export function goToProblem(direction: 'older' | 'newer'): void {
  const { selected } = useDeliveries.getState();
  const from = selected === undefined ? {} : { from: selected };
  void goToDelivery({ kind: 'problem', direction, ...from });
}
