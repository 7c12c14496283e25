/** The debugger as a page has it: over the bridge's calls, in the opened workspace. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type {
  CallingPage,
  DeliveryRow,
  EventPayload,
  MessageForm,
} from '../../../electron/bridge/contract.ts';
import { createWorkbench } from '../../../electron/host/workbench.ts';
import type { Workbench } from '../../../electron/host/workbench.ts';
import { temporaryFolder } from './temporary-folder.ts';

const POLICY = `local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
kumo.on('make', function()
  local sender = {}
  function sender:send(message)
    local data = message:get_data()
    return '250 ' .. #data
  end
  return sender
end)
`;

const FORM: MessageForm = {
  queue: 'a.example',
  sender: 'from@b.example',
  recipient: '',
  meta: { weight: 7 },
  headers: 'Subject: hello',
  body: 'body',
};

type Message = DebugProtocol.Response | DebugProtocol.Event;

class Page implements CallingPage {
  readonly messages: Message[] = [];
  readonly #workbench: Workbench;
  #session = '';
  #seq = 0;
  leave: () => void = () => undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  emit: CallingPage['emit'] = (_event, payload) => {
    this.messages.push((payload as { message: Message }).message);
  };
  onClose(listener: () => void): void {
    this.leave = listener;
  }

  async start(): Promise<void> {
    const { session } = await this.#workbench.handlers['debug.start']({}, this);
    this.#session = session;
    await this.ask('initialize', { adapterID: 'kumo' });
  }

  async ask(command: string, args?: object): Promise<DebugProtocol.Response> {
    const seq = ++this.#seq;
    const message = { seq, type: 'request' as const, command, arguments: args };
    await this.#workbench.handlers['debug.send']({ session: this.#session, message }, this);
    return vi.waitFor(
      () => {
        const found = this.messages.find(
          (candidate): candidate is DebugProtocol.Response =>
            'request_seq' in candidate && candidate.request_seq === seq,
        );
        if (!found) throw new Error(`No answer to ${command}.`);
        return found;
      },
      { timeout: 15_000 },
    );
  }

  event(name: string): Promise<DebugProtocol.Event> {
    return vi.waitFor(
      () => {
        const found = this.messages.find(
          (candidate): candidate is DebugProtocol.Event =>
            'event' in candidate && candidate.event === name,
        );
        if (!found) throw new Error(`No event ${name}.`);
        return found;
      },
      { timeout: 15_000 },
    );
  }

  stop(): Promise<object> {
    return this.#workbench.handlers['debug.stop']({ session: this.#session }, this);
  }
}

let folder: string;
let workbench: Workbench;
let page: Page;

beforeEach(async () => {
  folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'init.lua'), POLICY);
  const dataDir = join(temporaryFolder(), 'data');
  workbench = await createWorkbench({ shell: 'browser', open: folder, dataDir });
  onTestFinished(() => workbench.close());
  page = new Page(workbench);
  await page.start();
});

async function evaluate(expression: string): Promise<unknown> {
  const stack = await page.ask('stackTrace', { threadId: 1 });
  const frameId = (stack.body as DebugProtocol.StackTraceResponse['body']).stackFrames[0]!.id;
  const answer = await page.ask('evaluate', { expression, frameId, context: 'watch' });
  return (answer.body as DebugProtocol.EvaluateResponse['body']).result;
}

async function runTo(launch: object): Promise<void> {
  const program = join(folder, 'init.lua');
  const launched = await page.ask('launch', { program, ...launch });
  expect(launched.success).toBe(true);
  await page.ask('setBreakpoints', { source: { path: program }, breakpoints: [{ line: 9 }] });
  await page.ask('configurationDone');
  expect((await page.event('stopped')).body).toMatchObject({ reason: 'breakpoint' });
}

const outputs = (): Message[] =>
  page.messages.filter((message) => 'event' in message && message.event === 'output');

describe('a page', () => {
  test('debugs the delivery of its form, byte for byte', async () => {
    await runTo({ form: FORM });
    expect(await evaluate('data')).toBe("'Subject: hello\\r\\n\\r\\nbody'");
  });

  test('gives the message the id and the attempts of its form, without a remark', async () => {
    const id = 'c90b9c00e8b211f180017130c3e16daa';
    await runTo({ form: { ...FORM, id, numAttempts: 3 } });
    expect(await evaluate('message:id()')).toBe(`'${id}'`);
    expect(await evaluate('message:num_attempts()')).toBe('3');
    expect(outputs()).toEqual([]);
  });

  test('has no remark on a form that leaves both open', async () => {
    await runTo({ form: FORM });
    expect(outputs()).toEqual([]);
  });

  test('stands still at the end until it is told to go on', async () => {
    await runTo({ form: FORM });
    page.messages.length = 0;
    await page.ask('continue', { threadId: 1 });
    expect((await page.event('stopped')).body).toMatchObject({ reason: 'end' });
    await page.ask('continue', { threadId: 1 });
    await page.event('terminated');
  });

  async function deliver(count: number, sessions: number): Promise<DeliveryRow[]> {
    const ended = new Promise<void>((resolve) =>
      workbench.onEvent(({ event, payload }) => {
        if (event === 'deliveries' && (payload as EventPayload<'deliveries'>).counts.total >= count)
          resolve();
      }),
    );
    await workbench.handlers['runs.deliver']({ form: FORM, count, sessions });
    await ended;
    const filter = { text: '', verdicts: [] };
    const window = { filter, offset: 0, limit: count };
    const { rows } = await workbench.handlers['deliveries.window'](window);
    return rows;
  }

  test('debugs a delivery of the history from its recording', async () => {
    const [row] = await deliver(1, 1);
    await runTo({ deliveryId: row!.id });
    expect(await evaluate('#data')).toBe('22');
    expect((await page.ask('kumo/position')).body).toMatchObject({ live: false });
  });

  test('debugs a delivery of a session for which another context decided about the queue', async () => {
    // The message after an error ends the session, and with it its context.
    writeFileSync(
      join(folder, 'init.lua'),
      POLICY.replace("return '250 ' .. #data", "error('lost')"),
    );
    const rows = await deliver(4, 1);
    await runTo({ deliveryId: rows[2]!.id });
    expect(await evaluate('#data')).toBe('22');
  });

  test('fires an event of the policy', async () => {
    writeFileSync(
      join(folder, 'main.lua'),
      `local kumo = require 'kumo'\nkumo.on('main', function(a)\n  print(a)\nend)\n`,
    );
    const program = join(folder, 'main.lua');
    await page.ask('launch', { program, event: 'main', args: ['x'] });
    await page.ask('configurationDone');
    expect((await page.event('stopped')).body).toMatchObject({ reason: 'end' });
    expect((await page.event('output')).body).toMatchObject({ output: 'x\n' });
  });

  test.each([
    [{ form: { queue: 'a' } }, 'must be a filled in Simulate form'],
    [{ deliveryId: 99 }, 'was cleared'],
    [{ queue: 'a', data: '/etc/passwd' }, 'launches nothing with `data`'],
    [{ recording: '/etc/passwd' }, 'launches nothing with `recording`'],
    [{ form: FORM, broker: 'amqp://elsewhere' }, 'launches nothing with `broker`'],
    [{ form: FORM, fault: 'nack' }, 'launches nothing with `fault`'],
    [{ form: FORM, program: '/etc/init.lua' }, 'There is no policy at /etc/init.lua'],
    [{ form: FORM, program: '/etc/passwd' }, 'is not in the opened folder'],
  ])('is told why %j is not launched', async (launch, why) => {
    const { success, message } = await page.ask('launch', {
      program: join(folder, 'init.lua'),
      ...launch,
    });
    expect(success).toBe(false);
    expect(message).toContain(why);
  });

  test('ends what it debugs when it stops the session, and when it leaves', async () => {
    await runTo({ form: FORM });
    await page.stop();
    await expect(page.ask('threads')).rejects.toThrow('has ended');
    const other = new Page(workbench);
    await other.start();
    other.leave();
    await expect(other.ask('threads')).rejects.toThrow('has ended');
  });
});
