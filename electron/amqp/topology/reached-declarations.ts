/** Which declarations a publish depends on: take one away, and the broker does something else. */
import { predeclaredExchanges } from '../embedded/engine/exchange.ts';
import type { BrokerTopology } from './broker-topology.ts';
import type { Declarations } from './declarations.ts';
import { traceRoute } from './route-trace.ts';
import type { PlannedPublish } from './route-trace.ts';

/**
 * The exchanges on its way, the bindings that take it, the queues that it reaches, and where these
 * send what they expire or refuse (dead letters). Nothing where the exchange is not there: that is
 * what makes the broker refuse it.
 */
export function reachedDeclarations(declared: Declarations, publish: PlannedPublish): Declarations {
  const topology = topologyOfDeclarations(declared);
  const reached = { exchanges: new Set<string>(), queues: new Set<string>() };
  const bindings = new Set<string>();
  const open: PlannedPublish[] = [publish];
  const asked = new Set<string>();
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { exchange, routingKey, headers } = next;
    const question = JSON.stringify([exchange, routingKey]);
    if (asked.has(question)) continue;
    asked.add(question);
    const { steps, queues } = traceRoute(topology, next);
    for (const step of steps) {
      reached.exchanges.add(step.exchange);
      for (const binding of step.matched) bindings.add(bindingKey(binding));
    }
    for (const name of queues) {
      reached.queues.add(name);
      const args = topology.queues.find((queue) => queue.name === name)?.arguments;
      const deadLetters = args?.['x-dead-letter-exchange'];
      if (typeof deadLetters !== 'string') continue;
      const key = args?.['x-dead-letter-routing-key'];
      open.push({
        exchange: deadLetters,
        routingKey: typeof key === 'string' ? key : routingKey,
        headers,
      });
    }
  }
  return {
    exchanges: declared.exchanges.filter(({ name }) => reached.exchanges.has(name)),
    queues: declared.queues.filter(({ name }) => reached.queues.has(name)),
    bindings: declared.bindings.filter((binding) => bindings.has(bindingKey(plain(binding)))),
  };
}

/** As a broker holds it that has just been filled. */
function topologyOfDeclarations({ exchanges, queues, bindings }: Declarations): BrokerTopology {
  return {
    exchanges: [
      ...predeclaredExchanges().map(({ properties: { name, type, durable, internal } }) => ({
        name,
        type,
        durable,
        internal,
        arguments: {},
      })),
      ...exchanges.map(
        ({ name, type, durable = true, internal = false, arguments: args = {} }) => ({
          name,
          type,
          durable,
          internal,
          arguments: args,
        }),
      ),
    ],
    queues: queues.map(({ name, durable = true, arguments: args = {} }) => ({
      name,
      durable,
      messages: 0,
      unacknowledged: 0,
      consumers: 0,
      arguments: args,
    })),
    bindings: bindings.map(plain),
  };
}

function plain({
  source,
  destination,
  destination_type: destinationType = 'queue',
  routing_key: routingKey = '',
  arguments: args = {},
}: Declarations['bindings'][number]): BrokerTopology['bindings'][number] {
  return { source, destination, destinationType, routingKey, arguments: args };
}

function bindingKey(binding: BrokerTopology['bindings'][number]): string {
  const { source, destination, destinationType, routingKey, arguments: args } = binding;
  return JSON.stringify([source, destination, destinationType, routingKey, args]);
}
