/**
 * The embedded broker as the host runs it: started when a workspace is opened, filled from the
 * workspace's definitions.json, with the queues and the fault that the person sets.
 */
import type { BrokerAddress } from '../amqp/client-contract.ts';
import type { DialectName } from '../amqp/embedded/dialects.ts';
import type { EmbeddedBroker, PeekedMessage } from '../amqp/embedded/embedded-broker.ts';
import { formatFault, parseFault } from '../amqp/embedded/faults.ts';
import type { Fault } from '../amqp/embedded/faults.ts';
import type { BrokerTopology } from '../amqp/topology/broker-topology.ts';
import { declarationsOf } from '../amqp/topology/declarations.ts';
import type { Declarations } from '../amqp/topology/declarations.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { BrokerState } from '../bridge/brokers.ts';
import { DeclarationLog } from './declaration-log.ts';
import {
  declareAll,
  definitionsBeside,
  isRedeclaration,
  loadDefinitionsFile,
  startEmbeddedBroker,
} from './start-embedded-broker.ts';
import type { RunningEmbeddedBroker } from './start-embedded-broker.ts';

/** The bridge's own type for JSON has no readonly arrays. */
type JsonTable = BrokerState['queues'][number]['arguments'];

function refusedDeclaration(error: unknown, what: 'queue' | 'exchange'): string {
  if (!isRedeclaration(error)) return error instanceof Error ? error.message : String(error);
  return `The broker has this ${what} already, otherwise than asked for (${error.message}); a client that declares it so loses its channel with 406. Use it as it is, or give another name.`;
}

export interface EmbeddedBrokerListener {
  /** Asked when it starts. */
  readonly dialect: () => DialectName;
  /** Queues, depths, the fault or the port are not what they were. */
  readonly onChanged: () => void;
  readonly onProblem: (sentence: string) => void;
}

export class EmbeddedBrokerService {
  readonly #listener: EmbeddedBrokerListener;
  #starting: Promise<RunningEmbeddedBroker> | undefined;
  #running: RunningEmbeddedBroker | undefined;
  readonly #log = new DeclarationLog();
  #logged = 0;
  /** Names of queues and exchanges that a person declared here. */
  readonly #byHand = { queues: new Set<string>(), exchanges: new Set<string>() };

  constructor(listener: EmbeddedBrokerListener) {
    this.#listener = listener;
  }

