/** The brokers of the cause table: RabbitMQ and the embedded one, whole or about to go away. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerAddress } from '../../../electron/amqp/client-contract.ts';
import { EmbeddedBroker } from '../../../electron/amqp/embedded/embedded-broker.ts';
import { CertificateAuthority } from '../../certificates.ts';
import { OWNER } from '../../rabbitmq/definitions.ts';
import { rabbitmqctl, startRabbitmqNode } from '../../rabbitmq/node.ts';
import { newVhost, rabbitmq } from '../../rabbitmq/rabbitmq.ts';
import { adminChannel, afterwards, LARGEST_MESSAGE } from '../amqp/client/brokers.ts';
import { startCli } from '../cli/run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface WholeBroker {
  readonly address: BrokerAddress;
  /** With a certificate for localhost that signed itself. */
  readonly tlsPort: number;
}

/** A process of its own with the queue `inbox`, which confirms nothing any more. */
export interface FailingBroker {
  readonly address: BrokerAddress;
  /** Closes its connections as for a shutdown. */
  shutDown(): void;
  kill(): void;
  /** Stops its process where it is. */
  freeze(): void;
}

export interface CauseTableBroker {
  whole(): Promise<WholeBroker>;
  /** `blocking`: it says that it is short of memory. */
  failing(how: 'silent' | 'blocking'): Promise<FailingBroker>;
}

const rabbit: CauseTableBroker = {
  whole: async () => ({ address: await newVhost(), tlsPort: (await rabbitmq()).tlsPort }),
  async failing() {
    const node = await startRabbitmqNode(0);
    afterwards(() => node.stop());
    const address = { host: '127.0.0.1', port: node.port, ...OWNER, vhost: '/' };
    await (await adminChannel(address)).assertQueue('inbox');
    // Also first of all: a stopped node answers no close.
    afterwards(() => node.stop());
    // A real node leaves a publish without its confirm only when it is short of something.
    await rabbitmqctl(node, 'set_vm_memory_high_watermark', '0.0000001');
    return {
      address,
      shutDown: () => void rabbitmqctl(node, 'stop_app').catch(() => undefined),
      kill: () => process.kill(node.serverPid, 'SIGKILL'),
      freeze: () => process.kill(node.serverPid, 'SIGSTOP'),
    };
  },
};

const embedded: CauseTableBroker = {
  async whole() {
    const authority = await CertificateAuthority.create(temporaryFolder(), '/CN=localhost');
    const broker = new EmbeddedBroker({
      users: { [OWNER.username]: OWNER.password },
      maxMessageBytes: LARGEST_MESSAGE,
      tls: authority.files,
    });
    const { port, tlsPort = 0 } = await broker.listen();
    afterwards(() => broker.close());
    return { address: { host: '127.0.0.1', port, ...OWNER, vhost: '/' }, tlsPort };
  },
  async failing(how) {
    const definitions = join(temporaryFolder(), 'definitions.json');
    const inbox = { name: 'inbox', vhost: '/', durable: true, auto_delete: false, arguments: {} };
    writeFileSync(definitions, JSON.stringify({ vhosts: [{ name: '/' }], queues: [inbox] }));
    const fault = how === 'blocking' ? 'block' : 'silent';
    const child = startCli(['broker', '--fault', fault, '--definitions', definitions]);
    if (child.stdout === null) throw new Error('no stdout');
    const closed = once(child, 'close');
    afterwards(async () => {
      child.kill('SIGKILL');
      await closed;
    });
    const [url] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const { port } = new URL(url.trim());
    const login = { username: 'guest', password: 'guest' };
    return {
      address: { host: '127.0.0.1', port: Number(port), ...login, vhost: '/' },
      shutDown: () => void child.kill('SIGTERM'),
      kill: () => void child.kill('SIGKILL'),
      freeze: () => void child.kill('SIGSTOP'),
    };
  },
};

export const CAUSE_TABLE_BROKERS = { RabbitMQ: rabbit, 'the embedded broker': embedded } as const;
