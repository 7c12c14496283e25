import { create } from 'zustand';
import type { Route, Topology } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { notify } from '../shell/notices-store.ts';

interface TopologyStore {
  readonly topology: Topology | undefined;
  readonly reading: boolean;
  /** What is asked in "Where would it go?", kept while another tab is shown. */
  readonly question: RouteQuestion;
}

export interface RouteQuestion {
  readonly exchange: string;
  readonly routingKey: string;
  /** As typed: a JSON object, or nothing. */
  readonly headers: string;
  readonly answer: Route | undefined;
  readonly problem: string | undefined;
}

export const useTopology = create<TopologyStore>()(() => ({
  topology: undefined,
  reading: false,
  question: { exchange: '', routingKey: '', headers: '', answer: undefined, problem: undefined },
}));

export function askAnew(change: Partial<RouteQuestion>): void {
  useTopology.setState(({ question }) => ({ question: { ...question, ...change } }));
}

let asked = 0;

/** Reads what the active broker holds; of several readings the last one counts. */
export async function readTopology(): Promise<void> {
  const mine = ++asked;
  useTopology.setState({ reading: true });
  try {
    const topology = await workbench.call('brokers.topology', {});
    if (mine === asked) useTopology.setState({ topology, reading: false });
  } catch (error) {
    if (mine !== asked) return;
    useTopology.setState({ reading: false });
    notify(sentenceOf(error), 'fail');
  }
}
