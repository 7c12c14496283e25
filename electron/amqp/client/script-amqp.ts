/**
 * Answers a run's AMQP calls: what `kumo.amqp` does in a script goes out through here, and what the
 * broker did with it comes back as `publish` and `verdict` entries. The script is told what the
 * profile says: the broker's verdict, or `NotRequested` as kumod tells it
 * (KumoMTA crates/mod-amqp/src/lapin_client.rs, amqprs_client.rs).
 */
import type {
  HostCallName,
  HostCallResult,
  HostCalls,
  PublishRequest,
} from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { ConfirmVisibility } from '../../../lua-runtime/recording/entries.ts';
import { BrokerError } from '../client-contract.ts';
import type { BrokerVerdict, Publisher } from '../client-contract.ts';
import { DEADLINE_ELAPSED, lapinChannelStateError, lapinConfirmError } from './kumod-error-text.ts';
import { PendingVerdicts } from './pending-verdicts.ts';
import { PublishNumbers } from './publish-numbers.ts';
import { ScriptConnections } from './script-connections.ts';
import type { ScriptConnectionsOptions } from './script-connections.ts';
import { ScriptError } from './script-error.ts';
import { publishEntry, verdictEntry } from './verdict-entries.ts';
import type { EntryOrigin } from './verdict-entries.ts';

export type AmqpCallName = Extract<HostCallName, `amqp.${string}`>;

export interface ScriptAmqpOptions extends ScriptConnectionsOptions {
  readonly confirms: ConfirmVisibility;
  /** How many bytes of a payload `publish` entries show; default 512. */
  readonly shownPayloadBytes?: number | undefined;
}

/** One run's connections and outstanding messages. */
export class ScriptAmqp {
  readonly #options: ScriptAmqpOptions;
  readonly #connections: ScriptConnections;
  readonly #clients = new Map<number, LapinClient>();
  readonly #confirms = new Map<number, PendingConfirm>();
  readonly #byMessage = new PendingVerdicts<number | undefined>();
  readonly #byConnection = new PendingVerdicts<Publisher>();
  readonly #closing = new Set<Promise<void>>();
  #clientCount = 0;
  readonly numbers = new PublishNumbers();

  constructor(options: ScriptAmqpOptions) {
    this.#options = options;
    this.#connections = new ScriptConnections(options, this.numbers);
  }

