import { create } from 'zustand';
import type { DeliveryFilter } from '../../electron/bridge/contract.ts';
import { workbench } from '../bridge/workbench-bridge.ts';
import { DeliveryWindow } from './delivery-window.ts';

interface DeliveriesState {
  readonly filter: DeliveryFilter;
  readonly paused: boolean;
  readonly selected: number | undefined;
}

export const useDeliveries = create<DeliveriesState>()(() => ({
  filter: { text: '', verdicts: [] },
  paused: false,
  selected: undefined,
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

/** Keeps the table in step with the host. */
export function followDeliveries(): void {
  workbench.on('deliveries', ({ counts }) => deliveryWindow.arrived(counts));
}
