import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { maxFrameBytes } from '../../../electron/browser-shell/websocket-link.ts';
import type { HostMessage } from '../../../electron/bridge/messages.ts';
import { startShell } from './running-shell.ts';
import type { RunningShell } from './running-shell.ts';

let shell: RunningShell;
let cookie: string;
let origin: string;

beforeEach(async () => {
  shell = await startShell();
  cookie = await shell.signIn();
  origin = `http://${shell.address}`;
});
afterEach(async () => {
  await shell.stop();
});

async function nextMessage(socket: WebSocket): Promise<HostMessage> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(data.toString('utf8')) as HostMessage;
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

const parseCall = (id: number, queue: string): string =>
  JSON.stringify({ id, name: 'queueName.parse', input: { queue } });

describe('the bridge opens', () => {
  test('for our own page, and answers its calls and tells it events', async () => {
    const socket = await shell.connect({ cookie, origin });
    socket.send(parseCall(1, 'example.com'));
    expect(await nextMessage(socket)).toEqual({
      id: 1,
      ok: true,
      output: { domain: 'example.com' },
    });
    const event = { event: 'settings', payload: { theme: 'dark' } };
    const heard = nextMessage(socket);
    shell.host.emit(event);
    expect(await heard).toEqual(event);
  });

  test('again after the page was loaded anew', async () => {
    const first = await shell.connect({ cookie, origin });
    first.close();
    await closeCode(first);
    const second = await shell.connect({ cookie, origin });
    second.send(parseCall(1, 'a'));
    expect(await nextMessage(second)).toMatchObject({ ok: true });
    await vi.waitFor(
      () => {
        expect(shell.host.listenerCount).toBe(1);
      },
      { timeout: 10_000 },
    );
  });
});

describe('the bridge stays shut', () => {
  test('without the cookie', async () => {
    await expect(shell.connect({ origin })).rejects.toThrow('403');
  });

  test('for a page of another origin, and for none', async () => {
    await expect(shell.connect({ cookie, origin: 'http://evil.example' })).rejects.toThrow('403');
    const otherPort = `http://127.0.0.1:${shell.server.port + 1}`;
    await expect(shell.connect({ cookie, origin: otherPort })).rejects.toThrow('403');
    await expect(shell.connect({ cookie })).rejects.toThrow('403');
  });

  test('under another host name, though origin and host agree', async () => {
    const host = `evil.example:${shell.server.port}`;
    await expect(shell.connect({ cookie, host, origin: `http://${host}` })).rejects.toThrow('403');
  });

  test('at any other path', async () => {
    await expect(shell.connect({ cookie, origin }, '/other')).rejects.toThrow('403');
  });
});

describe('a message', () => {
  test('of the largest size is taken, a larger one ends the connection', async () => {
    const socket = await shell.connect({ cookie, origin });
    shell.host.domain = 'short';
    const frame = parseCall(1, '');
    socket.send(parseCall(1, 'x'.repeat(maxFrameBytes - frame.length)));
    expect(await nextMessage(socket)).toMatchObject({ id: 1, ok: true });
    socket.send(parseCall(2, 'x'.repeat(maxFrameBytes - frame.length + 1)));
    expect(await closeCode(socket)).toBe(1009);
    expect(shell.host.calls).toHaveLength(1);
  });

  test.each([
    ['binary', Buffer.from('{}'), 1003],
    ['not JSON', '{', 1003],
    ['not a request', '{"hello":1}', 1008],
  ])('that is %s ends the connection', async (_what, message, code) => {
    const socket = await shell.connect({ cookie, origin });
    socket.send(message);
    expect(await closeCode(socket)).toBe(code);
    expect(shell.host.calls).toEqual([]);
  });
});

describe('back-pressure', () => {
  test('a page that does not read gets the newest state when it reads again', async () => {
    const socket = await shell.connect({ cookie, origin });
    const received: number[] = [];
    socket.on('message', (data: Buffer) => {
      received.push((JSON.parse(data.toString('utf8')) as { payload: { at: number } }).payload.at);
    });
    socket.pause();
    const filling = 'x'.repeat(1024 * 1024);
    const last = 200;
    for (let at = 1; at <= last; at++) {
      shell.host.emit({ event: 'workspace', payload: { at, filling } });
    }
    socket.resume();
    await vi.waitFor(
      () => {
        expect(received.at(-1)).toBe(last);
      },
      { timeout: 15_000 },
    );
    expect(received.length).toBeLessThan(last / 2);
  });

  test('a page that only asks is not read from until it has answers', async () => {
    const socket = await shell.connect({ cookie, origin });
    let open = (): void => undefined;
    shell.host.gate = new Promise((resolve) => {
      open = resolve;
    });
    // What was read already in one piece of 64 KiB is still taken, which is a thousand calls.
    const asked = 5_000;
    let answered = 0;
    socket.on('message', () => answered++);
    for (let id = 0; id < asked; id++) socket.send(parseCall(id, 'a'));
    await vi.waitFor(
      () => {
        expect(shell.host.calls.length).toBeGreaterThan(100);
      },
      { timeout: 10_000 },
    );
    expect(shell.host.calls.length).toBeLessThan(2_000);
    open();
    await vi.waitFor(
      () => {
        expect(answered).toBe(asked);
      },
      { timeout: 10_000 },
    );
  });
});

test('closing the shell ends its connections', async () => {
  const other = await startShell();
  const otherCookie = await other.signIn();
  const socket = await other.connect({
    cookie: otherCookie,
    origin: `http://${other.address}`,
  });
  const closed = closeCode(socket);
  await other.stop();
  expect([1001, 1006]).toContain(await closed);
});
