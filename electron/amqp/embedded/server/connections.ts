import { AmqpError } from '../wire/amqp-error.ts';
import type { BrokerServices } from './broker-services.ts';
import { Connection } from './connection.ts';
import type { Transport } from './transport.ts';

/** How long clients may take to answer connection.close. */
const goodbyeMilliseconds = 500;

/** All connections of the broker. */
export class Connections {
  readonly #services: BrokerServices;
  readonly #open = new Set<Connection>();
  #lastId = 0;
  #allGone: (() => void) | undefined;

  constructor(services: BrokerServices) {
    this.#services = services;
  }

  get count(): number {
    return this.#open.size;
  }

  accept(transport: Transport): void {
    this.#lastId += 1;
    const connection: Connection = new Connection(this.#lastId, transport, this.#services, () => {
      this.#open.delete(connection);
      if (this.#open.size === 0) this.#allGone?.();
    });
    this.#open.add(connection);
  }

  /** Publishers may not go on, or may again. */
  blockedChanged(): void {
    for (const connection of [...this.#open]) connection.blockedChanged();
  }

  /** Ends them without a word of AMQP. */
  drop(): void {
    for (const connection of [...this.#open]) connection.drop();
  }

  /** Says goodbye to each with 320 and resolves when all are gone. */
  async shutDown(): Promise<void> {
    if (this.#open.size === 0) return;
    const gone = new Promise<void>((resolve) => {
      this.#allGone = resolve;
    });
    const text = "broker forced connection closure with reason 'shutdown'";
    for (const connection of [...this.#open]) {
      connection.shutDown(new AmqpError(320, text, 'connection'));
    }
    const impatience = setTimeout(() => this.drop(), goodbyeMilliseconds);
    await gone;
    clearTimeout(impatience);
  }
}
