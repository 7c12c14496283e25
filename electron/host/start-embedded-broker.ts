/** Starting an embedded broker, and filling it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrokerAddress } from '../amqp/client-contract.ts';
import { defaultDialect } from '../amqp/embedded/dialects.ts';
import type { DialectName } from '../amqp/embedded/dialects.ts';
import { AmqpError } from '../amqp/embedded/wire/amqp-error.ts';
import { EmbeddedBroker } from '../amqp/embedded/embedded-broker.ts';
import type { EmbeddedBrokerOptions } from '../amqp/embedded/embedded-broker-options.ts';
import type { Fault } from '../amqp/embedded/faults.ts';
import { definitionsOf } from '../amqp/topology/declarations.ts';
import type { Declarations } from '../amqp/topology/declarations.ts';
import { BridgeError } from '../bridge/bridge-error.ts';

const DEFINITIONS_FILE = 'definitions.json';

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
  /** Declared after the file. */
  readonly declare?: Declarations | undefined;
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
  if (start.declare) declareAll(broker, start.declare);
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

/** Adds what the file declares. Throws `failed` when it cannot be used. */
export async function loadDefinitionsFile(broker: EmbeddedBroker, file: string): Promise<void> {
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

/** Adds to what is there. Throws `failed` for what cannot be, or is there otherwise. */
export function declareAll(broker: EmbeddedBroker, declare: Declarations): void {
  try {
    broker.loadDefinitions(definitionsOf(declare));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isOtherwise = error instanceof Error && isRedeclaration(error.cause);
    const otherwise = isOtherwise ? ' The broker has it already, declared otherwise.' : '';
    throw new BridgeError('failed', `${why.replace(/\.?$/, '.')}${otherwise}`);
  }
}

/** There already, and not so: the 406 that a client would get for it. */
export function isRedeclaration(error: unknown): error is AmqpError {
  return error instanceof AmqpError && error.message.includes('inequivalent arg');
}
