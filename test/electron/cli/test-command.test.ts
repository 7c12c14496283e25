import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli, samplePolicy } from './run-cli.ts';

/** A copy of the sample, with scenarios of its own. */
function policyWith(scenarios: readonly object[]): string {
  const folder = temporaryFolder();
  for (const file of ['init.lua', 'definitions.json']) {
    cpSync(join(samplePolicy('amqp-routing'), file), join(folder, file));
  }
  const content = { version: 1, policy: 'init.lua', scenarios };
  writeFileSync(join(folder, 'own.scenarios.json'), JSON.stringify(content, undefined, 2));
  return folder;
}

const deliver = { queue: 'amqp', recipient: 'user@example.com' };
const passing = { name: 'passes', deliver, expect: { record: { type: 'Delivery' } } };
const failing = {
  name: 'fails & <tells> #why',
  deliver,
  broker: { fault: 'nack' },
  expect: { record: { type: 'Delivery', code: 200 } },
};
const lineOfReject =
  readFileSync(join(samplePolicy('amqp-routing'), 'init.lua'), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('kumo.reject')) + 1;

describe('test', () => {
  it('passes with the scenarios that ship, and writes what they have run together', async () => {
    const coverage = join(temporaryFolder(), 'coverage');
    const { status, stdout, stderr } = await runCli([
      'test',
      'lua-runtime/samples',
      '--coverage',
      coverage,
    ]);
    expect(stdout).toMatch(/\n1[0-9] passed, 0 failed\n$/);
    expect(stdout).toContain('  ok   A nack bounces with what the broker said (');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^Coverage: lines /);
    const lcov = readFileSync(join(coverage, 'lcov.info'), 'utf8');
    const [routing = ''] = lcov
      .split('end_of_record')
      .filter((part) => part.includes(`SF:${join(samplePolicy('amqp-routing'), 'init.lua')}\n`));
    // The delivery, the load run's 36 and the one that kumod's way loses end in the Ack branch; a nack
    // and the load run's four end in the reject.
    expect(routing).toContain(`DA:${lineOfReject},5\n`);
  });

  it('tells what was expected, what was, and the line of the policy', async () => {
    const folder = policyWith([passing, failing]);
    const { status, stdout } = await runCli(['test', folder]);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      / {2}ok {3}passes \(\d+ ms\)\n {2}FAIL fails & <tells> #why \(\d+ ms\)\n/,
    );
    const place = `${join(folder, 'init.lua')}:${lineOfReject}`;
    expect(stdout).toContain(
      `       record.type: expected Delivery, got Bounce 500 "{\\"status\\":\\"Nack\\"}" (${place})\n`,
    );
    expect(stdout).toMatch(/\n1 passed, 1 failed\n$/);
  });

  it('runs those whose name is asked for', async () => {
    const folder = policyWith([passing, failing]);
    const { status, stdout } = await runCli(['test', folder, '--name', 'pass']);
    expect(stdout).toMatch(/1 passed, 0 failed\n$/);
    expect(status).toBe(0);
    const none = await runCli(['test', folder, '--name', 'nothing like that']);
    expect(none.status).toBe(2);
    expect(none.stderr).toBe('No scenario has "nothing like that" in its name.\n');
  });

  it('delivers for as long as a scenario says, and until a count is reached before', async () => {
    const timed = { queue: 'amqp', seconds: 1 };
    const folder = policyWith([
      { name: 'time', deliver: timed, expect: { counts: { messages: { at_least: 2 } } } },
      {
        name: 'count',
        deliver: { ...timed, seconds: 600, count: 3 },
        expect: { counts: { messages: 3 } },
      },
    ]);
    const { status, stdout } = await runCli(['test', folder]);
    expect(stdout).toMatch(/ {2}ok {3}time \([1-9]\d{3} ms\)\n/);
    expect(stdout).toContain('  ok   count (');
    expect(status).toBe(0);
  });

  it('reports as TAP', async () => {
    const folder = policyWith([passing, failing]);
    const { stdout } = await runCli(['test', folder, '--reporter', 'tap']);
    const file = join(folder, 'own.scenarios.json');
    expect(stdout.startsWith(`TAP version 13\n1..2\nok 1 - ${file}: passes\n  ---\n`)).toBe(true);
    expect(stdout).toContain(`not ok 2 - ${file}: fails & <tells> \\#why\n  ---\n`);
    const block = /mismatches: (.*)\n/.exec(stdout)?.[1] ?? '';
    expect(JSON.parse(block)).toMatchObject([{ key: 'record.type', expected: 'Delivery' }, {}]);
  });

  it('reports as JUnit XML', async () => {
    const folder = policyWith([passing, failing]);
    const { stdout } = await runCli(['test', folder, '--reporter', 'junit']);
    expect(stdout).toMatch(
      /<testsuite name="[^"]+" tests="2" failures="1" errors="0" time="[\d.]+">/,
    );
    expect(stdout).toContain('<testcase name="fails &amp; &lt;tells&gt; #why"');
    expect(stdout).toMatch(/<failure message="record\.type: expected Delivery, got Bounce 500 /);
    expect(stdout).toMatch(/<testcase name="passes" [^>]+\/>/);
  });

  it('reports as JSON', async () => {
    const folder = policyWith([passing, failing]);
    const { stdout } = await runCli(['test', folder, '--reporter', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      passed: 1,
      failed: 1,
      files: [
        {
          problems: [],
          scenarios: [
            { name: 'passes', state: 'passed', mismatches: [] },
            {
              state: 'failed',
              mismatches: [
                {
                  key: 'record.type',
                  location: { file: join(folder, 'init.lua'), line: lineOfReject },
                },
                { key: 'record.code', expected: '200' },
              ],
            },
          ],
        },
      ],
    });
  });

  it('runs nothing of a file with a mistake, names its place and ends with 2', async () => {
    const folder = policyWith([{ ...passing, expcet: {} }]);
    const good = policyWith([passing]);
    const { status, stdout, stderr } = await runCli(['test', folder, good]);
    expect(stdout).toContain(
      `${join(folder, 'own.scenarios.json')}:16:7: scenarios[0].expcet is no key that is known here; did you mean "expect"?`,
    );
    expect(stdout).toMatch(/1 passed, 0 failed, 1 file with mistakes\n$/);
    expect(stderr).toBe('Nothing of a file with a mistake is run; correct what is told of it.\n');
    expect(status).toBe(2);
  });

  it('names files that are not there', async () => {
    const message = { file: 'mail.eml' };
    const broker = { definitions: 'other.json' };
    const folder = policyWith([{ ...passing, deliver: { ...deliver, message }, broker }]);
    const { status, stdout } = await runCli(['test', folder]);
    expect(stdout).toContain('scenarios[0].deliver.message.file: there is no file mail.eml beside');
    expect(stdout).toContain('scenarios[0].broker.definitions: there is no file other.json beside');
    expect(status).toBe(2);
  });

  it('says that there is nothing to run', async () => {
    const { status, stderr } = await runCli(['test', temporaryFolder()]);
    expect(stderr).toContain('There is no file *.scenarios.json below');
    expect(status).toBe(2);
    expect((await runCli(['test'])).status).toBe(2);
    expect((await runCli(['test', 'x', '--reporter', 'xml'])).stderr).toBe(
      '--reporter must be one of text, tap, junit, json.\n',
    );
  });

  it('reaches another broker only when that is allowed', async () => {
    const broker = { url: 'amqp://127.0.0.1:1' };
    const folder = policyWith([
      { name: 'dials', deliver, broker, expect: { verdicts: ['failed'] } },
    ]);
    const refused = await runCli(['test', folder]);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain('broker: expected a broker to deliver to, got the scenario');
    const dialled = await runCli(['test', folder, '--dial']);
    expect(dialled.stdout).toMatch(/1 passed/);
    expect(dialled.status).toBe(0);
  });

  it('takes the message from a file and queues from definitions', async () => {
    const definitions = { queues: [], exchanges: [], bindings: [] };
    const folder = policyWith([
      {
        name: 'unroutable',
        deliver: { queue: 'amqp', message: { file: 'mail/a.eml' } },
        broker: { definitions: 'empty.json' },
        expect: {
          verdicts: ['unroutable'],
          record: { type: 'Delivery' },
          warnings: ['silent-loss'],
          publishes: [{ body: `Subject: a\r\n\r\n${'b'.repeat(2000)}\r\n` }],
        },
      },
    ]);
    mkdirSync(join(folder, 'mail'));
    writeFileSync(join(folder, 'mail/a.eml'), `Subject: a\r\n\r\n${'b'.repeat(2000)}\r\n`);
    writeFileSync(join(folder, 'empty.json'), JSON.stringify(definitions));
    const { status, stdout } = await runCli(['test', folder]);
    expect(stdout).toMatch(/1 passed, 0 failed\n$/);
    expect(status).toBe(0);
  });

  it('declares what a scenario says beyond the definitions, or tells why it cannot', async () => {
    const exchanges = [{ name: 'rest', type: 'fanout' }];
    const queues = ['kept', { name: 'logging', arguments: { 'x-max-length': 1 } }];
    const bindings = [{ source: 'rest', destination: 'kept' }];
    const scenario = { ...passing, broker: { declare: { exchanges, queues: ['kept'], bindings } } };
    const folder = policyWith([
      scenario,
      { ...scenario, name: 'otherwise', broker: { declare: { queues } } },
    ]);
    const { stdout } = await runCli(['test', folder]);
    expect(stdout).toMatch(/ok {3}passes/);
    expect(stdout).toMatch(/FAIL otherwise/);
    expect(stdout).toMatch(
      /broker: expected a broker to deliver to, got .*inequivalent arg 'x-max-length'.* The broker has it already, declared otherwise\./,
    );

    rmSync(join(folder, 'definitions.json'));
    const alone = await runCli(['test', folder, '--name', 'otherwise']);
    expect(alone.stdout).toMatch(/1 passed, 0 failed\n$/);
  });

  it('fires an event, and runs the other engine', async () => {
    const folder = policyWith([
      {
        name: 'event',
        engine: 'fengari',
        event: { name: 'which', args: ['acme', 2] },
        expect: { returns: [{ tenant: 'acme', n: 3, engine: 'Lua 5.3' }], prints: ['asked'] },
      },
      {
        name: 'fails',
        event: { name: 'which', args: [] },
        expect: { error: { at: 'init.lua:5' } },
      },
      {
        name: 'takes the defaults without a handler',
        resolve: { queue: 'example.com' },
        expect: { queue_config: { protocol: 'smtp', handler: null } },
      },
    ]);
    writeFileSync(
      join(folder, 'init.lua'),
      [
        "local kumo = require 'kumo'",
        '',
        "kumo.on('which', function(tenant, n)",
        "  print 'asked'",
        '  return { tenant = tenant, n = n + 1, engine = _VERSION }',
        'end)',
      ].join('\n'),
    );
    const { stdout } = await runCli(['test', folder]);
    expect(stdout).toMatch(/3 passed, 0 failed\n$/);
  });
});
