/**
 * Going back in a live run that has executed 100,000 lines, as the person waits for it: from the wish
 * to the stop, with the threads in between.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDebugTarget } from '../../electron/host/debug/create-debug-target.ts';
import { startEmbeddedBroker } from '../../electron/host/start-embedded-broker.ts';
import { mappedBroker } from '../../electron/host/run-broker.ts';
import { DEFAULT_LIMITS } from '../../electron/host/worker/worker-contract.ts';
import { NO_BREAKPOINTS } from '../../lua-runtime/debugger/debugger-contract.ts';
import { median } from './measure.ts';
import type { Reading } from './measure.ts';
import { renderTable } from './table.ts';

const LINES = 100_000;
const TIMES = 20;
const GOING_BACK_MS = 300;
const STEP_MS = 20;

const POLICY = `local kumo = require 'kumo'
kumo.on('count', function(rounds)
  local sum = 0
  for i = 1, rounds do
    sum = sum + i % 7
  end
  local done = sum
  return done
end)
`;
/** Of `local done`. */
const STOP_LINE = 7;

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kumo-bench-')));
writeFileSync(path.join(folder, 'init.lua'), POLICY);
const broker = await startEmbeddedBroker({ port: 0 });

function reading(subject: string, times: readonly number[], aimMs: number): Reading {
  const slow = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
  return {
    subject,
    value: `${median(times).toFixed(1)} ms, p95 ${slow.toFixed(1)} ms`,
    aim: `p95 under ${aimMs} ms`,
    met: slow < aimMs,
  };
}

async function measure(): Promise<Reading[]> {
  let onStop: () => void = () => undefined;
  const target = await createDebugTarget(
    { program: folder, event: { name: 'count', args: [LINES / 2] } },
    {
      stopped: () => onStop(),
      continued: () => undefined,
      output: () => undefined,
      logged: () => undefined,
      entry: () => undefined,
      placed: () => undefined,
      exited: () => undefined,
      ended: () => undefined,
    },
    {
      policy: {
        engine: 'lua54',
        workspaceRoot: folder,
        policyFile: 'init.lua',
        environment: {},
        limits: DEFAULT_LIMITS,
      },
      openBroker: async () => ({
        runBroker: mappedBroker('bench', broker.address, {
          confirms: 'broker',
          confirmTimeoutMs: 5_000,
        }),
        close: async () => undefined,
      }),
    },
  );
  /** Milliseconds from the wish to the stop. */
  const several = async (act: (n: number) => Promise<void>): Promise<number[]> => {
    const times: number[] = [];
    for (let n = 0; n < TIMES; n++) {
      const stopped = new Promise<void>((resolve) => (onStop = resolve));
      const started = performance.now();
      await act(n);
      await stopped;
      times.push(performance.now() - started);
    }
    return times;
  };

  await target.setBreakpoints({
    ...NO_BREAKPOINTS,
    lines: [{ id: 1, file: 'init.lua', line: STOP_LINE }],
  });
  const stopped = new Promise<void>((resolve) => (onStop = resolve));
  await target.start();
  await stopped;
  const { last } = target.position();
  if (last < LINES) throw new Error(`Only ${last} lines were executed.`);
  const readings = [
    reading(
      `a line back, ${LINES} lines in`,
      await several(() => target.stepBack()),
      GOING_BACK_MS,
    ),
    reading(
      `to a tick near the end of ${LINES} lines`,
      await several((n) => target.seek(last - 1 - n)),
      GOING_BACK_MS,
    ),
    reading(
      `to the beginning of ${LINES} lines`,
      await several((n) => target.seek(1 + n)),
      GOING_BACK_MS,
    ),
    reading(
      'a step, across threads',
      await several(() => target.resume({ kind: 'step-over' })),
      STEP_MS,
    ),
  ];
  await target.terminate();
  return readings;
}

try {
  process.stdout.write(`${renderTable([], await measure())}\n`);
} finally {
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
}
