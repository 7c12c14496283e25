/** Serves the language service over a pair of streams, as editors start language servers. */
import { fileURLToPath } from 'node:url';
import { LspSession } from './lsp-session.ts';
import { framed } from './message-framing.ts';
import { serveMessages } from './serve-messages.ts';
import type { MessageStreams } from './serve-messages.ts';

/**
 * Resolves when the client has exited, has gone, or `stop` was given. Rejects with FramingError when
 * the client does not speak LSP.
 */
export async function serveLsp(streams: MessageStreams): Promise<void> {
  await serveMessages(streams, (done) => {
    const session = new LspSession({
      send: (message) => streams.out(framed({ jsonrpc: '2.0', ...message })),
      onExit: done,
      pathOfUri: (uri) => (uri.startsWith('file:') ? fileURLToPath(uri) : undefined),
    });
    return (message) => session.receive(message);
  });
}
