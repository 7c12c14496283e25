import type { ClientLink } from '../../bridge/client.ts';
import type { HostMessage } from '../../bridge/messages.ts';

const firstDelayMs = 250;
const longestDelayMs = 5_000;

/** A page's link over a WebSocket that opens again after it is lost, at growing intervals. */
export function reconnectingWebSocket(address: URL): ClientLink {
  const messageListeners: ((message: HostMessage) => void)[] = [];
  const stateListeners: ((open: boolean) => void)[] = [];
  let socket = connect();
  let delayMs = firstDelayMs;

  function connect(): WebSocket {
    const opening = new WebSocket(address);
    opening.addEventListener('open', () => {
      delayMs = firstDelayMs;
      for (const listener of stateListeners) listener(true);
    });
    opening.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as HostMessage; // From the host that served this script.
      for (const listener of messageListeners) listener(message);
    });
    opening.addEventListener('close', () => {
      for (const listener of stateListeners) listener(false);
      setTimeout(() => {
        socket = connect();
      }, delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    });
    return opening;
  }

  return {
    send(message) {
      socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      messageListeners.push(listener);
    },
    onState(listener) {
      stateListeners.push(listener);
    },
  };
}
