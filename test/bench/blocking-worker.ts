/**
 * The floor of a script that blocks for its confirm outside of the host's thread: a worker that does
 * nothing but hand a payload over and wait until the host has published it and heard of it.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const answered = new Int32Array(workerData.answered);
const payload = new Uint8Array(workerData.payloadBytes).fill(120);
for (let i = 0; i < workerData.count; i++) {
  parentPort.postMessage(payload);
  Atomics.wait(answered, 0, 0);
  Atomics.store(answered, 0, 0);
}`;

/** Publishes a second, from the second publish on: starting the thread is not the subject. */
export async function blockingWorker(
  count: number,
  payloadBytes: number,
  publish: (payload: Buffer) => Promise<void>,
): Promise<number> {
  const shared = new SharedArrayBuffer(4);
  const answered = new Int32Array(shared);
  let started: number | undefined;
  let ended = 0;
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: { answered: shared, payloadBytes, count: count + 1 },
  });
  worker.on('message', (payload: Uint8Array) => {
    void publish(Buffer.from(payload.buffer)).then(() => {
      ended = performance.now();
      started ??= ended;
      Atomics.store(answered, 0, 1);
      Atomics.notify(answered, 0);
    });
  });
  await once(worker, 'exit');
  return count / ((ended - (started ?? ended)) / 1000);
}
