import type { Dialect } from '../dialects.ts';
import { deadLettered, isCycle } from './dead-letter.ts';
import type { DeathReason } from './dead-letter.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

/** What dead-lettering needs of the virtual host. */
export interface DeadLetterRoutes {
  dialect(): Dialect;
  hasExchange(name: string): boolean;
  route(message: Message): Queue[];
  deliver(message: Message, queues: readonly Queue[]): void;
}

interface GivenUp {
  readonly queue: Queue;
  readonly message: Message;
  readonly reason: DeathReason;
}

/** Takes what the queues of a virtual host give up to their dead-letter exchanges. */
export class DeadLetters {
  readonly #routes: DeadLetterRoutes;
  readonly #waiting: GivenUp[] = [];
  #busy = false;

  constructor(routes: DeadLetterRoutes) {
    this.#routes = routes;
  }

  /**
   * One after the other: a queue that gets one may itself give one up, in the middle of a change.
   * Without a dead-letter exchange, or with one that is not there, the message is gone.
   */
  take(queue: Queue, message: Message, reason: DeathReason): void {
    if (queue.settings.deadLetterExchange === undefined) return;
    this.#waiting.push({ queue, message, reason });
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#send(next);
    } finally {
      this.#busy = false;
    }
  }

  #send({ queue, message, reason }: GivenUp): void {
    const { deadLetterExchange: exchange, deadLetterRoutingKey: routingKey } = queue.settings;
    if (exchange === undefined || !this.#routes.hasExchange(exchange)) return;
    const death = { reason, queue: queue.name, exchange, routingKey, now: new Date() };
    const dead = deadLettered(message, death, this.#routes.dialect());
    const queues = this.#routes.route(dead).filter(({ name }) => !isCycle(dead, name, reason));
    this.#routes.deliver(dead, queues);
  }
}
