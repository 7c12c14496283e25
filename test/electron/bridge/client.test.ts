import { describe, expect, test } from 'vitest';
import { createBridgeClient } from '../../../electron/bridge/client.ts';
import type { ClientLink } from '../../../electron/bridge/client.ts';
import type { HostMessage, RequestMessage } from '../../../electron/bridge/messages.ts';

class ManualLink implements ClientLink {
  readonly sent: RequestMessage[] = [];
  receive: (message: HostMessage) => void = () => undefined;
  setOpen: (open: boolean) => void = () => undefined;

  send(message: RequestMessage): void {
    this.sent.push(message);
  }
  onMessage(listener: (message: HostMessage) => void): void {
    this.receive = listener;
  }
  onState(listener: (open: boolean) => void): void {
    this.setOpen = listener;
  }
}

function openClient() {
  const link = new ManualLink();
  const client = createBridgeClient(link);
  link.setOpen(true);
  return { link, client };
}

describe('a call', () => {
  test('resolves with the answer that carries its id, whatever the order', async () => {
    const { link, client } = openClient();
    const first = client.call('queueName.parse', { queue: 'a' });
    const second = client.call('queueName.parse', { queue: 'b' });
    const [a, b] = link.sent;
    link.receive({ id: b!.id, ok: true, output: { domain: 'b' } });
    link.receive({ id: a!.id, ok: true, output: { domain: 'a' } });
    expect(await first).toEqual({ domain: 'a' });
    expect(await second).toEqual({ domain: 'b' });
  });

  test('rejects with the host’s sentence and code', async () => {
    const { link, client } = openClient();
    const call = client.call('runs.cancel', { runId: 'x' });
    link.receive({
      id: link.sent[0]!.id,
      ok: false,
      failure: { code: 'not-found', message: 'There is no run x.' },
    });
    await expect(call).rejects.toMatchObject({ message: 'There is no run x.', code: 'not-found' });
  });

  test('made before the link opens waits for it', async () => {
    const link = new ManualLink();
    const call = createBridgeClient(link).call('queueName.parse', { queue: 'a' });
    expect(link.sent).toEqual([]);
    link.setOpen(false); // A first attempt to connect that failed.
    link.setOpen(true);
    expect(link.sent).toHaveLength(1);
    link.receive({ id: link.sent[0]!.id, ok: true, output: { domain: 'a' } });
    expect(await call).toEqual({ domain: 'a' });
  });

  test('under way when the link is lost rejects and is not sent again', async () => {
    const { link, client } = openClient();
    const call = client.call('queueName.parse', { queue: 'a' });
    link.setOpen(false);
    await expect(call).rejects.toThrow('The connection to the workbench was lost');
    link.setOpen(true);
    expect(link.sent).toHaveLength(1);
  });

  test('made while the link is lost rejects at once', async () => {
    const { link, client } = openClient();
    link.setOpen(false);
    await expect(client.call('queueName.parse', { queue: 'a' })).rejects.toThrow('not reachable');
  });
});

test('an event reaches each of its listeners until it stops listening', () => {
  const { link, client } = openClient();
  const heard: string[] = [];
  const stop = client.on('fileChanged', ({ path }) => heard.push(`first ${path}`));
  client.on('fileChanged', ({ path }) => heard.push(`second ${path}`));
  client.on('workspace', () => heard.push('another event'));
  link.receive({ event: 'fileChanged', payload: { path: 'init.lua' } });
  stop();
  link.receive({ event: 'fileChanged', payload: { path: 'a.lua' } });
  expect(heard).toEqual(['first init.lua', 'second init.lua', 'second a.lua']);
});

test('the loss of the connection and its return are told, the first opening is not', () => {
  const link = new ManualLink();
  const heard: boolean[] = [];
  createBridgeClient(link).onConnection((connected) => heard.push(connected));
  for (const open of [false, true, false, false, true]) link.setOpen(open);
  expect(heard).toEqual([false, true]);
});
