/** The embedded broker as a process that stands still for a while, as on a laptop that slept. */
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { heartbeatFrame } from '../../../../electron/amqp/embedded/wire/frame-writer.ts';
import { startCli } from '../../cli/run-cli.ts';
import { openRawClient } from './raw-client.ts';

/** Longer than the two intervals after which a silent peer is given up. */
const STANDSTILL_MS = 3_500;

test('a connection outlives a standstill of the broker that is longer than its heartbeats', async () => {
  const child = startCli(['broker']);
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('no stdout');
  const [url] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const client = await openRawClient(Number(new URL(url.trim()).port), 1);
  let closed = false;
  client.socket.once('close', () => (closed = true));
  const beat = setInterval(() => client.socket.write(heartbeatFrame), 400);
  onTestFinished(() => clearInterval(beat));

  child.kill('SIGSTOP');
  const stopped = performance.now();
  await vi.waitFor(() => expect(performance.now() - stopped).toBeGreaterThan(STANDSTILL_MS), {
    timeout: 10_000,
  });
  child.kill('SIGCONT');

  // It answers, and goes on doing so once its timers have run again.
  const asked = performance.now();
  let answers = 0;
  client.socket.on('data', () => (answers += 1));
  await vi.waitFor(() => expect(performance.now() - asked).toBeGreaterThan(2_500), {
    timeout: 10_000,
  });
  expect(answers).toBeGreaterThan(0);
  expect(closed).toBe(false);
});
