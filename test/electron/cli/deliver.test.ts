import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMessageId } from '../../../lua-runtime/kumod/message-id.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { deliverJson, runCli, samplePolicy } from './run-cli.ts';

const ROUTING = samplePolicy('amqp-routing');
const LOG_HOOK = samplePolicy('amqp-log-hook');
const PRINTED = samplePolicy('amqp-guide-as-printed');
const TENANTS = samplePolicy('tenant-campaign-routing');

function policyFolder(script: string): string {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'init.lua'), script);
  return folder;
}

function verdictOf(entries: readonly Entry[]) {
  return entries.find((entry) => entry.kind === 'verdict');
}

function warningsOf(entries: readonly Entry[]): string[] {
  return entries.filter((entry) => entry.kind === 'warning').map(({ code }) => code);
}

/** A policy whose send does what `body` says. */
function sending(body: string): string {
  return `local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
kumo.on('make', function()
  local connection = {}
  function connection:send(message)
    ${body}
  end
  return connection
end)
`;
}

describe('the account in words', () => {
  it('calls a silent loss by its name, in line with the three truths', async () => {
    const args = ['deliver', LOG_HOOK, '--queue', 'amqp', '--fault', 'unroutable'];
    const { stdout } = await runCli(args);
    expect(stdout).toMatch(/^ {2}kumod logs {7}Delivery 200/m);
    expect(stdout).toMatch(/^ {2}Silent loss {6}kumod logs a Delivery and never retries/m);
  });

  it("ends the broker's own sentence with one full stop, and shows no tabs", async () => {
    const { stdout } = await runCli(['deliver', ROUTING, '--queue', 'amqp', '--fault', 'auth']);
    expect(stdout).toContain('see the broker logfile. The broker at');
    expect(stdout).not.toContain('\t');
  });
});

