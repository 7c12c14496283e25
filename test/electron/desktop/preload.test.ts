import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { expect, test, vi } from 'vitest';
import type { WorkbenchBridge } from '../../../electron/bridge/contract.ts';

const { exposed, ipcRenderer } = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  ipcRenderer: { send: vi.fn(), on: vi.fn() },
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (key: string, api: unknown) => {
      exposed.set(key, api);
    },
  } satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>,
  ipcRenderer: ipcRenderer satisfies Record<
    keyof Pick<Electron.IpcRenderer, 'send' | 'on'>,
    unknown
  >,
}));

test('the page gets the bridge, its calls and events, and nothing else', async () => {
  const channel = new EventEmitter();
  ipcRenderer.on.mockImplementation((name: string, listener: (...args: unknown[]) => void) => {
    channel.on(name, listener);
  });
  await import('../../../electron/preload.ts');
  expect([...exposed.keys()]).toEqual(['workbench']);
  const workbench = exposed.get('workbench') as WorkbenchBridge;
  expect(Object.keys(workbench).sort()).toEqual(['call', 'on', 'onConnection']);

  const answer = workbench.call('queueName.parse', { queue: 'a' });
  const [name, request] = ipcRenderer.send.mock.calls[0] as [string, { id: number }];
  expect(name).toBe('workbench:to-host');
  // The first argument is Electron's event, which leads to `ipcRenderer`: it must not be passed on.
  const event = { sender: ipcRenderer };
  channel.emit('workbench:from-host', event, { id: request.id, ok: true, output: { domain: 'a' } });
  expect(await answer).toEqual({ domain: 'a' });

  const heard: unknown[][] = [];
  workbench.on('fileChanged', (...args) => heard.push(args));
  channel.emit('workbench:from-host', event, { event: 'fileChanged', payload: { path: 'a' } });
  expect(heard).toEqual([[{ path: 'a' }]]);
});