  /** Starts it if need be; answers where it listens. */
  async ensureStarted(): Promise<BrokerAddress> {
    this.#starting ??= this.#start();
    return (await this.#starting).address;
  }

  /** Adds what the workspace's definitions.json declares; what is there stays. */
  async useWorkspace(root: string): Promise<void> {
    try {
      await this.ensureStarted();
      const file = definitionsBeside(root);
      if (file !== undefined && this.#running) await this.loadDefinitions(file);
    } catch (error) {
      this.#listener.onProblem(error instanceof Error ? error.message : String(error));
    }
    this.#noteDeclarations();
    this.#listener.onChanged();
  }

  /** Adds what a file declares; what is there stays. Rejects with `failed` when it cannot be used. */
  async loadDefinitions(file: string): Promise<void> {
    try {
      await loadDefinitionsFile(await this.#broker(), file);
    } finally {
      this.#noteDeclarations();
    }
  }

  /** Where it listens; undefined until it was started. */
  get address(): BrokerAddress | undefined {
    return this.#running?.address;
  }

  /** As on the command line; undefined: none. */
  get fault(): string | undefined {
    const fault = this.#running?.broker.fault;
    return fault && formatFault(fault);
  }

  /** `spec` as on the command line; empty lifts the fault. */
  async setFault(spec: string): Promise<void> {
    let fault: Fault | undefined;
    try {
      fault = spec === '' ? undefined : parseFault(spec);
    } catch (error) {
      throw new BridgeError(
        'invalid-input',
        error instanceof Error ? error.message : String(error),
      );
    }
    const broker = await this.#broker();
    await broker.setFault(fault).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new BridgeError('failed', `The fault cannot be lifted: ${why}`);
    });
  }

  /** For open connections too; what it holds stays. */
  async setDialect(dialect: DialectName): Promise<void> {
    (await this.#broker()).setDialect(dialect);
  }

  async declareQueue(name: string): Promise<void> {
    if (name === '') throw new BridgeError('invalid-input', 'Give the queue a name.');
    const broker = await this.#broker();
    try {
      broker.declareQueue(name);
    } catch (error) {
      throw new BridgeError('refused', refusedDeclaration(error, 'queue'));
    }
    this.#byHand.queues.add(name);
    this.#noteDeclarations();
  }

  async declareExchange(name: string, type: string): Promise<void> {
    if (name === '') throw new BridgeError('invalid-input', 'Give the exchange a name.');
    const broker = await this.#broker();
    try {
      broker.declareExchange(name, type);
    } catch (error) {
      throw new BridgeError('refused', refusedDeclaration(error, 'exchange'));
    }
    this.#byHand.exchanges.add(name);
    this.#noteDeclarations();
  }

  /** What a scenario needs; rejects with `failed` for what is there otherwise. */
  async declare(declarations: Declarations): Promise<void> {
    const broker = await this.#broker();
    try {
      declareAll(broker, declarations);
    } finally {
      for (const { name } of declarations.queues) this.#byHand.queues.add(name);
      for (const { name } of declarations.exchanges) this.#byHand.exchanges.add(name);
      this.#noteDeclarations();
    }
  }

  /** What was declared then (milliseconds since the epoch), on the virtual host that deliveries go to. */
  declaredAt(time: number): Declarations {
    this.#noteDeclarations();
    return this.#log.at(time);
  }

  /** What a person declared here, as far as it is there. */
  declaredByHand(): Declarations {
    const { queues, exchanges } = this.declaredAt(Infinity);
    return {
      exchanges: exchanges.filter(({ name }) => this.#byHand.exchanges.has(name)),
      queues: queues.filter(({ name }) => this.#byHand.queues.has(name)),
      bindings: [],
    };
  }

  async peek(queue: string, limit: number): Promise<PeekedMessage[]> {
    const broker = await this.#broker();
    try {
      return broker.peek(queue, limit);
    } catch (error) {
      throw new BridgeError('not-found', error instanceof Error ? error.message : String(error));
    }
  }

  /** Of the virtual host that deliveries go to. */
  async topology(): Promise<BrokerTopology> {
    const { exchanges, queues, bindings } = (await this.#broker()).topology();
    const isHere = ({ vhost }: { readonly vhost: string }) => vhost === '/';
    return {
      exchanges: exchanges.filter(isHere),
      queues: queues.filter(isHere),
      bindings: bindings.filter(isHere),
    };
  }

  describe(): Pick<BrokerState, 'queues' | 'exchanges' | 'bindings' | 'port' | 'fault'> {
    const running = this.#running;
    if (!running) return { queues: [], exchanges: [], bindings: [] };
    const { queues, exchanges, bindings } = running.broker.topology();
    const fault = this.fault;
    return {
      queues: queues.map((queue) => ({
        name: queue.name,
        messages: queue.messages,
        consumers: queue.consumers,
        arguments: queue.arguments as JsonTable,
      })),
      exchanges: exchanges.map(({ name, type }) => ({ name, type })),
      bindings: bindings.map(({ source, destination, routingKey }) => ({
        source,
        destination,
        routingKey,
      })),
      port: running.port,
      ...(fault === undefined ? {} : { fault }),
    };
  }

  async close(): Promise<void> {
    const starting = this.#starting;
    this.#starting = undefined;
    this.#running = undefined;
    await starting?.then((running) => running.close()).catch(() => undefined);
  }

  async #broker(): Promise<EmbeddedBroker> {
    this.#starting ??= this.#start();
    return (await this.#starting).broker;
  }

  #noteDeclarations(): void {
    const broker = this.#running?.broker;
    if (!broker || broker.declarations === this.#logged) return;
    this.#logged = broker.declarations;
    this.#log.note(declarationsOf(broker.topology()), performance.timeOrigin + performance.now());
  }

  async #start(): Promise<RunningEmbeddedBroker> {
    const running = await startEmbeddedBroker({ port: 0, dialect: this.#listener.dialect() });
    running.broker.on('changed', () => {
      this.#noteDeclarations();
      this.#listener.onChanged();
    });
    this.#running = running;
    return running;
  }
}