describe('deliver on the embedded broker', () => {
  it('ends with a Delivery, the record last, the data as it is in FILE', async () => {
    const file = join(temporaryFolder(), 'message');
    writeFileSync(file, 'Subject: x\r\n\r\nhello\n');
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--data', file]);
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(run.record).toMatchObject({
      type: 'Delivery',
      queue: 'amqp',
      size: 20,
      response: { code: 200, content: '250 ok' },
      site: 'unspecified->amqp@lua:make.amqp',
    });
    const own = run.entries.filter((entry) => entry.message === 1);
    expect(own.at(-1)?.kind).toBe('record');
    expect(own.find((entry) => entry.kind === 'publish')).toMatchObject({
      routing_key: 'logging',
      size: 20,
    });
    expect(run.entries.map(({ seq }) => seq)).toEqual(run.entries.map((_, index) => index + 1));
    expect(run.entries.at(0)?.kind).toBe('run');
    expect(run.entries.at(-1)).toMatchObject({ kind: 'end', messages: 1 });
  });

  it('reads the message from stdin', async () => {
    const run = await runCli(
      ['deliver', ROUTING, '--queue', 'amqp', '--data', '-', '--json'],
      'abc',
    );
    expect(run.stdout).toContain('"payload_preview":"abc"');
  });

  it('bounces with the JSON of the script when the broker nacks', async () => {
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--fault', 'nack']);
    expect(run.status).toBe(1);
    expect(verdictOf(run.entries)).toMatchObject({ verdict: 'nacked' });
    expect(run.record).toMatchObject({ type: 'Bounce', response: { code: 500 } });
    expect(JSON.parse(run.record.response.content)).toEqual({ status: 'Nack' });
    expect(warningsOf(run.entries)).toEqual([]);
  });

  it('shouts the silent loss of basic_publish', async () => {
    const run = await deliverJson([LOG_HOOK, '--queue', 'amqp', '--fault', 'unroutable']);
    expect(run.status).toBe(1);
    expect(verdictOf(run.entries)).toMatchObject({ verdict: 'unroutable', reply_code: 312 });
    expect(run.record.type).toBe('Delivery');
    expect(warningsOf(run.entries)).toEqual(['silent-loss']);
  });

  it.each([
    ['refuse', 'failed', 'IO error: Connection refused', /Nothing listens/],
    ['auth', 'failed', 'ACCESS-REFUSED', /refused the login/],
    ['vhost', 'failed', 'NOT-ALLOWED', /virtual host/],
    ['silent', 'unconfirmed', 'no confirm within', /did not confirm/],
    ['reset', 'unconfirmed', 'Connection reset by peer', /was lost/],
    ['close-channel:404', 'failed', 'NOT-FOUND', /closed the channel/],
    ['close-connection:320', 'unconfirmed', 'CONNECTION-FORCED', /closed the connection/],
    ['block', 'unconfirmed', 'no confirm within', /blocks publishers/],
  ])('tells the cause of %s in words and what kumod logs', async (fault, verdict, text, words) => {
    const run = await deliverJson([
      ...[ROUTING, '--queue', 'amqp', '--fault', fault, '--confirm-timeout', '300'],
    ]);
    expect(run.status).toBe(1);
    expect(verdictOf(run.entries)).toMatchObject({
      verdict,
      explanation: expect.stringMatching(words) as string,
    });
    expect(run.record).toMatchObject({ type: 'TransientFailure', response: { code: 400 } });
    expect(run.record.response.content).toContain(text);
    expect(run.entries.find((entry) => entry.kind === 'record')?.next_attempt?.attempt).toBe(2);
  });

  it('delays the confirm by what the fault says', async () => {
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--fault', 'delay:250']);
    expect(run.record.type).toBe('Delivery');
    expect(verdictOf(run.entries)?.latency_us).toBeGreaterThanOrEqual(250_000);
  });

  it("leads from the printed guide's TransientFailure to its mistake", async () => {
    const run = await deliverJson([PRINTED, '--queue', 'amqp']);
    expect(run.status).toBe(1);
    expect(run.record).toMatchObject({ type: 'TransientFailure', response: { code: 400 } });
    expect(run.record.response.content).toContain(
      "init.lua:20: attempt to index a nil value (global 'message')",
    );
    expect(run.entries.find((entry) => entry.kind === 'error')).toMatchObject({
      during: 'make.amqp',
      location: { file: 'init.lua', line: 20 },
    });
  });

  it('tells the script NotRequested, as kumod does, and shouts what that hides', async () => {
    const run = await deliverJson([
      ...[ROUTING, '--queue', 'amqp', '--fault', 'nack', '--confirms', 'kumod'],
    ]);
    expect(run.record.type).toBe('Delivery');
    expect(warningsOf(run.entries)).toEqual(['silent-loss']);
    expect(run.stdout).toContain('"status":"NotRequested"');
  });

  it('gives tenant, campaign and --meta to the script', async () => {
    const run = await deliverJson([TENANTS, '--queue', 'receipts:acme@example.com']);
    expect(run.record.type).toBe('Delivery');
    expect(run.entries.find((entry) => entry.kind === 'publish')).toMatchObject({
      exchange: 'mail',
      routing_key: 'acme.receipts',
    });
    const folder = policyFolder(sending("return tostring(message:get_meta('n') + 1)"));
    const counted = await deliverJson([folder, '--queue', 'q', '--meta', 'n=41']);
    expect(counted.record.response.content).toBe('42');
  });

  it('gives the message that id, its age, and the attempts before it', async () => {
    const folder = policyFolder(sending('return message:id() .. " " .. message:num_attempts()'));
    const id = createMessageId(Date.now() - 60_000, 1, 1);
    const run = await deliverJson([folder, '--queue', 'q', '--id', id, '--num-attempts', '4']);
    expect(run.record.response.content).toBe(`${id} 4`);
    expect(run.record).toMatchObject({ id, num_attempts: 4 });
  });

  it('runs on fengari as well', async () => {
    const run = await deliverJson([ROUTING, '--queue', 'amqp', '--engine', 'fengari']);
    expect(run.record.type).toBe('Delivery');
    expect(run.entries[0]).toMatchObject({ kind: 'run', engine: 'fengari' });
  });
});