  /** Answers one call of a script. Never rejects: what fails becomes the text that the script sees. */
  async call<N extends AmqpCallName>(
    name: N,
    input: HostCalls[N]['input'],
    origin: CallOrigin,
  ): Promise<HostCallResult<N>> {
    const answer: Answer<N> = this.#answers[name];
    try {
      return { ok: true, output: await answer(input, origin) };
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Resolves when every publish of the message has its verdict, and its entry is emitted. */
  async outstanding(message: number | undefined): Promise<void> {
    await this.#byMessage.settled(message);
  }

  /**
   * Ends the run's connections. `drain` first waits for every verdict (at most the confirm limit);
   * `abandon` closes at once, and what is outstanding ends as unconfirmed. Either way each publish
   * has its verdict entry afterwards.
   */
  async close(how: 'drain' | 'abandon' = 'drain'): Promise<void> {
    if (how === 'drain') {
      await this.#byMessage.allSettled();
    }
    const clients = [...this.#clients.values()].map(({ publisher }) => publisher);
    const publishers = [...clients, ...(await this.#connections.takePooled())];
    await Promise.all([...publishers.map(closeQuietly), ...this.#closing]);
    await this.#byMessage.allSettled();
    this.#clients.clear();
  }

  readonly #answers: { readonly [N in AmqpCallName]: Answer<N> } = {
    'amqp.connect': async ({ uri }, origin) => {
      const publisher = await this.#connections.dialUri(uri, origin);
      this.#clientCount += 1;
      this.#clients.set(this.#clientCount, { publisher, closed: false });
      return { client: this.#clientCount };
    },
    'amqp.publish': ({ client, ...request }, origin) =>
      this.#publish(this.#openClient(client).publisher, request, origin),
    'amqp.wait_confirm': (input) => this.#waitConfirm(input),
    'amqp.close': ({ client: number }) => {
      const client = this.#openClient(number);
      client.closed = true;
      const { closedBecause } = client.publisher;
      if (closedBecause !== undefined) {
        throw new ScriptError(lapinChannelStateError(closedBecause));
      }
      this.#closeWhenConfirmed(client);
      return null;
    },
    'amqp.basic_publish': async ({ connection, ...request }, origin) =>
      this.#publish(await this.#connections.pooled(connection, origin), request, origin),
  };

  #openClient(number: number): LapinClient {
    const client = this.#clients.get(number);
    if (client === undefined || client.closed) {
      throw new ScriptError('invalid channel state: Closed');
    }
    return client;
  }

  #publish(
    publisher: Publisher,
    request: PublishRequest,
    { publish: given, ...origin }: CallOrigin,
  ): { publish: number } {
    const { closedBecause } = publisher;
    if (closedBecause !== undefined && given === undefined) {
      this.#connections.emitFailure(closedBecause, origin);
      throw new ScriptError(lapinChannelStateError(closedBecause));
    }
    const publish = given ?? this.numbers.take();
    const at = this.#options.now();
    const fate =
      closedBecause === undefined
        ? publisher.publish({
            exchange: request.exchange,
            routingKey: request.routing_key,
            mandatory: request.mandatory,
            properties: request.properties,
            payload: request.payload,
          })
        : // It closed while the publish was on its way here, as it can on the way to the broker.
          Promise.resolve(closedBecause);
    // The broker works on it meanwhile.
    const wire = closedBecause === undefined ? publisher.newestOnWire : undefined;
    const { shownPayloadBytes } = this.#options;
    this.#options.emit(publishEntry(request, { publish, at, wire }, origin, shownPayloadBytes));
    const verdict = fate.then((result) => {
      this.#options.emit(verdictEntry(result, publish, origin, this.#options.now()));
      return result;
    });
    this.#byMessage.add(origin.message, verdict);
    this.#byConnection.add(publisher, verdict);
    if (this.#options.confirms === 'broker' && request.api !== 'amqp.basic_publish') {
      this.#confirms.set(publish, { verdict, mandatory: request.mandatory });
    }
    return { publish };
  }

  async #waitConfirm({
    publish,
    timeout_ms,
  }: HostCalls['amqp.wait_confirm']['input']): Promise<HostCalls['amqp.wait_confirm']['output']> {
    if (this.#options.confirms === 'kumod') {
      return { status: 'NotRequested' };
    }
    const confirm = this.#confirms.get(publish);
    if (confirm === undefined) {
      throw new ScriptError('confirmation already taken!?');
    }
    this.#confirms.delete(publish);
    const verdict = await withinTimeout(confirm.verdict, timeout_ms);
    switch (verdict.verdict) {
      case 'acked':
        return { status: 'Ack' };
      case 'nacked':
        return { status: 'Nack' };
      case 'unroutable':
        // A returned message is only news to a script that asked for it.
        return {
          status: 'Ack',
          ...(confirm.mandatory
            ? { reply_code: verdict.replyCode ?? 312, reply_text: verdict.replyText ?? 'NO_ROUTE' }
            : {}),
        };
      case 'unconfirmed':
      case 'failed':
        throw new ScriptError(this.#confirmError(verdict));
    }
  }

  #confirmError(verdict: BrokerVerdict): string {
    return verdict.cause === 'confirm-timeout' || verdict.cause === 'blocked'
      ? `no confirm within the workbench's limit of ${this.#options.confirmTimeoutMs / 1000} s; kumod itself would wait on`
      : lapinConfirmError(verdict);
  }

  /** kumod closes at once; here the verdicts that are still to come are awaited first. */
  #closeWhenConfirmed({ publisher }: LapinClient): void {
    const closing = this.#byConnection.settled(publisher).then(() => closeQuietly(publisher));
    this.#closing.add(closing);
    void closing.then(() => this.#closing.delete(closing));
  }
}

/** `publish` is the number that a publish has got already, from `numbers`. */
type CallOrigin = EntryOrigin & { readonly publish?: number };

type Answer<N extends AmqpCallName> = (
  input: HostCalls[N]['input'],
  origin: CallOrigin,
) => HostCalls[N]['output'] | Promise<HostCalls[N]['output']>;

interface LapinClient {
  readonly publisher: Publisher;
  closed: boolean;
}

interface PendingConfirm {
  readonly verdict: Promise<BrokerVerdict>;
  readonly mandatory: boolean;
}

async function withinTimeout(
  verdict: Promise<BrokerVerdict>,
  timeoutMs: number | undefined,
): Promise<BrokerVerdict> {
  if (timeoutMs === undefined) {
    return verdict;
  }
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      verdict,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new ScriptError(DEADLINE_ELAPSED)), timeoutMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

async function closeQuietly(publisher: Publisher): Promise<void> {
  try {
    await publisher.close();
  } catch (error) {
    if (!(error instanceof BrokerError)) {
      throw error;
    }
  }
}
