/** The adapter as an editor starts it: a process of its own, spoken to on stdio. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterEach, describe, expect, test } from 'vitest';
import { framed } from '../../../electron/cli/message-framing.ts';
import type { LogRecord } from '../../../lua-runtime/recording/log-record.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { deliverJson, runCli, samplePolicy } from './run-cli.ts';

const root = join(import.meta.dirname, '../../..');
const cli = join(root, 'dist/cli/cli.js');

/** Starts the adapter with more than one argument, which DebugClient itself cannot. */
class StdioClient extends DebugClient {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;

  constructor(command: string, args: readonly string[], cwd: string) {
    super(command, '', 'kumo');
    // The machine may be busy with other tests.
    this.defaultTimeout = 15_000;
    this.child = spawn(command, args, {
      cwd,
      env: { PATH: process.env.PATH, KUMO_WORKBENCH_HOME: temporaryFolder() },
    });
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
    this.connect(this.child.stdout, this.child.stdin);
  }
}

let client: StdioClient | undefined;

function open(
  command = process.execPath,
  args: readonly string[] = [cli, 'dap'],
  cwd = root,
): StdioClient {
  client = new StdioClient(command, args, cwd);
  return client;
}

afterEach(async () => {
  client?.child.kill();
  await client?.ended;
  client = undefined;
});

const policy = samplePolicy('amqp-routing');
const program = join(policy, 'init.lua');
/** In `send`: where the confirm is awaited. */
const WAIT_LINE = 29;

