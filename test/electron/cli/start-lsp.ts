/** A language server as an editor runs it: a process, framed messages on its streams. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { framed, MessageReader } from '../../../electron/cli/message-framing.ts';
import { startCli } from './run-cli.ts';

export interface LspMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export function startLsp(folder: string) {
  const child = startCli(['lsp']);
  onTestFinished(() => void child.kill());
  const seen: LspMessage[] = [];
  const looks = new Set<() => void>();
  const reader = new MessageReader((message) => {
    seen.push(message as LspMessage);
    for (const look of looks) look();
  });
  child.stdout?.on('data', (bytes: Uint8Array) => reader.add(bytes));
  const send = (message: object) => void child.stdin?.write(framed({ jsonrpc: '2.0', ...message }));
  const next = (fits: (message: LspMessage) => boolean): Promise<LspMessage> =>
    new Promise((resolve) => {
      const look = () => {
        const at = seen.findIndex(fits);
        if (at < 0) return;
        looks.delete(look);
        resolve(seen.splice(at, 1)[0] as LspMessage);
      };
      looks.add(look);
      look();
    });
  let lastId = 0;
  return {
    child,
    notify: (method: string, params: object) => send({ method, params }),
    next,
    async request(method: string, params: object): Promise<LspMessage> {
      const id = ++lastId;
      send({ id, method, params });
      return next((message) => message.id === id);
    },
    uri: (name: string) => pathToFileURL(join(folder, name)).href,
  };
}
