import type { Dialect } from '../dialects.ts';
import { fieldText } from '../wire/plain-values.ts';
import { Exchange } from './exchange.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

/**
 * The queues a message goes to, each once: through exchanges bound to exchanges, and to the
 * alternate exchange of one that has no place for it (RabbitMQ `rabbit_exchange:route/2`).
 */
export function routed(
  message: Message,
  from: Exchange,
  exchanges: ReadonlyMap<string, Exchange>,
  dialect: Dialect,
): Queue[] {
  const found = new Set<Queue>();
  const seen = new Set<Exchange>([from]);
  const open = [from];
  const meet = (destination: Queue | Exchange): void => {
    if (!(destination instanceof Exchange)) {
      found.add(destination);
    } else if (!seen.has(destination)) {
      seen.add(destination);
      open.push(destination);
    }
  };
  for (let exchange = open.pop(); exchange !== undefined; exchange = open.pop()) {
    const destinations = exchange.destinations(message, dialect);
    destinations.forEach(meet);
    const alternate = destinations.length === 0 ? alternateOf(exchange, exchanges) : undefined;
    if (alternate !== undefined) meet(alternate);
  }
  return [...found];
}

function alternateOf(
  exchange: Exchange,
  exchanges: ReadonlyMap<string, Exchange>,
): Exchange | undefined {
  const name = exchange.properties.arguments.get('alternate-exchange');
  return name === undefined ? undefined : exchanges.get(fieldText(name));
}
