/** The "Test connection" of a broker profile. */
import { BrokerError } from '../client-contract.ts';
import type { BrokerAddress } from '../client-contract.ts';
import { formatHostAndPort } from './amqp-uri.ts';
import { connectPublisher } from './publisher.ts';

/** Long enough for a broker on another continent, short enough for somebody who waits. */
const CONNECT_LIMIT_MS = 10_000;

/**
 * Connects, logs in, opens the virtual host and a confirm channel, and disconnects. Never rejects
 * for what a broker says: that is the explanation.
 */
export async function testBroker(
  address: BrokerAddress,
  confirmTimeoutMs: number,
): Promise<{ ok: boolean; explanation: string }> {
  try {
    const publisher = await connectPublisher(address, {
      confirmTimeoutMs,
      connectTimeoutMs: CONNECT_LIMIT_MS,
    });
    await publisher.close();
    return {
      ok: true,
      explanation: `${formatHostAndPort(address)} accepted user '${address.username}' and opened virtual host '${address.vhost}' with publisher confirms.`,
    };
  } catch (error) {
    if (error instanceof BrokerError) {
      return { ok: false, explanation: error.message };
    }
    throw error;
  }
}
