/** Puts `window.workbench` on the page in a browser, as the preload does in Electron. */
import { createBridgeClient } from '../../bridge/client.ts';
import { reconnectingWebSocket } from './reconnecting-websocket.ts';

const address = new URL('/bridge', window.location.href);
address.protocol = 'ws:';
Object.defineProperty(window, 'workbench', {
  value: createBridgeClient(reconnectingWebSocket(address)),
});
