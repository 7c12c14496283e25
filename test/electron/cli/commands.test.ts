import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import amqp from 'amqplib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli, samplePolicy, startCli } from './run-cli.ts';

const ROUTING = samplePolicy('amqp-routing');
const TENANTS = samplePolicy('tenant-campaign-routing');

function folderWith(files: { readonly [name: string]: string }): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('resolve', () => {
  it('prints the effective config with its defaults', async () => {
    const { status, stdout } = await runCli(['resolve', ROUTING, 'amqp']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      retry_interval: '5m',
      max_age: '1day',
      refresh_strategy: 'Ttl',
      protocol: { custom_lua: { constructor: 'make.amqp', batch_size: 1 } },
    });
  });

  it('prints one document a queue, in their order', async () => {
    const { stdout } = await runCli(['resolve', ROUTING, 'amqp', 'example.com']);
    const documents = stdout.split(/^(?=\{)/m).map((text) => JSON.parse(text) as object);
    expect(documents).toHaveLength(2);
    expect(documents[1]).toMatchObject({ retry_interval: '20m', protocol: { smtp: {} } });
  });

  it('explains which handler answered, what it set, the ready queue and the session', async () => {
    const queue = 'receipts:acme@example.com';
    const { stdout } = await runCli(['resolve', join(TENANTS, 'init.lua'), queue, '--explain']);
    expect(JSON.parse(stdout)).toMatchObject({
      handler: 'init.lua:6',
      fields_set: ['retry_interval', 'max_age', 'protocol'],
      ready_queue: 'unspecified->example.com@lua:make.mail',
      session: { constructor: 'make.mail', constructor_handler: 'init.lua:24' },
      config: { retry_interval: '30s' },
    });
  });

  it("tells the policy's error and ends with 1", async () => {
    const folder = folderWith({
      'init.lua': `local kumo = require 'kumo'
kumo.on('get_queue_config', function() return kumo.make_queue_config { retry_intervall = 1 } end)`,
    });
    const { status, stderr, stdout } = await runCli(['resolve', folder, 'q']);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('retry_intervall');
  });

  it('ends a handler that hangs at its deadline', async () => {
    const folder = folderWith({
      'init.lua': `require 'kumo'.on('get_queue_config', function() while true do end end)`,
    });
    const { status, stderr } = await runCli(['resolve', folder, 'q', '--deadline', '200']);
    expect(status).toBe(1);
    expect(stderr).toContain('init.lua:1');
  });

  it('ends with 2 without a queue', async () => {
    expect((await runCli(['resolve', ROUTING])).status).toBe(2);
  });
});

describe('check', () => {
  it('finds what kumod accepts silently, and says it as SARIF', async () => {
    const text = "local kumo = require 'kumo'\nkumo.on('message_delivered', function() end)\n";
    const folder = folderWith({ 'init.lua': text });
    const { status, stdout } = await runCli(['check', folder, '--format', 'sarif']);
    const sarif = JSON.parse(stdout) as { runs: { results: object[] }[] };
    expect(sarif.runs[0]?.results).toMatchObject([
      {
        ruleId: 'unknown-event',
        level: 'warning',
        locations: [{ physicalLocation: { region: { startLine: 2, startColumn: 9 } } }],
      },
    ]);
    expect(status).toBe(1);
  });

  it('refuses a release that KumoMTA never made', async () => {
    const { status, stderr } = await runCli(['check', ROUTING, '--kumomta', '1.0']);
    expect(status).toBe(2);
    expect(stderr).toContain('no release of KumoMTA');
  });

  it('finds nothing in the samples', async () => {
    const { status, stdout } = await runCli(['check', ROUTING, TENANTS, '--format', 'json']);
    // The guide's own client is deprecated, which is not wrong.
    const codes = (JSON.parse(stdout) as { code: string }[]).map(({ code }) => code);
    expect(codes.filter((code) => code !== 'deprecated')).toEqual([]);
    expect(status).toBe(0);
  });

  it.each(['lua54', 'fengari'])('finds a syntax error in any file with %s', async (engine) => {
    const folder = folderWith({
      'init.lua': "local kumo = require 'kumo'\n",
      'lib/routes.lua': 'local a = 1\nlocal b = = 2\n',
    });
    const run = await runCli(['check', folder, '--format', 'json', '--engine', engine]);
    expect(run.status).toBe(1);
    expect(JSON.parse(run.stdout)).toEqual([
      {
        file: join(folder, 'lib/routes.lua'),
        range: { start: { line: 1, character: 10 }, end: { line: 1, character: 11 } },
        severity: 1,
        code: 'syntax',
        message: "unexpected symbol near '='",
      },
    ]);
  });

  it('finds what fails when the policy loads, as FILE:LINE', async () => {
    const folder = folderWith({ 'init.lua': "local kumo = require 'kumo'\n\nkumo.nothing()\n" });
    const run = await runCli(['check', join(folder, 'init.lua')]);
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/init\.lua:3:1: error: .*nothing/);
  });

  it('writes a definition file for lua-language-server', async () => {
    const file = join(temporaryFolder(), 'kumo.lua');
    const { status, stdout } = await runCli(['check', '--luals-meta', file]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^---@meta kumo\n/);
    expect(text).toContain('function kumo.amqp.basic_publish(params) end');
    expect((await runCli(['check', '--luals-meta', '-'])).stdout).toBe(text);

    const lost = await runCli(['check', '--luals-meta', join(file, 'kumo.lua')]);
    expect(lost.stderr).toContain('cannot be written');
    expect(lost.status).toBe(1);
  });

  it('takes a helper of KumoMTA that is not in the folder for no mistake', async () => {
    const folder = temporaryFolder();
    const policy = "local kumo = require 'kumo'\nlocal queue = require 'policy-extras.queue'\n";
    writeFileSync(join(folder, 'init.lua'), policy);
    const { status, stdout } = await runCli(['check', folder]);
    expect(stdout).toContain('init.lua:2:1: information: module');
    expect(stdout).toContain('the workbench does not run these helpers');
    expect(status).toBe(0);
    writeFileSync(join(folder, 'init.lua'), policy.replace('policy-extras.queue', 'helpers'));
    const own = await runCli(['check', folder]);
    expect(own.stdout).toContain("init.lua:2:1: error: module 'helpers' not found in this folder");
    expect(own.status).toBe(1);
  });

  it('says when there is nothing to check', async () => {
    const run = await runCli(['check', '/no/such/folder']);
    expect(run.stderr).toContain('There is nothing at /no/such/folder');
    expect(run.status).toBe(2);
  });
});

