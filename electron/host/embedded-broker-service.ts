/**
 * The embedded broker as the host runs it: started when a workspace is opened, filled from the
 * workspace's definitions.json, with the queues and the fault that the person sets.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrokerAddress } from '../amqp/client-contract.ts';
import { defaultDialect } from '../amqp/embedded/dialects.ts';
import type { DialectName } from '../amqp/embedded/dialects.ts';
import { AmqpError } from '../amqp/embedded/wire/amqp-error.ts';
import { EmbeddedBroker } from '../amqp/embedded/embedded-broker.ts';
import type { EmbeddedBrokerOptions } from '../amqp/embedded/embedded-broker-options.ts';
import type { PeekedMessage } from '../amqp/embedded/embedded-broker.ts';
import { formatFault, parseFault } from '../amqp/embedded/faults.ts';
import type { Fault } from '../amqp/embedded/faults.ts';
import type { BrokerTopology } from '../amqp/topology/broker-topology.ts';
import { BridgeError } from '../bridge/bridge-error.ts';
import type { BrokerState } from '../bridge/brokers.ts';

const DEFINITIONS_FILE = 'definitions.json';

/** The bridge's own type for JSON has no readonly arrays. */
type JsonTable = BrokerState['queues'][number]['arguments'];

export interface RunningEmbeddedBroker {
  readonly broker: EmbeddedBroker;
  readonly port: number;
  readonly address: BrokerAddress;
  close(): Promise<void>;
}

export interface EmbeddedBrokerStart {
  /** 0: any free one. */
  readonly port: number;
  readonly fault?: Fault | undefined;
  /** A file in RabbitMQ's definitions format. */
  readonly definitionsFile?: string | undefined;
  /** Default: `rabbitmq-3.10`. */
  readonly dialect?: DialectName | undefined;
  readonly traceClient?: EmbeddedBrokerOptions['traceClient'];
}

/** Throws `failed` when the definitions cannot be used or the port is taken. */
export async function startEmbeddedBroker(
  start: EmbeddedBrokerStart,
): Promise<RunningEmbeddedBroker> {
  const broker = new EmbeddedBroker({
    traceClient: start.traceClient,
    dialect: start.dialect ?? defaultDialect,
  });
  if (start.definitionsFile !== undefined) await loadDefinitionsFile(broker, start.definitionsFile);
  if (start.fault) await broker.setFault(start.fault);
  let port: number;
  try {
    ({ port } = await broker.listen({ port: start.port }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BridgeError(
      'failed',
      `The embedded broker cannot listen (${why}); choose another port.`,
    );
  }
  const address = { host: '127.0.0.1', port, username: 'guest', password: 'guest', vhost: '/' };
  return { broker, port, address, close: () => broker.close() };
}

/** The file beside a policy that fills the embedded broker; undefined when there is none. */
export function definitionsBeside(folder: string): string | undefined {
  const file = join(folder, DEFINITIONS_FILE);
  return existsSync(file) ? file : undefined;
}

async function loadDefinitionsFile(broker: EmbeddedBroker, file: string): Promise<void> {
  try {
    broker.loadDefinitions(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isOtherwise = error instanceof Error && isRedeclaration(error.cause);
    const otherwise = isOtherwise
      ? '. The embedded broker has it otherwise from before: declare it as it was, or start the workbench anew, which empties the broker.'
      : '';
    throw new BridgeError('failed', `${file} cannot be used: ${why}${otherwise}`);
  }
}

/** There already, and not so: the 406 that a client would get for it. */
function isRedeclaration(error: unknown): error is AmqpError {
  return error instanceof AmqpError && error.message.includes('inequivalent arg');
}

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
      if (file !== undefined && this.#running)
        await loadDefinitionsFile(this.#running.broker, file);
    } catch (error) {
      this.#listener.onProblem(error instanceof Error ? error.message : String(error));
    }
    this.#listener.onChanged();
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
  }

  async declareExchange(name: string, type: string): Promise<void> {
    if (name === '') throw new BridgeError('invalid-input', 'Give the exchange a name.');
    const broker = await this.#broker();
    try {
      broker.declareExchange(name, type);
    } catch (error) {
      throw new BridgeError('refused', refusedDeclaration(error, 'exchange'));
    }
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

  async #start(): Promise<RunningEmbeddedBroker> {
    const running = await startEmbeddedBroker({ port: 0, dialect: this.#listener.dialect() });
    running.broker.on('changed', this.#listener.onChanged);
    this.#running = running;
    return running;
  }
}
