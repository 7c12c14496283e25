/**
 * Which publishes of a script go out without waiting for the host's answer. kumod's client answers a
 * publish once it is in the connection's buffer (KumoMTA crates/mod-amqp/src/lapin_client.rs 88-123):
 * all that the script can hear is that the channel is closed, and of that the workers know.
 */
import { PublishNumbers } from '../../amqp/client/publish-numbers.ts';
import type {
  HostCallName,
  HostCallResult,
  HostCalls,
} from '../../../lua-runtime/kumod/runtime-contract.ts';

export class PublishAhead {
  readonly #numbers: PublishNumbers | undefined;
  /** The clients that are open, and how many connections of the run were lost when they opened. */
  readonly #open = new Map<number, number>();

  /** @param memory of the run's `PublishNumbers`; undefined: every publish waits. */
  constructor(memory: SharedArrayBuffer | undefined) {
    this.#numbers = memory === undefined ? undefined : new PublishNumbers(memory);
  }

  /** The number of a publish that need not wait; undefined for every call that has to. */
  numberFor<N extends HostCallName>(name: N, input: HostCalls[N]['input']): number | undefined {
    if (this.#numbers === undefined || name !== 'amqp.publish') return undefined;
    const { client } = input as HostCalls['amqp.publish']['input'];
    return this.#open.get(client) === this.#numbers.connectionsLost
      ? this.#numbers.take()
      : undefined;
  }

  /** To be told of every answer of the host. */
  answered<N extends HostCallName>(
    name: N,
    input: HostCalls[N]['input'],
    result: HostCallResult<N>,
    connectionsLostBefore: number,
  ): void {
    if (name === 'amqp.connect' && result.ok) {
      const { client } = result.output as HostCalls['amqp.connect']['output'];
      this.#open.set(client, connectionsLostBefore);
    } else if (name === 'amqp.close') {
      this.#open.delete((input as HostCalls['amqp.close']['input']).client);
    }
  }

  get connectionsLost(): number {
    return this.#numbers?.connectionsLost ?? 0;
  }
}
