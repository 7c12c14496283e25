/** The page's end of the bridge, the same for both shells. Runs in the page or in its preload. */
import { BridgeError } from './bridge-error.ts';
import type { CallName, CallOutput, EventName, EventPayload, WorkbenchBridge } from './contract.ts';
import type { HostMessage, RequestMessage } from './messages.ts';

/** A shell's way to its host. Closed until `onState` says otherwise. */
export interface ClientLink {
  /** Only called while the link is open. */
  send(message: RequestMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
  /** `listener` hears true when the link opens and false when it is lost; it may open again. */
  onState(listener: (open: boolean) => void): void;
}

interface PendingCall {
  readonly request: RequestMessage;
  resolve(output: unknown): void;
  reject(failure: Error): void;
}

/**
 * Makes the bridge of a page from its link. Calls made before the link opens for the first time wait
 * for it. A call that was under way when the link is lost rejects, because nobody knows whether the
 * host has done it; so does a call made while the link is down.
 */
export function createBridgeClient(link: ClientLink): WorkbenchBridge {
  const pending = new Map<number, PendingCall>();
  const eventListeners = new Map<string, Set<(payload: unknown) => void>>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  let state: 'opening' | 'open' | 'lost' = 'opening';
  // Not from 0: a window that is loaded anew keeps its link, and a late answer to a call of the page
  // before must not be taken for one of this page's.
  let nextId = Math.floor(Math.random() * 2 ** 40);

  link.onState((open) => {
    const before = state;
    state = open ? 'open' : before === 'opening' ? 'opening' : 'lost';
    if (state === before) return;
    if (open && before === 'opening') {
      for (const { request } of pending.values()) link.send(request);
      return;
    }
    if (!open) rejectAll('The connection to the workbench was lost before it answered: try again.');
    for (const listener of connectionListeners) listener(open);
  });

  link.onMessage((message) => {
    if ('event' in message) {
      for (const listener of eventListeners.get(message.event) ?? []) listener(message.payload);
      return;
    }
    const call = pending.get(message.id);
    if (call === undefined) return;
    pending.delete(message.id);
    if (message.ok) call.resolve(message.output);
    else call.reject(new BridgeError(message.failure.code, message.failure.message));
  });

  function rejectAll(reason: string): void {
    const calls = [...pending.values()];
    pending.clear();
    for (const call of calls) call.reject(new BridgeError('failed', reason));
  }

  return {
    call<N extends CallName>(name: N, input: unknown): Promise<CallOutput<N>> {
      if (state === 'lost') {
        return Promise.reject(
          new BridgeError('failed', 'The workbench is not reachable: see whether it still runs.'),
        );
      }
      const request: RequestMessage = { id: nextId++, name, input };
      return new Promise<unknown>((resolve, reject) => {
        pending.set(request.id, { request, resolve, reject });
        if (state === 'open') link.send(request);
      }) as Promise<CallOutput<N>>; // The host is the one that holds to the contract's output.
    },
    on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
      const listeners = eventListeners.get(name) ?? new Set();
      eventListeners.set(name, listeners);
      // A wrapper of its own, so that a function that listens twice can stop once.
      const entry = (payload: unknown): void => {
        listener(payload as EventPayload<N>);
      };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    onConnection(listener) {
      const entry = (connected: boolean): void => {
        listener(connected);
      };
      connectionListeners.add(entry);
      return () => {
        connectionListeners.delete(entry);
      };
    },
  };
}
