/**
 * Whole runs as a person starts them, threads and broker included: debugged, so that they can be
 * stepped back, against the same run without a debugger.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createDebugTarget } from '../../../electron/host/debug/create-debug-target.ts';
import { EventRun } from '../../../electron/host/debug/event-run.ts';
import { DeliveryRun } from '../../../electron/host/delivery-run.ts';
import { startEmbeddedBroker } from '../../../electron/host/start-embedded-broker.ts';
import { createMessageFactory } from '../../../electron/host/message-form.ts';
import { mappedBroker } from '../../../electron/host/run-broker.ts';
import { startPolicyWorker } from '../../../electron/host/worker/start-policy-worker.ts';
import { DEFAULT_LIMITS } from '../../../electron/host/worker/worker-contract.ts';
import type { DebugLaunch } from '../../../lua-runtime/debugger/debug-target.ts';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { BreakpointSet, Stop } from '../../../lua-runtime/debugger/debugger-contract.ts';
import { compare } from '../measure.ts';
import type { Comparison } from '../measure.ts';
import { projectFolder } from '../project-folder.ts';
import { cpuSeconds, ROUTING, workFolder } from './work.ts';

const ROUNDS = 5;
const AIM = { atMost: 3 };
/** So many that starting the threads is little beside it. */
const ROUTED = 200_000;
/** No more than one session takes: the breakpoint counts within a Lua context. */
const DELIVERED = 1_000;
const sampleFolder = path.join(projectFolder, 'lua-runtime/samples/amqp-routing');
const data = new TextEncoder().encode('x'.repeat(1024));

const broker = await startEmbeddedBroker({
  port: 0,
  definitionsFile: path.join(sampleFolder, 'definitions.json'),
});
const openBroker = () =>
  mappedBroker('bench', broker.address, { confirms: 'broker', confirmTimeoutMs: 5_000 });

const policyIn = (workspaceRoot: string) => ({
  engine: 'lua54' as const,
  workspaceRoot,
  policyFile: 'init.lua',
  environment: {},
  limits: { ...DEFAULT_LIMITS, deadlineMs: 120_000 },
});

/** Runs to the breakpoint at its end, and steps back from there once the clock has stopped. */
async function debugged(launch: DebugLaunch, breakpoints: BreakpointSet): Promise<number> {
  let onStop: (stop: Stop) => void = () => undefined;
  let onEnd: (problem: Error) => void = () => undefined;
  const nextStop = () =>
    new Promise<Stop>((resolve, reject) => {
      onStop = resolve;
      onEnd = reject;
    });
  let ending: Awaited<ReturnType<typeof createDebugTarget>> | undefined;
  const seconds = await cpuSeconds(async () => {
    const target = await createDebugTarget(
      launch,
      {
        stopped: (stop) => onStop(stop),
        continued: () => undefined,
        output: () => undefined,
        logged: () => undefined,
        entry: () => undefined,
        placed: () => undefined,
        ended: () => undefined,
        exited: ({ problem }) => onEnd(new Error(problem ?? 'The run ended without a stop.')),
      },
      {
        policy: policyIn(launch.program),
        message: data,
        openBroker: async () => ({ runBroker: openBroker(), close: async () => undefined }),
      },
    );
    ending = target;
    await target.setBreakpoints(breakpoints);
    const stopped = nextStop();
    await target.start();
    await stopped;
  });
  const target = ending;
  if (target === undefined) throw new Error('Nothing was debugged.');
  const { tick } = target.position();
  const back = nextStop();
  await target.stepBack();
  await back;
  if (target.position().tick >= tick) throw new Error('The run was not stepped back.');
  onEnd = () => undefined;
  await target.terminate();
  return seconds;
}

function plainWork(): Promise<number> {
  return cpuSeconds(async () => {
    const run = new EventRun({
      policy: policyIn(workFolder),
      seed: 1,
      event: 'work',
      args: [ROUTING.name, ROUTED],
      broker: openBroker(),
      onEntry: () => undefined,
      startWorker: startPolicyWorker,
      afterEvent: async () => undefined,
    });
    const { state, problem } = await run.run();
    if (state !== 'finished') throw new Error(problem ?? state);
  });
}

function plainDeliveries(): Promise<number> {
  return cpuSeconds(async () => {
    const run = new DeliveryRun({
      runId: 'bench',
      policy: policyIn(sampleFolder),
      seed: 1,
      queue: 'amqp',
      count: DELIVERED,
      sessions: 1,
      makeMessage: createMessageFactory(
        { queue: 'amqp', sender: 'a@sender.example', recipient: 'b@example.com', meta: {}, data },
        1,
      ),
      broker: openBroker(),
      onEntry: () => undefined,
      onFinished: () => undefined,
    });
    const end = await run.run();
    if (end.done !== DELIVERED) throw new Error(end.problem ?? end.state);
  });
}

/** The line of a file that holds this text. */
function lineOf(folder: string, text: string): number {
  const lines = readFileSync(path.join(folder, 'init.lua'), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

const stopAt = (folder: string, text: string, hitCondition = '1'): BreakpointSet => ({
  ...NO_BREAKPOINTS,
  lines: [{ id: 1, file: 'init.lua', line: lineOf(folder, text), hitCondition }],
});

export async function liveComparisons(): Promise<Comparison[]> {
  const row = (subject: string, ours: () => Promise<number>, peer: () => Promise<number>) =>
    compare({ subject, unit: 's', peerName: 'not debugged', aim: AIM, rounds: ROUNDS, ours, peer });
  try {
    return [
      await row(
        'routing, a run that can be stepped back',
        () =>
          debugged(
            { program: workFolder, event: { name: 'work', args: [ROUTING.name, ROUTED] } },
            stopAt(workFolder, 'return total'),
          ),
        plainWork,
      ),
      await row(
        `${DELIVERED} deliveries that can be stepped back`,
        () =>
          debugged(
            { program: sampleFolder, delivery: { queue: 'amqp', count: DELIVERED } },
            stopAt(sampleFolder, 'result.status', String(DELIVERED)),
          ),
        plainDeliveries,
      ),
    ];
  } finally {
    await broker.close();
  }
}
