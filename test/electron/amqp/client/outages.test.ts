import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { BrokerAddress, Publisher } from '../../../../electron/amqp/client-contract.ts';
import { connectPublisher } from '../../../../electron/amqp/client/publisher.ts';
import type { Fault } from '../../../../electron/amqp/embedded/faults.ts';
import { startRabbitmqNode, rabbitmqctl } from '../../../rabbitmq/node.ts';
import type { RabbitmqNode } from '../../../rabbitmq/node.ts';
import { OWNER } from '../../../rabbitmq/definitions.ts';
import { describeOnRabbitmq, newVhost, rabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { adminChannel, afterwards, embeddedBroker, LIMITS, message } from './brokers.ts';

async function publisherTo(
  address: BrokerAddress,
  confirmTimeoutMs: number = LIMITS.confirmTimeoutMs,
): Promise<Publisher> {
  const publisher = await connectPublisher(address, { ...LIMITS, confirmTimeoutMs });
  afterwards(() => publisher.close().catch(() => undefined));
  return publisher;
}

/** `T` when stopped, as ps shows it. */
function processState(pid: number): string {
  return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
}

describe('a publish while the embedded broker has a fault', () => {
  async function verdictUnder(fault: Fault, confirmTimeoutMs = 300): Promise<unknown> {
    const { broker, address } = await embeddedBroker();
    broker.declareQueue('inbox', {}, address.vhost);
    const publisher = await publisherTo(address, confirmTimeoutMs);
    await broker.setFault(fault);
    return publisher.publish(message('', 'inbox'));
  }

  it('is unconfirmed after the limit when the broker never confirms', async () => {
    expect(await verdictUnder({ kind: 'silent' })).toMatchObject({
      verdict: 'unconfirmed',
      cause: 'confirm-timeout',
      explanation:
        'The broker did not confirm the message within 0.3 s. Whether it kept the message is not known: look in the queue, or raise the confirm limit.',
    });
  });

  it('is acked late when the confirm comes within the limit', async () => {
    const verdict = await verdictUnder({ kind: 'delay', milliseconds: 100 }, 5_000);
    expect(verdict).toMatchObject({ verdict: 'acked' });
    expect((verdict as { latencyUs: number }).latencyUs).toBeGreaterThan(95_000);
  });

  it('says that the broker blocks publishers when that is why', async () => {
    expect(await verdictUnder({ kind: 'block' })).toMatchObject({
      verdict: 'unconfirmed',
      cause: 'blocked',
      replyText: 'low on memory',
    });
  });

  it('is unconfirmed when the connection is reset', async () => {
    expect(await verdictUnder({ kind: 'reset' })).toMatchObject({
      verdict: 'unconfirmed',
      cause: 'connection-lost',
    });
  });

  it('is unconfirmed with code and words when the connection is closed', async () => {
    expect(await verdictUnder({ kind: 'close-connection', code: 541 })).toMatchObject({
      verdict: 'unconfirmed',
      cause: 'other',
      replyCode: 541,
    });
    expect(await verdictUnder({ kind: 'close-connection', code: 320 })).toMatchObject({
      verdict: 'unconfirmed',
      cause: 'closed-by-operator',
      replyCode: 320,
    });
  });

  it('fails when the channel is closed for it', async () => {
    expect(await verdictUnder({ kind: 'close-channel', code: 403 })).toMatchObject({
      verdict: 'failed',
      cause: 'access-refused',
      replyCode: 403,
    });
  });

  it('ends as unconfirmed when this side closes first', async () => {
    const { broker, address } = await embeddedBroker();
    broker.declareQueue('inbox', {}, address.vhost);
    const publisher = await publisherTo(address);
    await broker.setFault({ kind: 'silent' });
    const verdict = publisher.publish(message('', 'inbox'));
    await publisher.close();
    expect(await verdict).toMatchObject({ verdict: 'unconfirmed', cause: 'closed-by-us' });
  });
});

describeOnRabbitmq('a publish while RabbitMQ', () => {
  it('is closed by an operator is explained by his words', async () => {
    const address = await newVhost();
    const publisher = await publisherTo(address);
    const reason = 'maintenance at noon';
    await rabbitmqctl(await rabbitmq(), 'close_all_connections', '--vhost', address.vhost, reason);
    await expect.poll(() => publisher.isOpen).toBe(false);
    expect(publisher.closedBecause).toMatchObject({
      cause: 'closed-by-operator',
      replyCode: 320,
      replyText: `CONNECTION_FORCED - ${reason}`,
    });
  });

  it('grants the user no writing fails with its words', async () => {
    const address = await newVhost();
    await (await adminChannel(address)).assertExchange('guarded', 'direct');
    const reader = { ...address, username: 'reader', password: 'reader-password' };
    const publisher = await publisherTo(reader);
    expect(await publisher.publish(message('guarded', 'key'))).toMatchObject({
      verdict: 'failed',
      cause: 'access-refused',
      replyCode: 403,
      replyText: expect.stringMatching(
        `^ACCESS_REFUSED - (write )?access to exchange 'guarded' in vhost '${address.vhost}' refused for user 'reader'$`,
      ) as string,
    });
  });
});

describeOnRabbitmq('a publish on a RabbitMQ node in trouble', () => {
  async function privateNode(): Promise<{ node: RabbitmqNode; address: BrokerAddress }> {
    const node = await startRabbitmqNode(0);
    afterwards(() => node.stop());
    const address = { host: '127.0.0.1', port: node.port, ...OWNER, vhost: '/' };
    await (await adminChannel(address)).assertQueue('inbox', { durable: true });
    // Also first of all: a stopped node answers no close.
    afterwards(() => node.stop());
    return { node, address };
  }

  it('is blocked by a memory alarm and unknown when the node is killed', async () => {
    const { node, address } = await privateNode();
    const publisher = await publisherTo(address, 400);
    await rabbitmqctl(node, 'set_vm_memory_high_watermark', '0.0000001');
    // RabbitMQ blocks a connection when it next publishes; that message is taken later or never.
    expect(await publisher.publish(message('', 'inbox'))).toMatchObject({
      verdict: 'unconfirmed',
      cause: 'blocked',
      replyText: 'low on memory',
    });
    const patient = await publisherTo(address);
    const verdict = patient.publish(message('', 'inbox'));
    process.kill(node.serverPid, 'SIGKILL');
    expect(await verdict).toMatchObject({ verdict: 'unconfirmed', cause: 'connection-lost' });
  }, 120_000);

  it('is unknown when the node stops answering heartbeats', async () => {
    const { node, address } = await privateNode();
    const publisher = await publisherTo({ ...address, heartbeatSeconds: 1 }, 30_000);
    process.kill(node.serverPid, 'SIGSTOP');
    await expect.poll(() => processState(node.serverPid)).toMatch(/^T/);
    expect(await publisher.publish(message('', 'inbox'))).toMatchObject({
      verdict: 'unconfirmed',
      cause: 'heartbeat-timeout',
    });
  }, 120_000);
});
