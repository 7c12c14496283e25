import { describe, expect, test } from 'vitest';
import type { CallingPage, EventPayload } from '../../../electron/bridge/contract.ts';
import { debugSessions } from '../../../electron/host/handlers/debug-handlers.ts';
import type { PageAdapter } from '../../../electron/host/handlers/debug-handlers.ts';

/** A page that keeps what it was told and can leave. */
class Page implements CallingPage {
  readonly told: EventPayload<'debug.message'>[] = [];
  #onClose: (() => void)[] = [];

  emit: CallingPage['emit'] = (event, payload) => {
    expect(event).toBe('debug.message');
    this.told.push(payload as EventPayload<'debug.message'>);
  };
  onClose(listener: () => void): void {
    this.#onClose.push(listener);
  }
  leave(): void {
    for (const listener of this.#onClose) listener();
  }
}

/** Answers each request with its own command; counts how many adapters are open. */
function echoing() {
  let open = 0;
  const sessions = debugSessions((send) => {
    open++;
    const adapter: PageAdapter = {
      receive(request) {
        const { seq, command } = request as { seq: number; command: string };
        send({ seq: 1, type: 'response', request_seq: seq, success: true, command });
      },
      async close() {
        open--;
      },
    };
    return adapter;
  });
  return { sessions, handlers: sessions.handlers, open: () => open };
}

const threads = { seq: 1, type: 'request' as const, command: 'threads' };

describe('a debug session', () => {
  test('answers its own page alone', async () => {
    const { handlers } = echoing();
    const [mine, other] = [new Page(), new Page()];
    const { session } = await handlers['debug.start']({}, mine);
    await handlers['debug.start']({}, other);
    await handlers['debug.send']({ session, message: threads }, mine);
    expect(mine.told).toMatchObject([{ session, message: { command: 'threads' } }]);
    expect(other.told).toEqual([]);
  });

  test('is no other page’s to use', async () => {
    const { handlers, open } = echoing();
    const { session } = await handlers['debug.start']({}, new Page());
    const stranger = new Page();
    await expect(handlers['debug.send']({ session, message: threads }, stranger)).rejects.toThrow(
      'This debug session has ended',
    );
    await expect(handlers['debug.stop']({ session }, stranger)).rejects.toThrow('has ended');
    expect(open()).toBe(1);
  });

  test('ends when it is stopped, and is gone then', async () => {
    const { handlers, open } = echoing();
    const page = new Page();
    const { session } = await handlers['debug.start']({}, page);
    await handlers['debug.stop']({ session }, page);
    expect(open()).toBe(0);
    await expect(handlers['debug.stop']({ session }, page)).rejects.toThrow('has ended');
  });

  test('ends with the link of its page', async () => {
    const { handlers, open } = echoing();
    const page = new Page();
    await handlers['debug.start']({}, page);
    page.leave();
    expect(open()).toBe(0);
  });

  test('ends when the page starts another one', async () => {
    const { handlers, open } = echoing();
    const page = new Page();
    const first = await handlers['debug.start']({}, page);
    const second = await handlers['debug.start']({}, page);
    expect(open()).toBe(1);
    expect(second.session).not.toBe(first.session);
    await expect(
      handlers['debug.send']({ session: first.session, message: threads }, page),
    ).rejects.toThrow('has ended');
  });

  test('ends with the workbench', async () => {
    const { sessions, handlers, open } = echoing();
    await handlers['debug.start']({}, new Page());
    await handlers['debug.start']({}, new Page());
    await sessions.close();
    expect(open()).toBe(0);
  });

  test('needs a page', async () => {
    await expect(echoing().handlers['debug.start']({})).rejects.toThrow('Only a page');
  });
});
