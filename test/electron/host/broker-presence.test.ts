import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BrokerVerdict } from '../../../electron/amqp/client-contract.ts';
import { testBroker } from '../../../electron/amqp/client/test-broker.ts';
import { EmbeddedBroker } from '../../../electron/amqp/embedded/embedded-broker.ts';
import { BrokerPresence } from '../../../electron/host/broker-presence.ts';

const LOST: BrokerVerdict = {
  verdict: 'failed',
  cause: 'connection-lost',
  explanation: 'The connection was lost.',
};

/** A broker that is asked as the workbench asks it. */
async function watched() {
  const broker = new EmbeddedBroker();
  onTestFinished(() => broker.close());
  const { port } = await broker.listen();
  const address = { host: '127.0.0.1', port, username: 'guest', password: 'guest', vhost: '/' };
  const onChanged = vi.fn();
  const presence = new BrokerPresence({
    onChanged,
    isThere: async (asked) => (await testBroker(asked, { connectLimitMs: 2_000 })).ok,
  });
  onTestFinished(() => presence.close());
  return { broker, port, address, presence, onChanged };
}

describe('the presence of a broker', () => {
  it('says nothing while nothing is amiss', async () => {
    const { presence, address, onChanged } = await watched();
    presence.opened(address);
    expect(presence.state()).toBeUndefined();
    expect(onChanged).not.toHaveBeenCalled();
  });

  it('is gone with the reason, and back when it answers again, without any delivery', async () => {
    const { broker, port, presence, address } = await watched();
    await broker.close();
    presence.lost(address, LOST);
    expect(presence.state()).toMatchObject({
      state: 'gone',
      sentence:
        'The connection was lost. What was under way is unconfirmed, and nothing is sent again.',
    });
    await broker.listen({ port });
    await expect.poll(() => presence.state()?.state, { timeout: 10_000 }).toBe('back');
    expect(presence.state()?.sentence).toMatch(
      /^127\.0\.0\.1:\d+ is back after \d+\.\d s\. What was/,
    );
  });

  it('stays gone while nobody answers', async () => {
    const { broker, presence, address } = await watched();
    await broker.close();
    const asked = vi.fn(async () => false);
    const other = new BrokerPresence({ onChanged: () => undefined, isThere: asked });
    onTestFinished(() => other.close());
    other.lost(address, LOST);
    await expect.poll(() => asked.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(other.state()?.state).toBe('gone');
    expect(presence.state()).toBeUndefined();
  });

  it('is back as soon as a delivery has connected', async () => {
    const { presence, address } = await watched();
    presence.lost(address, LOST);
    presence.opened(address);
    expect(presence.state()?.state).toBe('back');
  });

  it('does not take a refused login for a broker that is gone', async () => {
    const { presence, address } = await watched();
    presence.lost(address, { ...LOST, cause: 'login-refused' });
    expect(presence.state()).toBeUndefined();
  });

  it('keeps the first of many ends, and is forgotten with the broker', async () => {
    const { presence, address } = await watched();
    presence.lost(address, LOST);
    presence.lost(address, { ...LOST, cause: 'connection-refused', explanation: 'Later.' });
    expect(presence.state()?.sentence).toContain('The connection was lost.');
    presence.forget();
    expect(presence.state()).toBeUndefined();
  });

  it('is news until the next delivery once it is back', async () => {
    const { presence, address } = await watched();
    presence.lost(address, LOST);
    presence.nextDelivery();
    expect(presence.state()?.state).toBe('gone');
    presence.opened(address);
    presence.nextDelivery();
    expect(presence.state()).toBeUndefined();
  });
});
