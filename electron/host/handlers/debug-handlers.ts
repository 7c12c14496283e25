import { randomUUID } from 'node:crypto';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BridgeHandlers, CallingPage } from '../../bridge/contract.ts';

type DebugHandlers = Pick<BridgeHandlers, Extract<keyof BridgeHandlers, `debug.${string}`>>;

/** An adapter as a page drives it. */
export interface PageAdapter {
  /** A request of DAP, not validated beyond its form. Never throws: its answer comes as a message. */
  receive(request: unknown): void;
  /** Ends what is debugged, however that hangs. */
  close(): Promise<void>;
}

export type OpenAdapter = (
  send: (message: DebugProtocol.Response | DebugProtocol.Event) => void,
) => PageAdapter;

interface PageSession {
  readonly session: string;
  readonly page: CallingPage;
  readonly adapter: PageAdapter;
}

export interface DebugSessions {
  readonly handlers: DebugHandlers;
  /** Ends all of them. */
  close(): Promise<void>;
}

/**
 * One adapter a page: a page that is loaded anew keeps its link and knows nothing of the session
 * before, so that starting one ends the one before.
 */
export function debugSessions(openAdapter: OpenAdapter): DebugSessions {
  const sessions = new Map<CallingPage, PageSession>();

  async function end(page: CallingPage): Promise<void> {
    const ended = sessions.get(page);
    sessions.delete(page);
    await ended?.adapter.close();
  }

  function sessionOf(page: CallingPage | undefined, id: string): PageSession {
    const found = page && sessions.get(page);
    if (found?.session === id) return found;
    throw new BridgeError('not-found', 'This debug session has ended; start a new one.');
  }

  return {
    handlers: {
      'debug.start': async (_input, page) => {
        if (!page) throw new BridgeError('refused', 'Only a page can start a debug session.');
        const known = sessions.has(page);
        await end(page);
        const session = randomUUID();
        const adapter = openAdapter((message) => page.emit('debug.message', { session, message }));
        sessions.set(page, { session, page, adapter });
        if (!known) page.onClose(() => void end(page));
        return { session };
      },
      'debug.send': async ({ session, message }, page) => {
        sessionOf(page, session).adapter.receive(message);
        return {};
      },
      'debug.stop': async ({ session }, page) => {
        await end(sessionOf(page, session).page);
        return {};
      },
    },
    async close() {
      await Promise.all([...sessions.keys()].map(end));
    },
  };
}
