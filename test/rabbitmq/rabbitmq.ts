/**
 * RabbitMQ for tests: the node that the test run shares, a vhost for each test, and suites that are
 * skipped, with the reason in their name, where RabbitMQ is not installed.
 */
import { beforeAll, describe, inject } from 'vitest';
import type { BrokerAddress } from '../../electron/amqp/client-contract.ts';
import { OWNER } from './definitions.ts';
import type {} from './global-setup.ts';
import { findRabbitmq } from './installation.ts';
import type { RabbitmqNodeInfo } from './node.ts';

const START_LIMIT_MS = 120_000;

/** A suite that needs RabbitMQ. */
export function describeOnRabbitmq(name: string, suite: () => void): void {
  const found = findRabbitmq();
  if ('missing' in found) {
    describe.skip(`${name} (skipped: ${found.missing})`, suite);
  } else {
    describe(name, () => {
      // The first suite to come here starts the node, which may outlast a test's own limit.
      beforeAll(async () => {
        await rabbitmq();
      }, START_LIMIT_MS);
      suite();
    });
  }
}

/** The node that this test run shares; the first call starts it. Do nothing to it that others notice. */
export async function rabbitmq(): Promise<RabbitmqNodeInfo> {
  return (await ask('/node')) as RabbitmqNodeInfo;
}

/** A vhost that no other test uses, with nothing in it, and its owner's login. */
export async function newVhost(): Promise<BrokerAddress> {
  const { port } = await rabbitmq();
  const vhost = String(await ask('/vhost'));
  return { host: '127.0.0.1', port, ...OWNER, vhost };
}

async function ask(path: string): Promise<unknown> {
  const response = await fetch(`${inject('rabbitmqControl')}${path}`);
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.json();
}
