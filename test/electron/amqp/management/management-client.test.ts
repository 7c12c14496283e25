import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import {
  fetchAndRequeue,
  managementTopology,
} from '../../../../electron/amqp/management/management-client.ts';
import { describeOnRabbitmq, newVhost, rabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { adminChannel, afterwards } from '../client/brokers.ts';

const broker = {
  host: '127.0.0.1',
  port: 5672,
  username: 'guest',
  password: 'secret-word',
  vhost: '/',
};

describeOnRabbitmq('the management API of RabbitMQ', () => {
  it('tells exchanges, bindings, and queues with their depth', async () => {
    const address = await newVhost();
    const url = `http://127.0.0.1:${(await rabbitmq()).managementPort}`;
    const channel = await adminChannel(address);
    await channel.assertQueue('logging', { maxLength: 10 });
    await channel.bindQueue('logging', 'amq.topic', 'mail.#');
    for (let n = 0; n < 3; n++) channel.sendToQueue('logging', Buffer.from('x'));
    await vi.waitFor(
      async () => {
        const topology = await managementTopology({ url, broker: address });
        expect(topology.queues).toMatchObject([
          { name: 'logging', messages: 3, arguments: { 'x-max-length': 10 } },
        ]);
        expect(topology.bindings).toMatchObject([
          { source: 'amq.topic', destination: 'logging', routingKey: 'mail.#' },
        ]);
        expect(topology.exchanges).toContainEqual(
          expect.objectContaining({ name: 'amq.topic', type: 'topic' }),
        );
      },
      { timeout: 15_000, interval: 200 },
    );
  });

  it('answers over HTTPS to who trusts its certificate, and to nobody else', async () => {
    const address = await newVhost();
    const { managementTlsPort, certificate } = await rabbitmq();
    const channel = await adminChannel(address);
    await channel.assertQueue('logging');
    const url = `https://localhost:${managementTlsPort}`;
    const trusting = { ...address, tls: { ca: certificate } };
    await vi.waitFor(
      async () => {
        const { queues } = await managementTopology({ url, broker: trusting });
        expect(queues).toMatchObject([{ name: 'logging' }]);
      },
      { timeout: 15_000, interval: 200 },
    );
    await expect(managementTopology({ url, broker: address })).rejects.toThrow(
      /^The management API at https:\/\/localhost:\d+ cannot be reached \(self-signed certificate\)/,
    );
    // The name that the certificate must carry is the profile's, when it says one.
    const other = { ...address, tls: { ca: certificate, serverName: 'mq.customer.example' } };
    await expect(managementTopology({ url, broker: other })).rejects.toThrow(
      "does not match certificate's altnames",
    );
  });

  it('shows messages that stay in the queue, marked as redelivered', async () => {
    const address = await newVhost();
    const url = `http://127.0.0.1:${(await rabbitmq()).managementPort}`;
    const channel = await adminChannel(address);
    await channel.assertQueue('logging');
    channel.sendToQueue('logging', Buffer.from('peek me'), { headers: { a: 1 } });
    await channel.checkQueue('logging');
    const [message] = await fetchAndRequeue({ url, broker: address }, 'logging', 5, 4);
    expect(message).toMatchObject({
      routingKey: 'logging',
      size: 7,
      properties: { headers: { a: 1 } },
    });
    expect(message?.body.toString()).toBe('peek');
    const kept = await channel.get('logging');
    expect(kept && kept.fields.redelivered).toBe(true);
  });

  it('refuses a wrong password with what to do', async () => {
    const address = { ...(await newVhost()), password: 'wrong' };
    const url = `http://127.0.0.1:${(await rabbitmq()).managementPort}`;
    await expect(managementTopology({ url, broker: address })).rejects.toThrow(
      /refused user 'owner'; correct the password/,
    );
  });
});

describe('what is no management API', () => {
  it('is a port where nothing listens', async () => {
    const asked = managementTopology({ url: 'http://127.0.0.1:1', broker });
    await expect(asked).rejects.toThrow(/cannot be reached .*rabbitmq-plugins enable/);
    await expect(asked).rejects.not.toThrow(/secret-word/);
  });

  it('is a web server that answers with a page', async () => {
    const server = createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterwards(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    await expect(managementTopology({ url: `http://127.0.0.1:${port}`, broker })).rejects.toThrow(
      /is not RabbitMQ's management API/,
    );
  });
});
