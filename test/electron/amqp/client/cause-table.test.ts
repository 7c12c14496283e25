import { beforeEach, describe, expect, it } from 'vitest';
import { BrokerError } from '../../../../electron/amqp/client-contract.ts';
import type {
  BrokerAddress,
  OutgoingMessage,
  Publisher,
} from '../../../../electron/amqp/client-contract.ts';
import { connectPublisher } from '../../../../electron/amqp/client/publisher.ts';
import { describeOnRabbitmq } from '../../../rabbitmq/rabbitmq.ts';
import { adminChannel, afterwards, BROKERS, LARGEST_MESSAGE, LIMITS, message } from './brokers.ts';

/** The same table, the same words, whichever broker answers. */
for (const [name, open] of Object.entries(BROKERS)) {
  const suite = name === 'RabbitMQ' ? describeOnRabbitmq : describe;
  suite(`what ${name} does with a publish`, () => {
    let address: BrokerAddress;
    beforeEach(async () => {
      address = await open();
    });

    async function publisher(): Promise<Publisher> {
      const opened = await connectPublisher(address, LIMITS);
      afterwards(() => opened.close().catch(() => undefined));
      return opened;
    }

    async function verdictOn(outgoing: OutgoingMessage): Promise<unknown> {
      const { latencyUs, ...verdict } = await (await publisher()).publish(outgoing);
      expect(latencyUs).toBeGreaterThan(0);
      return verdict;
    }

    it('is acked when a queue takes it', async () => {
      await (await adminChannel(address)).assertQueue('inbox', { durable: true });
      expect(await verdictOn(message('', 'inbox'))).toEqual({
        verdict: 'acked',
        cause: 'acked',
        explanation: 'The broker routed the message and took responsibility for it.',
      });
    });

    it('is nacked by a full queue that rejects', async () => {
      const channel = await adminChannel(address);
      await channel.assertQueue('full', {
        durable: true,
        arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' },
      });
      await verdictOn(message('', 'full'));
      expect(await verdictOn(message('', 'full'))).toEqual({
        verdict: 'nacked',
        cause: 'nacked',
        explanation:
          'The broker refused the message, most often because a queue is full and set to reject-publish; it kept nothing. Drain the queue or raise its limit.',
      });
    });

    it('is unroutable without a queue of that name, though the script did not ask for mandatory', async () => {
      expect(await verdictOn(message('', 'nowhere'))).toEqual({
        verdict: 'unroutable',
        cause: 'unroutable',
        replyCode: 312,
        replyText: 'NO_ROUTE',
        explanation:
          "No queue is named 'nowhere', so the broker dropped the message. Declare the queue or correct the routing key.",
      });
    });

    it('is unroutable without a binding that matches', async () => {
      expect(await verdictOn(message('amq.topic', 'a.b'))).toMatchObject({
        verdict: 'unroutable',
        replyCode: 312,
        explanation:
          "No binding of exchange 'amq.topic' matches routing key 'a.b', so the broker dropped the message. Add a binding or correct the routing key.",
      });
    });

    it('fails for an exchange that does not exist', async () => {
      expect(await verdictOn(message('nope', 'key'))).toEqual({
        verdict: 'failed',
        cause: 'missing-exchange',
        replyCode: 404,
        replyText: `NOT_FOUND - no exchange 'nope' in vhost '${address.vhost}'`,
        explanation: `Exchange 'nope' does not exist in virtual host '${address.vhost}', so the broker dropped the message and closed the channel. Declare the exchange or correct its name.`,
      });
    });

    it("fails for another user's id", async () => {
      const verdict = await verdictOn(message('', 'inbox', { properties: { user_id: 'bob' } }));
      expect(verdict).toMatchObject({
        verdict: 'failed',
        cause: 'precondition-failed',
        replyCode: 406,
        replyText: `PRECONDITION_FAILED - user_id property set to 'bob' but authenticated user was '${address.username}'`,
      });
    });

    it('fails for a message above the limit of the broker', async () => {
      const payload = new Uint8Array(LARGEST_MESSAGE + 1);
      expect(await verdictOn(message('', 'inbox', { payload }))).toMatchObject({
        verdict: 'failed',
        cause: 'message-too-large',
        replyCode: 406,
        replyText: `PRECONDITION_FAILED - message size ${LARGEST_MESSAGE + 1} is larger than configured max size ${LARGEST_MESSAGE}`,
      });
    });

    it('fails for headers above 64 KiB and leaves the channel usable', async () => {
      await (await adminChannel(address)).assertQueue('inbox');
      const open = await publisher();
      const properties = { headers: { long: 'x'.repeat(70_000) } };
      expect(await open.publish(message('', 'inbox', { properties }))).toMatchObject({
        verdict: 'failed',
        cause: 'headers-too-large',
      });
      expect(await open.publish(message('', 'inbox'))).toMatchObject({ verdict: 'acked' });
    });

    it('fails for a routing key above 255 bytes and leaves the channel usable', async () => {
      const open = await publisher();
      expect(await open.publish(message('', 'k'.repeat(256)))).toMatchObject({
        verdict: 'failed',
        cause: 'other',
      });
      expect(open.isOpen).toBe(true);
    });

    it('refuses the next publish with the reason the channel was closed for', async () => {
      const open = await publisher();
      await open.publish(message('nope', 'key'));
      expect(open.isOpen).toBe(false);
      expect(() => open.publish(message('', 'inbox'))).toThrow(BrokerError);
      expect(open.closedBecause).toMatchObject({ cause: 'missing-exchange', replyCode: 404 });
    });

    it('tells apart what stood before, at and behind the publish that closed the channel', async () => {
      await (await adminChannel(address)).assertQueue('inbox');
      const open = await publisher();
      const verdicts = await Promise.all(
        [message('', 'nowhere'), message('nope', 'key'), message('', 'inbox')].map((outgoing) =>
          open.publish(outgoing),
        ),
      );
      expect(verdicts.map(({ verdict, cause }) => [verdict, cause])).toEqual([
        ['unroutable', 'unroutable'],
        ['failed', 'missing-exchange'],
        ['failed', 'channel-closed'],
      ]);
    });

    it('knows that this side closed it, and refuses to close twice', async () => {
      const open = await publisher();
      await open.close();
      expect(open.closedBecause).toMatchObject({ verdict: 'failed', cause: 'closed-by-us' });
      await expect(open.close()).rejects.toThrow(BrokerError);
    });
  });
}
