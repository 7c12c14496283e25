import { create } from 'zustand';
import type { Topology } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';
import { topologyRead } from './route-question.ts';

interface TopologyStore {
  readonly topology: Topology | undefined;
  readonly reading: boolean;
}

export const useTopology = create<TopologyStore>()(() => ({
  topology: undefined,
  reading: false,
}));

let asked = 0;

/** Reads what the active broker holds; of several readings the last one counts. */
export async function readTopology(): Promise<void> {
  const mine = ++asked;
  useTopology.setState({ reading: true });
  try {
    const topology = await workbench.call('brokers.topology', {});
    if (mine !== asked) return;
    useTopology.setState({ topology, reading: false });
    await topologyRead(topology);
  } catch (error) {
    if (mine !== asked) return;
    useTopology.setState({ reading: false });
    notify(sentenceOf(error), 'fail');
  }
}
