/** What a policy published to and the broker lacks. */
import type { BrokerTopology } from '../amqp/topology/broker-topology.ts';
import { traceRoute } from '../amqp/topology/route-trace.ts';
import type { MissingName } from '../bridge/topology.ts';
import type { PublishedName } from './published-names.ts';

/** In the order of the publishes; each thing that is missing once. */
export function missingNames(
  topology: BrokerTopology,
  published: readonly PublishedName[],
): MissingName[] {
  const missing = new Map<string, MissingName>();
  for (const name of published) {
    const found = missingFor(topology, name);
    if (found === undefined) continue;
    const key = found.kind === 'exchange' ? found.exchange : `${name.exchange} ${name.routingKey}`;
    if (!missing.has(`${found.kind} ${key}`)) missing.set(`${found.kind} ${key}`, found);
  }
  return [...missing.values()];
}

function missingFor(topology: BrokerTopology, name: PublishedName): MissingName | undefined {
  const { exchange, routingKey } = name;
  if (!topology.exchanges.some((known) => known.name === exchange)) {
    return {
      ...name,
      kind: 'exchange',
      sentence: `Exchange '${exchange}' does not exist: the broker closes the channel with 404.`,
    };
  }
  // Headers are not known here, and a plugin's exchange cannot be foretold.
  const { queues, steps } = traceRoute(topology, { exchange, routingKey, headers: {} });
  const isForetold = steps.every(({ type, unknownType }) => type !== 'headers' && !unknownType);
  if (queues.length > 0 || !isForetold) return undefined;
  return exchange === ''
    ? {
        ...name,
        kind: 'queue',
        sentence: `No queue is named '${routingKey}': the broker drops the message.`,
      }
    : {
        ...name,
        kind: 'binding',
        sentence: `Nothing that is bound to '${exchange}' takes the key '${routingKey}': the broker drops the message.`,
      };
}
