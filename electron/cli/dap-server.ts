/** Serves one debug session over a pair of streams, as editors start debug adapters. */
import type { DapAdapter } from '../../lua-runtime/debugger/dap/dap-adapter.ts';
import { openDebugAdapter } from '../host/open-debug-adapter.ts';
import type { OpenAdapterParts } from '../host/open-debug-adapter.ts';
import { framed, MessageReader } from './message-framing.ts';

export interface DapStreams {
  readonly input: NodeJS.ReadableStream;
  readonly out: (text: string) => void;
  /** Ends the session from outside. */
  readonly stop: AbortSignal;
}

/**
 * Resolves when the client has taken leave, has gone, or `stop` was given; what was debugged is ended
 * by then. Rejects with FramingError when the client does not speak DAP.
 */
export async function serveDap(
  { input, out, stop }: DapStreams,
  parts: Pick<OpenAdapterParts, 'createTarget' | 'defaults'>,
): Promise<void> {
  let adapter: DapAdapter | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const opened = openDebugAdapter({
        ...parts,
        send: (message) => out(framed(message)),
        onDisconnected: resolve,
      });
      adapter = opened;
      const reader = new MessageReader((message) => opened.receive(message));
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
    await adapter?.close();
  }
}
