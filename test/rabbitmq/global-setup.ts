/**
 * One RabbitMQ node for a whole test run, started when the first test asks for it. Tests run in
 * processes of their own, so they ask over HTTP: `GET /node` and `POST /vhost`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { rabbitmqctl, startRabbitmqNode } from './node.ts';
import type { RabbitmqNode } from './node.ts';
import { OWNER, READER, WRITER } from './definitions.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly rabbitmqControl: string;
  }
}

const PREPARED_VHOSTS = 100;

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<RabbitmqNode> | undefined;
  let taken = 0;
  const node = (): Promise<RabbitmqNode> => (starting ??= startRabbitmqNode(PREPARED_VHOSTS));

  async function newVhost(): Promise<string> {
    const running = await node();
    const prepared = running.vhosts[taken];
    taken += 1;
    if (prepared !== undefined) {
      return prepared;
    }
    const name = `test-${taken}`;
    await rabbitmqctl(running, 'add_vhost', name);
    for (const [user, mayChange, mayRead] of [
      [OWNER.username, '.*', '.*'],
      [READER.username, '', '.*'],
      [WRITER.username, '.*', ''],
    ] as const) {
      const permissions = [mayChange, mayChange, mayRead];
      await rabbitmqctl(running, 'set_permissions', '-p', name, user, ...permissions);
    }
    return name;
  }

  const server = createServer((request, response) => {
    const answer = request.url === '/vhost' ? newVhost() : node();
    answer.then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  provide('rabbitmqControl', `http://127.0.0.1:${port}`);

  return async () => {
    server.close();
    server.closeAllConnections();
    await (await starting?.catch(() => undefined))?.stop();
  };
}
