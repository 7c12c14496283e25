import type { WebSocket } from 'ws';
import type { HostMessage } from '../bridge/messages.ts';
import type { HostLink } from '../bridge/server.ts';

/** What a page may send in one message, in bytes: a policy file with room to spare. */
export const maxFrameBytes = 8 * 1024 * 1024;

export interface WebSocketLimits {
  /** The longest answer, in UTF-16 units of its JSON. */
  readonly maxAnswerLength: number;
  /** Above this many unsent bytes events wait … */
  readonly congestedBytes: number;
  /** … until fewer than this many are left. */
  readonly drainedBytes: number;
  /** With this many calls unanswered the page is not read from. */
  readonly maxCallsInFlight: number;
}

const defaultLimits: WebSocketLimits = {
  maxAnswerLength: 64 * 1024 * 1024,
  congestedBytes: 4 * 1024 * 1024,
  drainedBytes: 1024 * 1024,
  maxCallsInFlight: 256,
};

/** The host's link to a page over a WebSocket, with back-pressure both ways. */
export function webSocketLink(
  socket: WebSocket,
  limits: WebSocketLimits = defaultLimits,
): HostLink {
  const drainListeners: (() => void)[] = [];
  let congested = false;
  let callsInFlight = 0;

  function afterSend(): void {
    if (!congested || socket.bufferedAmount > limits.drainedBytes) return;
    congested = false;
    for (const listener of drainListeners) listener();
  }

  function encode(message: HostMessage): string {
    const text = JSON.stringify(message);
    if (text.length <= limits.maxAnswerLength || 'event' in message) return text;
    return JSON.stringify({
      id: message.id,
      ok: false,
      failure: {
        code: 'refused',
        message: 'The answer is too large for the window: narrow the filter and try again.',
      },
    } satisfies HostMessage);
  }

  // Without a listener a broken connection would end the process; `close` follows and is enough.
  socket.on('error', () => undefined);

  return {
    send(message) {
      if ('id' in message) {
        callsInFlight--;
        if (socket.isPaused && callsInFlight < limits.maxCallsInFlight / 2) socket.resume();
      }
      if (socket.readyState !== socket.OPEN) return;
      socket.send(encode(message), afterSend);
      if (socket.bufferedAmount > limits.congestedBytes) congested = true;
    },
    isCongested: () => congested,
    onDrain(listener) {
      drainListeners.push(listener);
    },
    onMessage(listener) {
      socket.on('message', (data: Buffer, isBinary) => {
        const message = isBinary ? undefined : parseJson(data.toString('utf8'));
        if (message === undefined) {
          socket.close(1003, 'A message is not JSON text.');
          return;
        }
        callsInFlight++;
        if (callsInFlight >= limits.maxCallsInFlight) socket.pause();
        listener(message);
      });
    },
    onClose(listener) {
      socket.once('close', listener);
    },
    close(reason) {
      socket.close(1008, reason);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
