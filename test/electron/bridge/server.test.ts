import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostMessage } from '../../../electron/bridge/messages.ts';
import { serveBridge } from '../../../electron/bridge/server.ts';
import type { HostLink } from '../../../electron/bridge/server.ts';
import { ParseOnlyHost } from './parse-only-host.ts';

class ManualLink implements HostLink {
  readonly sent: HostMessage[] = [];
  closedBecause: string | undefined;
  congested = false;
  receive: (message: unknown) => void = () => undefined;
  drain: () => void = () => undefined;
  end: () => void = () => undefined;

  send(message: HostMessage): void {
    this.sent.push(message);
  }
  isCongested(): boolean {
    return this.congested;
  }
  onDrain(listener: () => void): void {
    this.drain = listener;
  }
  onMessage(listener: (message: unknown) => void): void {
    this.receive = listener;
  }
  onClose(listener: () => void): void {
    this.end = listener;
  }
  close(reason: string): void {
    this.closedBecause = reason;
  }
}

let link: ManualLink;
let host: ParseOnlyHost;

beforeEach(() => {
  link = new ManualLink();
  host = new ParseOnlyHost();
  serveBridge(link, host);
});

describe('a request', () => {
  test('is answered under its id', async () => {
    link.receive({ id: 7, name: 'queueName.parse', input: { queue: 'example.com' } });
    await vi.waitFor(
      () => {
        expect(link.sent).toEqual([{ id: 7, ok: true, output: { domain: 'example.com' } }]);
      },
      { timeout: 10_000 },
    );
  });

  test('that fails is answered with the failure', async () => {
    link.receive({ id: 8, name: 'runs.cancel', input: {} });
    await vi.waitFor(
      () => {
        expect(link.sent).toMatchObject([{ id: 8, ok: false, failure: { code: 'not-found' } }]);
      },
      { timeout: 10_000 },
    );
  });

  test.each([
    ['text', 'hello'],
    ['null', null],
    ['no id', { name: 'queueName.parse' }],
    ['a negative id', { id: -1, name: 'queueName.parse' }],
    ['a name that is not text', { id: 1, name: ['queueName.parse'] }],
  ])('that is none (%s) closes the link and reaches no handler', (_what, message) => {
    link.receive(message);
    expect(link.closedBecause).toBeDefined();
    expect(host.calls).toEqual([]);
  });

  test('answered after the page left is not sent', async () => {
    link.receive({ id: 1, name: 'queueName.parse', input: { queue: 'a' } });
    link.end();
    await host.dispatch('queueName.parse', { queue: 'b' });
    expect(link.sent).toEqual([]);
  });
});

describe('the page that calls', () => {
  test('can be told something alone, until its link ends', async () => {
    const other = new ManualLink();
    serveBridge(other, host);
    link.receive({ id: 1, name: 'queueName.parse', input: { queue: 'a' } });
    await vi.waitFor(() => expect(link.sent).toHaveLength(1), { timeout: 10_000 });
    const page = host.pages[0]!;
    page.emit('fileChanged', { path: 'a.lua' });
    link.end();
    page.emit('fileChanged', { path: 'b.lua' });
    expect(link.sent.slice(1)).toEqual([{ event: 'fileChanged', payload: { path: 'a.lua' } }]);
    expect(other.sent).toEqual([]);
  });

  test('is told of when its link ends, also afterwards', async () => {
    link.receive({ id: 1, name: 'queueName.parse', input: { queue: 'a' } });
    const left: string[] = [];
    host.pages[0]!.onClose(() => left.push('during'));
    expect(left).toEqual([]);
    link.end();
    host.pages[0]!.onClose(() => left.push('after'));
    expect(left).toEqual(['during', 'after']);
  });
});

describe('events', () => {
  test('are sent as they come', () => {
    host.emit({ event: 'settings', payload: 1 });
    host.emit({ event: 'settings', payload: 2 });
    expect(link.sent).toEqual([
      { event: 'settings', payload: 1 },
      { event: 'settings', payload: 2 },
    ]);
  });

  test('wait while the link is congested; of one subject only the newest is kept', () => {
    link.congested = true;
    host.emit({ event: 'deliveries', payload: 1 });
    host.emit({ event: 'run', payload: { runId: 'a', done: 1 } });
    host.emit({ event: 'run', payload: { runId: 'b', done: 1 } });
    host.emit({ event: 'deliveries', payload: 2 });
    host.emit({ event: 'run', payload: { runId: 'a', done: 2 } });
    expect(link.sent).toEqual([]);
    link.congested = false;
    link.drain();
    expect(link.sent).toEqual([
      { event: 'run', payload: { runId: 'b', done: 1 } },
      { event: 'deliveries', payload: 2 },
      { event: 'run', payload: { runId: 'a', done: 2 } },
    ]);
  });

  test('that wait are not overtaken by later ones', () => {
    link.congested = true;
    host.emit({ event: 'settings', payload: 1 });
    link.congested = false;
    host.emit({ event: 'workspace', payload: 2 });
    expect(link.sent).toEqual([]);
    link.drain();
    expect(link.sent.map((message) => 'event' in message && message.event)).toEqual([
      'settings',
      'workspace',
    ]);
  });

  test('stop with the link', () => {
    link.end();
    expect(host.listenerCount).toBe(0);
  });
});
