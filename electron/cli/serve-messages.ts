/** Serves a protocol of framed messages over a pair of streams, as editors start their servers. */
import { MessageReader } from './message-framing.ts';

export interface MessageStreams {
  readonly input: NodeJS.ReadableStream;
  readonly out: (text: string) => void;
  /** Ends the session from outside. */
  readonly stop: AbortSignal;
}

/**
 * Resolves when `open` has called `done`, the client has gone, or `stop` was given. Rejects with
 * FramingError for what is no message, and with what taking one throws or rejects with.
 * @param open begins the session; answers what takes its messages
 */
export async function serveMessages(
  { input, stop }: MessageStreams,
  open: (done: () => void) => (message: unknown) => void | Promise<void>,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const receive = open(resolve);
      const reader = new MessageReader((message) => {
        receive(message)?.catch(reject);
      });
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
