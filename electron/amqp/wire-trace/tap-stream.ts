/** Listens to a stream's bytes without taking them from whoever reads and writes it. */
import type { Duplex } from 'node:stream';
import type { ConnectionTrace } from './connection-trace.ts';

/**
 * Shows the trace every byte of the connection from now on, and its end. A `data` listener would
 * start the flow of a stream that its owner reads at its own pace, so the two ways that bytes take,
 * `push` in and `write` out, are followed on this one stream.
 */
export function tapStream(stream: Duplex, trace: ConnectionTrace): void {
  const push = stream.push.bind(stream);
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array) trace.passed('received', chunk);
    return push(chunk, encoding);
  };
  const write = stream.write.bind(stream);
  stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const isOpen = !stream.destroyed && !stream.writableEnded;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (isOpen && bytes instanceof Uint8Array) trace.passed('sent', bytes);
    return Reflect.apply(write, stream, [chunk, ...rest]) as boolean;
  };
  let isTold = false;
  stream.once('end', () => trace.note('received', 'socket ended'));
  stream.once('finish', () => trace.note('sent', 'socket ended'));
  stream.once('error', (error: Error) => {
    isTold = true;
    trace.note('received', 'socket failed', [['reason', error.message]]);
  });
  stream.once('close', () => {
    if (!isTold) trace.note('received', 'socket closed');
  });
}