describe('many messages', () => {
  it('shares them among sessions and ends every one in its record', async () => {
    const run = await deliverJson([
      ...[ROUTING, '--queue', 'amqp', '--count', '200', '--sessions', '3'],
    ]);
    expect(run.status).toBe(0);
    const records = run.entries.filter((entry) => entry.kind === 'record');
    expect(new Set(records.map(({ message }) => message)).size).toBe(200);
    expect(new Set(records.map(({ session }) => session))).toEqual(new Set([1, 2, 3]));
    for (const session of [1, 2, 3]) {
      const order = records
        .filter((entry) => entry.session === session)
        .map(({ message }) => message ?? 0);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });

  it('opens a new session where kumod would, after one has failed', async () => {
    const folder = policyFolder(sending("if message:id() then error('boom') end"));
    const run = await deliverJson([folder, '--queue', 'q', '--count', '4']);
    const contents = run.entries
      .filter((entry) => entry.kind === 'record')
      .map(({ record }) => (record.response.content.includes('boom') ? 'boom' : 'poisoned'));
    expect(contents).toEqual(['boom', 'poisoned', 'boom', 'poisoned']);
    expect(run.stdout).toContain('only one connection attempt per session');
  });

  it('waits for late verdicts before it writes the record', async () => {
    const run = await deliverJson([
      ...[LOG_HOOK, '--queue', 'amqp', '--count', '20', '--fault', 'delay:100'],
    ]);
    const ends = new Map<number | undefined, string[]>();
    for (const { kind, message } of run.entries) {
      if (kind === 'verdict' || kind === 'record') {
        ends.set(message, [...(ends.get(message) ?? []), kind]);
      }
    }
    expect([...ends.values()]).toEqual(Array.from({ length: 20 }, () => ['verdict', 'record']));
  });
});

describe('scripts that run into a limit', () => {
  it('ends the message as an error in send would, names the limit, and goes on', async () => {
    const folder = policyFolder(
      sending("if message:get_data() == 'loop' then while true do end end return 'ok'"),
    );
    const file = join(temporaryFolder(), 'data');
    writeFileSync(file, 'loop');
    const run = await deliverJson([
      ...[folder, '--queue', 'q', '--data', file, '--deadline', '300', '--count', '2'],
    ]);
    expect(run.status).toBe(1);
    expect(run.record).toMatchObject({ type: 'TransientFailure', response: { code: 400 } });
    const limit = run.entries.find((entry) => entry.kind === 'limit');
    expect(limit).toMatchObject({ limit: 'deadline', value: 300, message: 1, session: 1 });
    expect(run.record.response.content).toContain('sender:send method failed');
    expect(run.entries.filter((entry) => entry.kind === 'record')).toHaveLength(2);
  });

  it('stops when every message would end like that', async () => {
    const folder = policyFolder(sending('while true do end'));
    const run = await runCli([
      ...['deliver', folder, '--queue', 'q', '--deadline', '100', '--count', '50', '--json'],
    ]);
    expect(run.status).toBe(1);
    expect(run.stdout.match(/"kind":"record"/g)).toHaveLength(3);
    expect(run.stderr).toContain('the other 47 messages were not tried');
  });
});

describe('what cannot be delivered', () => {
  it('says so for a queue that goes out by SMTP', async () => {
    const run = await runCli(['deliver', ROUTING, '--queue', 'example.com', '--json']);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^The queue example\.com goes out by SMTP/);
    expect(run.stdout).not.toContain('"kind":"record"');
  });

  it('tells a load error with its line', async () => {
    const folder = policyFolder("local kumo = require 'kumo'\nkumo.oops()\n");
    const run = await runCli(['deliver', folder, '--queue', 'q']);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('init.lua:2:');
  });

  it.each([
    [[], 'Give one policy and a queue'],
    [[ROUTING], 'Give one policy and a queue'],
    [[ROUTING, '--queue', 'q', '--count', 'x'], '--count must be a whole number'],
    [[ROUTING, '--queue', 'q', '--fault', 'nonsense'], 'is not a fault'],
    [[ROUTING, '--queue', 'q', '--nope'], "Unknown option '--nope'"],
    [[ROUTING, '--queue', 'q', '--broker', 'amqp://h', '--fault', 'nack'], 'embedded broker'],
    [[ROUTING, '--queue', 'q', '--recipient', 'no address'], 'is not an address'],
    [[ROUTING, '--queue', 'q', '--broker', 'http://h'], 'amqp://'],
    [[ROUTING, '--queue', 'q', '--engine', 'luajit'], '--engine must be one of'],
    [[ROUTING, '--queue', 'q', '--meta', 'x'], '--meta name=value'],
    [[ROUTING, '--queue', 'q', '--id', 'm-17'], 'write its 32 hexadecimal digits'],
    [[ROUTING, '--queue', 'q', '--num-attempts', '70000'], '--num-attempts must be'],
    [['/no/such/policy', '--queue', 'q'], 'does not exist'],
    [[ROUTING, '--queue', 'q', '--data', '/no/such/file'], 'cannot be read'],
    [[ROUTING, '--queue', 'q', '--broker', 'Production'], 'name of a broker profile'],
  ])('ends with 2 for the arguments %j', async (args, sentence) => {
    const run = await runCli(['deliver', ...args]);
    expect(run.stderr).toContain(sentence);
    expect(run.status).toBe(2);
  });
});

