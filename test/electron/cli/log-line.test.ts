/** `deliver --log-line`: a failure is reproduced from what kumod logged. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { deliverJson, runCli, samplePolicy } from './run-cli.ts';

const ROUTING = samplePolicy('amqp-routing');

const RECORD = {
  type: 'Bounce',
  id: 'c90b9c00e8b211f180017130c3e16daa',
  sender: 'bounces@sender.example',
  recipient: 'user@example.com',
  queue: 'spring:acme@amqp',
  site: 'unspecified->amqp@lua:make.amqp',
  response: { code: 500, enhanced_code: null, content: '{"status":"Nack"}', command: null },
  created: 1_795_599_000,
  num_attempts: 2,
  meta: { customer: 'c-17' },
  headers: { Subject: 'Your order' },
};

function fileOf(...records: readonly unknown[]): string {
  const file = join(temporaryFolder(), 'log');
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
}

describe('a delivery for a line of the log', () => {
  it('is its message: queue, addresses, metadata, headers, id, age and attempts', async () => {
    const { entries } = await deliverJson([ROUTING, '--log-line', fileOf(RECORD)]);
    expect(entries.find(({ kind }) => kind === 'message')).toMatchObject({
      id: RECORD.id,
      queue: 'spring:acme@amqp',
      sender: 'bounces@sender.example',
      recipients: ['user@example.com'],
      meta: { tenant: 'acme', campaign: 'spring', customer: 'c-17' },
      num_attempts: 2,
      created: 1_795_599_000_000,
      data: expect.stringContaining('Subject: Your order\r\n\r\n') as string,
    });
  });

  it('ends with 0 when it ends as the line says', async () => {
    const file = fileOf({ ...RECORD, type: 'Reception' }, RECORD);
    const { status, stdout, stderr } = await runCli([
      ...['deliver', ROUTING, '--log-line', file],
      ...['--fault', 'nack'],
    ]);
    expect(stdout).toContain('It ended as the line of the log says.');
    expect(stderr).toContain('2 records; taken is Bounce 500');
    expect(status).toBe(0);
  });

  it('tells what was otherwise, and the fault to try', async () => {
    const { status, stdout } = await runCli(['deliver', ROUTING, '--log-line', fileOf(RECORD)]);
    expect(stdout).toContain('log line  Bounce\n    here      Delivery');
    expect(stdout).toContain('Try --fault nack.');
    expect(status).toBe(1);
  });

  it.each([
    'refuse',
    'auth',
    'vhost',
    'nack',
    'reset',
    'close-channel:404',
    'close-connection:320',
  ])('finds the fault %s again from what it made kumod log', async (fault) => {
    const { record } = await deliverJson([ROUTING, '--queue', 'amqp', '--fault', fault]);
    const file = fileOf(record);
    const plain = await runCli(['deliver', ROUTING, '--log-line', file]);
    expect(plain.stdout).toContain(`Try --fault ${fault}.`);
    const again = await runCli(['deliver', ROUTING, '--log-line', file, '--fault', fault]);
    expect(again.stdout).toContain('It ended as the line of the log says.');
  });
});

describe('a line that cannot be reproduced', () => {
  it('is no log record', async () => {
    const { status, stderr } = await runCli(['deliver', ROUTING, '--log-line', '-'], 'hello\n');
    expect(stderr).toContain('This is no log record of kumod.');
    expect(status).toBe(1);
  });

  it('is in no file', async () => {
    const { status, stderr } = await runCli(['deliver', ROUTING, '--log-line', '/nowhere/log']);
    expect(stderr).toContain('name a readable file or -');
    expect(status).toBe(2);
  });

  it('shares stdin with the message', async () => {
    const both = ['--log-line', '-', '--data', '-'];
    const { status, stderr } = await runCli(['deliver', ROUTING, ...both]);
    expect(stderr).toContain('Only one of --log-line and --data can read stdin.');
    expect(status).toBe(2);
  });
});