describe('broker', () => {
  async function startBroker(args: readonly string[] = []) {
    const child = startCli(['broker', ...args]);
    onTestFinished(() => void child.kill('SIGKILL'));
    if (!child.stdout) throw new Error('no stdout');
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, url };
  }

  it('prints its URL, serves deliveries, and ends at SIGTERM', async () => {
    const { child, url } = await startBroker([
      ...['--definitions', join(ROUTING, 'definitions.json')],
    ]);
    expect(url).toMatch(/^amqp:\/\/guest:guest@127\.0\.0\.1:\d+\/$/);
    const run = await runCli(['deliver', ROUTING, '--queue', 'amqp', '--broker', url]);
    expect(run.stdout).toContain('Delivery 200 250 ok');
    expect(run.status).toBe(0);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('has the fault it is given', async () => {
    const { url } = await startBroker(['--fault', 'nack']);
    const run = await runCli(['deliver', ROUTING, '--queue', 'amqp', '--broker', url]);
    expect(run.stdout).toContain('Bounce 500 {"status":"Nack"}');
  });

  it('is like the RabbitMQ of the dialect it is given, and knows no other', async () => {
    const { url } = await startBroker(['--dialect', 'rabbitmq-4']);
    const connection = await amqp.connect(url);
    onTestFinished(() => connection.close());
    const channel = await connection.createChannel();
    const refused = new Promise((resolve) => channel.once('error', resolve));
    await expect(channel.assertExchange('e', 'bogus')).rejects.toThrow('406');
    expect(await refused).toMatchObject({ code: 406 });
    const run = await runCli(['broker', '--dialect', 'rabbitmq-5']);
    expect(run.stderr).toContain('give rabbitmq-3.10 or rabbitmq-4');
    expect(run.status).toBe(2);
  });

  it('listens on loopback only', async () => {
    const { url } = await startBroker();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });

  it('says when the port is taken', async () => {
    const { url } = await startBroker();
    const run = await runCli(['broker', '--port', new URL(url).port]);
    expect(run.stderr).toContain('choose another port');
    expect(run.status).toBe(1);
  });
});

describe('serve', () => {
  it('prints a link on loopback, serves it to its host only, and ends at SIGTERM', async () => {
    const child = startCli(['serve', ROUTING, '--no-open']);
    onTestFinished(() => void child.kill('SIGKILL'));
    if (!child.stdout) throw new Error('no stdout');
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    const withoutToken = await fetch(new URL('/', url));
    expect(withoutToken.status).toBeGreaterThanOrEqual(400);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});

describe('the command line itself', () => {
  it('lists its commands and tells each one its help', async () => {
    const overview = await runCli(['--help']);
    expect(overview.status).toBe(0);
    for (const name of ['resolve', 'deliver', 'check', 'broker', 'serve']) {
      expect(overview.stdout).toContain(`  ${name}`);
      const help = await runCli([name, '--help']);
      expect(help.stdout).toContain(`Usage: kumo-workbench ${name}`);
      expect(help.status).toBe(0);
    }
  });

  it.each(['bogus', '--bogus'])('ends with 2 for %s', async (word) => {
    const run = await runCli([word]);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('kumo-workbench --help');
  });

  it('cancels a delivery at SIGTERM and ends with what was recorded', async () => {
    const child = startCli([
      ...['deliver', ROUTING, '--queue', 'amqp', '--count', '1000000', '--json'],
    ]);
    onTestFinished(() => void child.kill('SIGKILL'));
    if (!child.stdout) throw new Error('no stdout');
    const lines: string[] = [];
    const reader = createInterface(child.stdout);
    reader.on('line', (line) => lines.push(line));
    await new Promise<void>((recorded) => {
      reader.on('line', (line) => {
        if (line.includes('"kind":"record"')) recorded();
      });
    });
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    expect(await closed).toEqual([1, null]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'end', cancelled: true });
  });
});

describe('a wrong command', () => {
  it.each([
    [['deliverr', 'policy.lua'], 'deliverr is not a command'],
    [['--nope'], '--nope is not an option'],
    [['deliverr'], 'deliverr is neither a command nor a folder'],
  ])('%j is named in the answer', async (args, sentence) => {
    const run = await runCli(args);
    expect(run.stderr).toContain(sentence);
    expect(run.status).toBe(2);
  });
});
