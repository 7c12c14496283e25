/** Puts `window.workbench` on the page: the bridge's calls and events, and nothing of Electron's. */
import { contextBridge, ipcRenderer } from 'electron';
import { createBridgeClient } from './bridge/client.ts';
import type { HostMessage } from './bridge/messages.ts';
import { fromHostChannel, toHostChannel } from './desktop/channels.ts';

const bridge = createBridgeClient({
  send(message) {
    ipcRenderer.send(toHostChannel, message);
  },
  onMessage(listener) {
    ipcRenderer.on(fromHostChannel, (_event, message: HostMessage) => {
      listener(message);
    });
  },
  // The host lives in the main process: without it there is no window.
  onState(listener) {
    listener(true);
  },
});

contextBridge.exposeInMainWorld('workbench', bridge);
