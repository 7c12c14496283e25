import { expect, it } from 'vitest';
import type { BrokerAddress } from '../../../../electron/amqp/client-contract.ts';
import { mappedBroker } from '../../../../electron/host/run-broker.ts';
import { ENGINES } from '../../../../lua-runtime/vm/create-vm.ts';
import { describeOnRabbitmq, newVhost } from '../../../rabbitmq/rabbitmq.ts';
import { adminChannel } from '../../amqp/client/brokers.ts';
import { debugRun, onLine, SENDER } from './debugged-run.ts';

/** Takes a broker's confirm for a failure, so that a message bounces that the broker keeps. */
const BOUNCING = SENDER.replace("result.status == 'Ack' or ", '');

const brokerAt = (address: BrokerAddress) =>
  mappedBroker('rabbitmq', address, { confirms: 'broker', confirmTimeoutMs: 5_000 });

describeOnRabbitmq('a debugged run on RabbitMQ', () => {
  it.each(ENGINES)(
    'goes back from a bounce to the payload, which went out once (%s)',
    async (engine) => {
      const address = await newVhost();
      const admin = await adminChannel(address);
      await admin.assertQueue('orders');
      const depth = async () => (await admin.checkQueue('orders')).messageCount;
      const run = await debugRun({
        engine,
        policy: BOUNCING,
        broker: brokerAt(address),
        launch: { stopOnEnd: true },
        breakpoints: { events: [{ id: 1, event: 'reject' }] },
      });
      expect(await run.nextStop()).toMatchObject({ reason: 'reject' });
      expect(run.where()).toBe('init.lua:16');
      expect(await depth()).toBe(1);
      const payload = async (): Promise<void> => {
        while (run.where() !== 'init.lua:10') await run.after(run.target.stepBack());
      };
      await payload();
      expect(await run.evaluate('self.count')).toBe('1');
      expect(run.target.position().live).toBe(false);
      expect(await depth()).toBe(1);
      // Through the publish once more, in the past, and on into the present.
      await run.after(run.target.resume({ kind: 'step-over' }));
      await run.after(run.target.resume({ kind: 'step-over' }));
      expect(run.where()).toBe('init.lua:12');
      expect(await run.evaluate('payload')).toContain('message 1');
      expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
        reason: 'reject',
      });
      expect(run.target.position().live).toBe(true);
      expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
        reason: 'end',
      });
      expect(run.target.entries().find(({ kind }) => kind === 'record')).toMatchObject({
        record: { type: 'Bounce' },
      });
      // And from the end of the run.
      await run.after(run.target.reverseContinue());
      await payload();
      await run.after(run.target.seek(1));
      expect(await run.after(run.target.resume({ kind: 'continue' }))).toMatchObject({
        reason: 'reject',
      });
      expect(await depth()).toBe(1);
      const message = await admin.get('orders');
      expect(message === false ? '' : message.content.toString()).toBe('message 1');
      expect(await admin.get('orders')).toBe(false);
    },
  );

  it('keeps the connection alive while the script stands still', async () => {
    const address = await newVhost();
    const admin = await adminChannel(address);
    await admin.assertQueue('orders');
    const run = await debugRun({
      engine: 'lua54',
      policy: SENDER,
      // RabbitMQ gives up on a client after two intervals without a byte.
      broker: brokerAt({ ...address, heartbeatSeconds: 1 }),
      breakpoints: { lines: [onLine(11)] },
    });
    await run.nextStop();
    const until = performance.now() + 4_500;
    while (performance.now() < until) await run.evaluate('payload');
    await run.after(run.target.stepBack());
    await run.after(run.target.resume({ kind: 'step-over' }));
    await run.target.resume({ kind: 'continue' });
    expect(await run.ended()).toEqual({ exitCode: 0 });
    expect((await admin.checkQueue('orders')).messageCount).toBe(1);
    expect(run.target.entries().find(({ kind }) => kind === 'verdict')).toMatchObject({
      verdict: 'acked',
    });
  });
});
