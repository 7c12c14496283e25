/**
 * Where a message would go, told from a broker's exchanges and bindings before anything is published:
 * AMQP 0-9-1 section 3.1.3, with RabbitMQ's exchange-to-exchange bindings, alternate exchanges and
 * CC and BCC headers (`rabbit_exchange:route/2`).
 */
import { headersMatch, topicMatches } from '../embedded/engine/binding-match.ts';
import { tableOf } from '../embedded/wire/plain-values.ts';
import type { PlainTable } from '../embedded/wire/plain-values.ts';
import type { BrokerTopology, TopologyBinding, TopologyExchange } from './broker-topology.ts';

export interface PlannedPublish {
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers: PlainTable;
}

/** One exchange on the way. */
export interface RouteStep {
  readonly exchange: string;
  readonly type: string;
  readonly matched: readonly TopologyBinding[];
  /** Nothing matched, so that the message goes on there. */
  readonly alternate?: string;
  /** Its type is a plugin's: what it does with the message cannot be told. */
  readonly unknownType?: true;
}

export interface RouteTrace {
  /** Each once, in the order in which they are reached. */
  readonly queues: readonly string[];
  readonly steps: readonly RouteStep[];
  /** Why the broker would take no such message at all. */
  readonly problem?: string;
}

/** Follows the bindings. */
export function traceRoute(topology: BrokerTopology, publish: PlannedPublish): RouteTrace {
  const exchanges = new Map(topology.exchanges.map((exchange) => [exchange.name, exchange]));
  const first = exchanges.get(publish.exchange);
  if (first === undefined) {
    return refused(
      `There is no exchange '${publish.exchange}': the broker would close the channel with 404.`,
    );
  }
  if (first.internal) {
    return refused(
      `Exchange '${publish.exchange}' is internal: the broker would close the channel with 403.`,
    );
  }
  const keys = [publish.routingKey, ...furtherKeys(publish.headers)];
  const queues = new Set<string>();
  const steps: RouteStep[] = [];
  const seen = new Set<string>([first.name]);
  const open: TopologyExchange[] = [first];
  const goOn = (name: string): void => {
    const next = exchanges.get(name);
    if (next === undefined || seen.has(name)) return;
    seen.add(name);
    open.push(next);
  };
  for (let exchange = open.shift(); exchange !== undefined; exchange = open.shift()) {
    const step = stepAt(exchange, keys, publish.headers, topology);
    steps.push(step);
    for (const { destination, destinationType } of step.matched) {
      if (destinationType === 'queue') queues.add(destination);
      else goOn(destination);
    }
    if (step.alternate !== undefined) goOn(step.alternate);
  }
  return { queues: [...queues], steps };
}

function refused(problem: string): RouteTrace {
  return { queues: [], steps: [], problem };
}

function stepAt(
  { name, type, arguments: args }: TopologyExchange,
  keys: readonly string[],
  headers: PlainTable,
  topology: BrokerTopology,
): RouteStep {
  const matches = matcherOf(type, keys, headers);
  if (matches === undefined) {
    return { exchange: name, type, matched: [], unknownType: true };
  }
  const bindings =
    name === ''
      ? topology.queues.map((queue) => implicitBinding(queue.name))
      : topology.bindings.filter(({ source }) => source === name);
  const matched = bindings.filter(matches);
  const alternate = args['alternate-exchange'];
  return {
    exchange: name,
    type,
    matched,
    ...(matched.length === 0 && typeof alternate === 'string' ? { alternate } : {}),
  };
}

/** Every queue is bound to the default exchange by its name. */
function implicitBinding(queue: string): TopologyBinding {
  return {
    source: '',
    destination: queue,
    destinationType: 'queue',
    routingKey: queue,
    arguments: {},
  };
}

function matcherOf(
  type: string,
  keys: readonly string[],
  headers: PlainTable,
): ((binding: TopologyBinding) => boolean) | undefined {
  switch (type) {
    case 'direct':
      return ({ routingKey }) => keys.includes(routingKey);
    case 'fanout':
      return () => true;
    case 'topic':
      return ({ routingKey }) => keys.some((key) => topicMatches(routingKey, key));
    case 'headers': {
      const table = tableOf(headers);
      return (binding) => headersMatch(tableOf(binding.arguments), table);
    }
    default:
      return undefined;
  }
}

function furtherKeys({ CC, BCC }: PlainTable): string[] {
  return [CC, BCC].flatMap((keys) =>
    Array.isArray(keys) ? keys.filter((key): key is string => typeof key === 'string') : [],
  );
}