describe('a load run', () => {
  const loadRun = ['deliver', ROUTING, '--queue', 'amqp', '--quiet'];

  it('ends in a summary whose counts add up, with faults on some of the messages', async () => {
    const { entries, status } = await deliverJson([
      ...[ROUTING, '--queue', 'amqp', '--count', '200', '--sessions', '4'],
      ...['--fault', 'nack@every=4'],
    ]);
    const summary = entries.at(-2);
    expect(summary).toMatchObject({
      kind: 'summary',
      messages: 200,
      interrupted: 0,
      not_tried: 0,
      verdicts: { acked: 150, nacked: 50, unroutable: 0, unconfirmed: 0, failed: 0, none: 0 },
      silent_loss: 0,
      records: [
        { type: 'Delivery', count: 150, reasons: [{ code: 200, content: '250 ok', count: 150 }] },
        { type: 'Bounce', count: 50, reasons: [{ code: 500, count: 50 }] },
      ],
    });
    expect(status).toBe(1);
  });

  it('tells on stderr what became of the messages, and only that when quiet', async () => {
    const run = await runCli([...loadRun, '--count', '30', '--fault', 'unroutable@n=11..']);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/^Summary: 30 messages in /);
    expect(run.stderr).toMatch(/^ +10 {2}acked$/m);
    expect(run.stderr).toMatch(/^ +20 {2}unroutable$/m);
  });

  it('ends when its time is up, with as many messages as went through', async () => {
    const began = performance.now();
    const run = await runCli([...loadRun, '--seconds', '3', '--sessions', '2']);
    expect(run.stderr).toMatch(/^Summary: \d{2,} messages in [\d.]+ s/);
    expect(run.stderr).not.toContain('not tried');
    expect(run.status).toBe(0);
    expect(performance.now() - began).toBeGreaterThan(3_000);
  });

  it('ends in time where every message takes long', async () => {
    const run = await runCli([
      ...[...loadRun, '--seconds', '1', '--fault', 'delay:300', '--sessions', '2'],
    ]);
    const seconds = Number(/ in ([\d.]+) s/.exec(run.stderr)?.[1]);
    // Without regard to the time a session would take a whole chunk, of a third of a second each.
    expect(seconds).toBeLessThan(5);
  });

  it('refuses a time that is none', async () => {
    const run = await runCli([...loadRun, '--seconds', '0']);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('--seconds must be a whole number from 1 to 86400');
  });
});
