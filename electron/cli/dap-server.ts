/** Serves one debug session over a pair of streams, as editors start debug adapters. */
import type { DapAdapter } from '../../lua-runtime/debugger/dap/dap-adapter.ts';
import { openDebugAdapter } from '../host/open-debug-adapter.ts';
import type { OpenAdapterParts } from '../host/open-debug-adapter.ts';
import { framed } from './message-framing.ts';
import { serveMessages } from './serve-messages.ts';
import type { MessageStreams } from './serve-messages.ts';

/**
 * Resolves when the client has taken leave, has gone, or `stop` was given; what was debugged is ended
 * by then. Rejects with FramingError when the client does not speak DAP.
 */
export async function serveDap(
  streams: MessageStreams,
  parts: Pick<OpenAdapterParts, 'createTarget' | 'defaults'>,
): Promise<void> {
  let adapter: DapAdapter | undefined;
  try {
    await serveMessages(streams, (done) => {
      const opened = openDebugAdapter({
        ...parts,
        send: (message) => streams.out(framed(message)),
        onDisconnected: done,
      });
      adapter = opened;
      return (message) => opened.receive(message);
    });
  } finally {
    await adapter?.close();
  }
}