describe('an editor', () => {
  test('is told which dialects there are', async () => {
    const dc = open();
    await dc.initializeRequest();
    const launched = dc.launchRequest({
      program: policy,
      queue: 'amqp',
      dialect: 'rabbitmq-5',
    } as never);
    await expect(launched).rejects.toThrow('`dialect` must be one of rabbitmq-3.10, rabbitmq-4.');
  });

  test('launches, stops at a breakpoint, looks, steps, goes back and runs to the end', async () => {
    const dc = open();
    const stopped = dc.assertStoppedLocation('breakpoint', { path: program, line: WAIT_LINE });
    await Promise.all([
      dc.launch({ program: policy, queue: 'amqp', noDebug: false }),
      dc.waitForEvent('initialized').then(async () => {
        const { body } = await dc.setBreakpointsRequest({
          source: { path: program },
          breakpoints: [{ line: WAIT_LINE }],
        });
        expect(body.breakpoints).toMatchObject([{ verified: true, line: WAIT_LINE }]);
        await dc.configurationDoneRequest();
      }),
    ]);
    const { stackFrames } = (await stopped).body;
    expect(stackFrames[0]?.name).toBe('sender:send');
    const { body } = await dc.evaluateRequest({
      expression: 'type(client)',
      context: 'hover',
      frameId: stackFrames[0]!.id,
    });
    expect(body.result).toBe("'userdata'");
    const [stepped] = await Promise.all([
      dc.waitForEvent('stopped'),
      dc.nextRequest({ threadId: 1 }),
    ]);
    expect(stepped.body).toMatchObject({ reason: 'step' });
    await Promise.all([dc.waitForEvent('stopped'), dc.stepBackRequest({ threadId: 1 })]);
    const record = recordOf(dc);
    const terminated = dc.waitForEvent('terminated');
    const exited = dc.waitForEvent('exited');
    await dc.setBreakpointsRequest({ source: { path: program }, breakpoints: [] });
    await dc.continueRequest({ threadId: 1 });
    await terminated;
    expect(((await exited) as DebugProtocol.ExitedEvent).body.exitCode).toBe(0);
    expect(await record).toMatchObject({ type: 'Delivery', queue: 'amqp' });
    await dc.disconnectRequest({});
    expect(await dc.ended).toBe(0);
  }, 60_000);

  test('gets the record that `deliver` would print, whole', async () => {
    const { record: delivered } = await deliverJson([policy, '--queue', 'amqp', '--fault', 'nack']);
    const dc = open();
    const record = recordOf(dc);
    await Promise.all([
      dc.configurationSequence(),
      dc.launch({ program: policy, queue: 'amqp', fault: 'nack' }),
      dc.waitForEvent('terminated'),
    ]);
    const logged = await record;
    expect(Object.keys(logged)).toEqual(Object.keys(delivered));
    expect(logged.response).toEqual(delivered.response);
  }, 60_000);

  test('is told in one sentence what is wrong with its launch', async () => {
    const dc = open();
    await dc.initializeRequest();
    await expect(
      dc.launchRequest({ program: '/nowhere/init.lua', queue: 'a' } as object),
    ).rejects.toThrow('/nowhere/init.lua does not exist');
  });

  test('is started by npm from any folder, without a word of npm on stdout', async () => {
    const args = ['--prefix', root, 'run', '-s', 'cli', '--', 'dap'];
    const dc = open('npm', args, temporaryFolder());
    let first = '';
    dc.child.stdout.once('data', (bytes: Buffer) => (first = bytes.toString('latin1')));
    const { body } = await dc.initializeRequest();
    expect(body?.supportsStepBack).toBe(true);
    expect(first).toMatch(/^Content-Length: \d+\r\n\r\n\{/);
    await dc.disconnectRequest({});
    expect(await dc.ended).toBe(0);
  }, 60_000);

  describe('whose script loops', () => {
    async function looping(): Promise<StdioClient> {
      const folder = temporaryFolder();
      writeFileSync(
        join(folder, 'init.lua'),
        `local kumo = require 'kumo'\nkumo.on('main', function() print 'begins' while true do end end)\n`,
      );
      const dc = open();
      await Promise.all([
        dc.configurationSequence(),
        dc.launch({ program: folder, event: 'main' }),
        dc.assertOutput('stdout', 'begins'),
      ]);
      return dc;
    }

    test('may die: the adapter and the script end with it', async () => {
      const dc = await looping();
      dc.child.stdin.end();
      expect(await dc.ended).toBe(0);
    }, 30_000);

    test('may disconnect', async () => {
      const dc = await looping();
      await dc.disconnectRequest({});
      expect(await dc.ended).toBe(0);
    }, 30_000);

    test('may end the adapter with SIGTERM', async () => {
      const dc = await looping();
      dc.child.kill('SIGTERM');
      expect(await dc.ended).toBe(0);
    }, 30_000);
  });
});

test('the adapter that VS Code is told of is one', async () => {
  const folder = join(temporaryFolder(), 'extension');
  const { status, stdout } = await runCli(['dap', '--vscode', folder]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    contributes: {
      debuggers: { type: string; runtime: string; program: string; args: string[] }[];
    };
  };
  const [{ type, runtime, program: adapter, args }] = manifest.contributes.debuggers as [
    (typeof manifest.contributes.debuggers)[number],
  ];
  expect(type).toBe('kumo');
  const dc = open(runtime, [adapter, ...args]);
  expect((await dc.initializeRequest()).body?.supportsStepBack).toBe(true);
  await dc.disconnectRequest({});
  expect(await dc.ended).toBe(0);
});

describe('what is not the debug protocol', () => {
  test.each([
    ['text', 'hello adapter\r\n\r\n', 'is no header'],
    ['a message that is no JSON', 'Content-Length: 3\r\n\r\n{"a', 'is not JSON'],
    ['an end in the middle of a message', framed({ seq: 1 }).slice(0, -1), 'in the middle'],
  ])('%s ends the adapter with a sentence and exit status 2', async (_what, input, said) => {
    const { status, stdout, stderr } = await runCli(['dap'], input);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('arguments of the command line are refused', async () => {
    const { status, stderr } = await runCli(['dap', policy]);
    expect(status).toBe(2);
    expect(stderr).toContain('the editor says what to run');
  });
});

test('an empty input is nobody there', async () => {
  const { status, stdout, stderr } = await runCli(['dap'], '');
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});

/** Of the first message: the data of the output that tells it. */
function recordOf(dc: DebugClient): Promise<LogRecord> {
  return new Promise((resolve) => {
    dc.on('output', ({ body }: DebugProtocol.OutputEvent) => {
      if (body.output.startsWith('kumod logs: ')) resolve(body.data as LogRecord);
    });
  });
}
