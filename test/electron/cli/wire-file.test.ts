import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeOnRabbitmq, newVhost } from '../../rabbitmq/rabbitmq.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli, samplePolicy, startCli } from './run-cli.ts';

const ROUTING = samplePolicy('amqp-routing');
const LOG_HOOK = samplePolicy('amqp-log-hook');

/** `1 sent connection.start-ok`, without the times and what the frames carry. */
const outline = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(/^(\d+) {2}\S+ {2}(\w+) +(?:ch \d+ +)?(\S+(?: \w+)*).*$/, '$1 $2 $3'),
    );

describe('--wire', () => {
  it('writes the frames of a delivery into a file that its user alone can read', async () => {
    const file = join(temporaryFolder(), 'frames.txt');
    const run = await runCli(['deliver', ROUTING, '--queue', 'amqp', '--wire', file]);
    expect(run.status).toBe(0);
    expect(run.stderr).toBe('');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(outline(readFileSync(file, 'utf8'))).toEqual(
      expect.arrayContaining([
        '1 sent protocol header',
        '1 sent basic.publish',
        '1 received basic.ack',
      ]),
    );
  });

  it('writes to stderr for a dash, each line with the number of its connection', async () => {
    const run = await runCli(['deliver', ROUTING, '--queue', 'amqp', '--wire', '-']);
    const lines = outline(run.stderr);
    expect(lines).toContain('1 sent basic.publish');
    expect(lines.filter((line) => !line.startsWith('1 '))).toEqual([]);
  });

  it('shows for the broker by itself what its clients send, from its side', async () => {
    const file = join(temporaryFolder(), 'frames.txt');
    const broker = startCli(['broker', '--wire', file]);
    const [url] = (await once(broker.stdout?.setEncoding('utf8') ?? broker, 'data')) as [string];
    await runCli(['deliver', LOG_HOOK, '--queue', 'amqp', '--broker', url.trim()]);
    broker.kill('SIGTERM');
    await once(broker, 'close');
    const lines = outline(readFileSync(file, 'utf8'));
    expect(lines.slice(0, 3)).toEqual([
      '1 sent a client came',
      '1 received protocol header',
      '1 sent connection.start',
    ]);
    expect(lines).toContain('1 sent basic.return');
  });

  it('says that a file cannot be written, and where to go', async () => {
    const run = await runCli(['deliver', ROUTING, '--queue', 'amqp', '--wire', '/no/such/file']);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('--wire /no/such/file cannot be written');
  });
});

describeOnRabbitmq('--wire with RabbitMQ', () => {
  it('shows the return of a message that no queue takes, and no password', async () => {
    const { username, password, host, port, vhost } = await newVhost();
    const url = `amqp://${username}:${password}@${host}:${port}/${encodeURIComponent(vhost)}`;
    const run = await runCli([
      'deliver',
      LOG_HOOK,
      '--queue',
      'amqp',
      '--broker',
      url,
      '--wire',
      '-',
    ]);
    expect(run.stderr).toMatch(
      /received {2}ch 1 {2}basic\.return +reply-code=312 reply-text="NO_ROUTE"/,
    );
    expect(run.stderr).toContain('password (hidden)');
    expect(run.stderr).not.toContain(`:${password}@`);
  });
});
