/** Serves the language service over a pair of streams, as editors start language servers. */
import { fileURLToPath } from 'node:url';
import { LspSession } from './lsp-session.ts';
import { framed, MessageReader } from './message-framing.ts';

export interface LspStreams {
  readonly input: NodeJS.ReadableStream;
  readonly out: (text: string) => void;
  /** Ends the session from outside. */
  readonly stop: AbortSignal;
}

/**
 * Resolves when the client has exited, has gone, or `stop` was given. Rejects with FramingError when
 * the client does not speak LSP.
 */
export async function serveLsp({ input, out, stop }: LspStreams): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const session = new LspSession({
        send: (message) => out(framed({ jsonrpc: '2.0', ...message })),
        onExit: resolve,
        pathOfUri: (uri) => (uri.startsWith('file:') ? fileURLToPath(uri) : undefined),
      });
      const reader = new MessageReader((message) => void session.receive(message).catch(reject));
      const guarded = (read: () => void): void => {
        try {
          read();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      input.on('data', (bytes: Uint8Array) => guarded(() => reader.add(bytes)));
      input.on('end', () => {
        guarded(() => reader.end());
        resolve();
      });
      input.on('error', () => resolve());
      stop.addEventListener('abort', () => resolve(), { once: true });
      if (stop.aborted) resolve();
    });
  } finally {
    input.removeAllListeners('data');
    input.pause();
  }
}
