import { create } from 'zustand';
import type { DeliveryFilter } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { DeliveryWindow } from './delivery-window.ts';

interface DeliveriesState {
  readonly filter: DeliveryFilter;
  readonly paused: boolean;
  readonly selected: number | undefined;
  readonly view: 'table' | 'charts';
  /** A delivery to be shown as soon as the table can: its id and its place from the newest. */
  readonly aim: { readonly id: number; readonly index: number } | undefined;
  /** Which deliveries the host records. */
  readonly capture: DeliveryFilter;
}

export const useDeliveries = create<DeliveriesState>()(() => ({
  filter: { text: '', verdicts: [] },
  paused: false,
  selected: undefined,
  view: 'table',
  aim: undefined,
  capture: { text: '', verdicts: [] },
}));

export const deliveryWindow = new DeliveryWindow(
  (input) => workbench.call('deliveries.window', input),
  (action) => requestAnimationFrame(action),
);

export function changeFilter(filter: DeliveryFilter): void {
  useDeliveries.setState({ filter });
  deliveryWindow.setFilter(filter);
}

/** Adds or takes away a verdict from those that are shown. */
export function toggleVerdict(verdict: DeliveryFilter['verdicts'][number]): void {
  const { filter } = useDeliveries.getState();
  const verdicts = filter.verdicts.includes(verdict)
    ? filter.verdicts.filter((other) => other !== verdict)
    : [...filter.verdicts, verdict];
  changeFilter({ ...filter, verdicts });
}

export function setPaused(paused: boolean): void {
  useDeliveries.setState({ paused });
  if (paused) deliveryWindow.hold();
  else deliveryWindow.release();
}

/** Sets what the host records from now on; undefined only asks what that is. */
export async function capture(filter: DeliveryFilter | undefined): Promise<void> {
  try {
    const now = await workbench.call('deliveries.capture', filter ? { filter } : {});
    useDeliveries.setState({ capture: now.filter });
  } catch (error) {
    notify(sentenceOf(error), 'fail');
  }
}

/** Keeps the table in step with the host, which has deliveries of before this page was loaded. */
export function followDeliveries(): void {
  void capture(undefined);
  workbench.on('deliveries', ({ counts }) => deliveryWindow.arrived(counts));
  deliveryWindow.refresh();
  workbench.onConnection((connected) => {
    if (connected) deliveryWindow.refresh();
  });
}
