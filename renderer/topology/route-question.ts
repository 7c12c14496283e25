/** "Where would it go?": what is typed, what was asked, and the answer, which never outlives either. */
import { create } from 'zustand';
import type { CallInput, Route, Topology } from '../../electron/bridge/contract.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';

/** Kept while another tab is shown. */
interface RouteQuestion {
  readonly exchange: string;
  readonly routingKey: string;
  /** As typed: a JSON object, or nothing. */
  readonly headers: string;
  /** What the answer is to; undefined: nothing was asked since something else was typed. */
  readonly asked: CallInput<'brokers.route'> | undefined;
  readonly answer: Route | undefined;
  /** When the broker said so, in milliseconds since the epoch. */
  readonly answeredAt: number;
  readonly problem: string | undefined;
}

const unasked = { asked: undefined, answer: undefined, answeredAt: 0, problem: undefined } as const;

export const useRouteQuestion = create<RouteQuestion>()(() => ({
  exchange: '',
  routingKey: '',
  headers: '',
  ...unasked,
}));

/** What is typed now is another question. */
export function typed(change: Partial<Pick<RouteQuestion, 'exchange' | 'routingKey' | 'headers'>>) {
  useRouteQuestion.setState({ ...change, ...unasked });
}

/** @param exchange the one that is shown as chosen */
export async function ask(exchange: string): Promise<void> {
  const { routingKey, headers } = useRouteQuestion.getState();
  let table: CallInput<'brokers.route'>['headers'];
  try {
    table = headers.trim() === '' ? {} : (JSON.parse(headers) as typeof table);
  } catch {
    const problem = 'The headers are no JSON object; write them as {"name": "value"}.';
    useRouteQuestion.setState({ ...unasked, problem });
    return;
  }
  const asked = { exchange, routingKey, headers: table };
  useRouteQuestion.setState({ ...unasked, asked });
  await answer(asked);
}

let shape = '';

/** The broker was read: what was asked of another state of it is asked again. */
export async function topologyRead(topology: Topology): Promise<void> {
  const before = shape;
  shape = shapeOf(topology);
  const { asked } = useRouteQuestion.getState();
  if (asked !== undefined && shape !== before) await answer(asked);
}

/** All that routing depends on, and not the depths, which change with every message. */
function shapeOf({ profile, source, exchanges, bindings, queues }: Topology): string {
  return JSON.stringify([profile, source, exchanges, bindings, queues.map(({ name }) => name)]);
}

async function answer(asked: CallInput<'brokers.route'>): Promise<void> {
  const isOpen = () => useRouteQuestion.getState().asked === asked;
  try {
    const route = await workbench.call('brokers.route', asked);
    const answeredAt = Date.now();
    if (isOpen()) useRouteQuestion.setState({ answer: route, answeredAt, problem: undefined });
  } catch (error) {
    if (isOpen()) useRouteQuestion.setState({ answer: undefined, problem: sentenceOf(error) });
  }
}
