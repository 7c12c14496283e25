/**
 * Readings of a finished run of 20,000 messages: log points added afterwards against running it again
 * from the start, and what coverage and profile cost beside a plain replay.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { startEmbeddedBroker } from '../../electron/host/start-embedded-broker.ts';
import { DeliveryRun } from '../../electron/host/delivery-run.ts';
import { createMessageFactory } from '../../electron/host/message-form.ts';
import { mappedBroker } from '../../electron/host/run-broker.ts';
import { DEFAULT_LIMITS } from '../../electron/host/worker/worker-contract.ts';
import { readRun } from '../../lua-runtime/debugger/readings/read-run.ts';
import type { ReadingRequest } from '../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../lua-runtime/recording/entries.ts';
import { ReplayStream, ReplayStopped } from '../../lua-runtime/recording/replay-stream.ts';
import { createVm } from '../../lua-runtime/vm/create-vm.ts';
import { compileLua54 } from '../../lua-runtime/vm/lua54/lua54.ts';
import type { EngineId, LuaVm } from '../../lua-runtime/vm/lua-vm.ts';
import { compare } from './measure.ts';
import { projectFolder } from './project-folder.ts';
import { renderTable } from './table.ts';

const MESSAGES = 20_000;
const ROUNDS = 3;
const folder = path.join(projectFolder, 'lua-runtime/samples/amqp-routing');
const data = new TextEncoder().encode('x'.repeat(1024));
const module = compileLua54(readFileSync(path.join(projectFolder, 'dist/host/glue.wasm')));

const broker = await startEmbeddedBroker({ port: 0, fault: undefined, definitionsFile: undefined });

async function deliver(onEntry: (entry: Entry) => void): Promise<void> {
  const run = new DeliveryRun({
    runId: 'bench',
    policy: {
      engine: 'lua54',
      workspaceRoot: folder,
      policyFile: 'init.lua',
      environment: {},
      limits: DEFAULT_LIMITS,
    },
    seed: 1,
    queue: 'amqp',
    count: MESSAGES,
    sessions: 1,
    makeMessage: createMessageFactory(
      { queue: 'amqp', sender: 'a@sender.example', recipient: 'b@example.com', meta: {}, data },
      1,
    ),
    broker: mappedBroker('bench', broker.address, { confirms: 'broker', confirmTimeoutMs: 5_000 }),
    onEntry,
    onFinished: () => undefined,
  });
  const end = await run.run();
  if (end.done !== MESSAGES) throw new Error(`The run ended early: ${end.problem ?? end.state}`);
}

const entries: Entry[] = [];
await deliver((entry) => entries.push(entry));

function newVm(engine: EngineId, seed: number): LuaVm {
  return createVm(engine === 'lua54' ? { engine, module } : { engine }, { seed });
}

/** Seconds. */
async function timed(work: () => void | Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const leave = (): never => {
  throw new ReplayStopped('The recording does not repeat.');
};

function plainReplay(): void {
  let messages = 0;
  const stream = new ReplayStream({
    createVm: newVm,
    observe: () => ({
      librariesOpen: () => undefined,
      entry: ({ kind }) => {
        if (kind === 'message') messages++;
      },
      end: { reached: leave, diverged: leave },
      finished: () => undefined,
    }),
  });
  for (const entry of entries) stream.push(entry);
  stream.finish();
  if (messages !== MESSAGES) throw new Error(`Only ${messages} messages were replayed.`);
}

function read(request: ReadingRequest): void {
  readRun(entries, request, { createVm: newVm, now: () => performance.now() });
}

const source = readFileSync(path.join(folder, 'init.lua'), 'utf8').split('\n');
const line = source.findIndex((text) => text.includes('result.status')) + 1;
const logPoints: ReadingRequest = {
  kind: 'log-points',
  points: [{ id: 1, file: 'init.lua', line, logMessage: 'status {result.status}' }],
  limit: 1000,
};

const besideReplay = (subject: string, request: ReadingRequest, atMost: number) =>
  compare({
    subject: `${subject}, ${MESSAGES} messages`,
    unit: 's',
    peerName: 'plain replay',
    aim: { atMost },
    rounds: ROUNDS,
    ours: () => timed(() => read(request)),
    peer: () => timed(plainReplay),
  });

try {
  const table = [
    await compare({
      subject: `log point afterwards, ${MESSAGES} messages`,
      unit: 's',
      peerName: 'running again from the start',
      aim: { atMost: 0.5 },
      rounds: ROUNDS,
      ours: () => timed(() => read(logPoints)),
      peer: () => timed(() => deliver(() => undefined)),
    }),
    await besideReplay('log point afterwards', logPoints, 2),
    await besideReplay('coverage', { kind: 'coverage', values: false }, 8),
    await besideReplay('coverage with values', { kind: 'coverage', values: true }, 30),
    await besideReplay('profile', { kind: 'profile' }, 4),
  ];
  process.stdout.write(`${renderTable(table, [])}\n`);
} finally {
  await broker.close();
}
