/** Debugs policies given as text, in real workers against the embedded broker, for tests. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { createDebugTarget } from '../../../../electron/host/debug/create-debug-target.ts';
import { startEmbeddedBroker } from '../../../../electron/host/start-embedded-broker.ts';
import type { RunningEmbeddedBroker } from '../../../../electron/host/start-embedded-broker.ts';
import { mappedBroker } from '../../../../electron/host/run-broker.ts';
import type { RunBroker } from '../../../../electron/host/run-broker.ts';
import type { PolicyLimits } from '../../../../electron/host/worker/worker-contract.ts';
import { parseFault } from '../../../../electron/amqp/embedded/faults.ts';
import type {
  DebugLaunch,
  DebugOutput,
  DebugTarget,
} from '../../../../lua-runtime/debugger/debug-target.ts';
import { NO_BREAKPOINTS } from '../../../../lua-runtime/debugger/debugger-contract.ts';
import type {
  BreakpointSet,
  LoggedLine,
  RunPosition,
  Stop,
} from '../../../../lua-runtime/debugger/debugger-contract.ts';
import type { Entry } from '../../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../../lua-runtime/vm/lua-vm.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Threads are started and scripts run again; on a busy machine that takes its time. */
const BUSY_MACHINE_MS = 40_000;
vi.setConfig({ testTimeout: 90_000 });

export interface DebuggedRunOptions {
  readonly engine: EngineId;
  /** The policy is `init.lua` among them, or this text alone. */
  readonly policy: string | { readonly [path: string]: string };
  readonly launch?: Partial<DebugLaunch>;
  readonly breakpoints?: Partial<BreakpointSet>;
  readonly limits?: Partial<PolicyLimits>;
  /** Of the embedded broker. */
  readonly fault?: string;
  readonly confirms?: 'broker' | 'kumod';
  /** Instead of the embedded broker. */
  readonly broker?: RunBroker;
  readonly entries?: readonly Entry[];
  /** Done with the run before its script can have begun. */
  readonly whileStarting?: (target: DebugTarget) => Promise<void>;
}

export interface DebuggedRun {
  readonly target: DebugTarget;
  readonly broker: RunningEmbeddedBroker;
  readonly outputs: DebugOutput[];
  readonly logged: LoggedLine[];
  /** Whether nothing is shown any more. */
  readonly isEnded: boolean;
  readonly ends: { readonly exitCode: number; readonly problem?: string }[];
  readonly stops: Stop[];
  /** Where the run stood at each stop. */
  readonly positions: RunPosition[];
  /** The stop that comes after those that were awaited already. */
  nextStop(): Promise<Stop>;
  /** Does something and waits for the stop that follows. */
  after(act: Promise<void>): Promise<Stop>;
  ended(): Promise<{ readonly exitCode: number; readonly problem?: string }>;
  /** `init.lua:3` */
  where(): string;
  evaluate(expression: string, context?: 'watch' | 'repl'): Promise<string>;
}

/** What goes out for the queue `amqp`. */
export const SENDER = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.amqp' } } }
end)
kumo.on('make.amqp', function()
  local sender = { count = 0 }
  local client = kumo.amqp.build_client 'amqp://localhost'
  function sender:send(message)
    self.count = self.count + 1
    local payload = 'message ' .. self.count
    local confirm = client:publish { routing_key = 'orders', payload = payload }
    local result = confirm:wait()
    if result.status == 'Ack' or result.status == 'NotRequested' then
      return '250 ok'
    end
    kumo.reject(500, kumo.json_encode(result))
  end
  function sender:close()
    client:close()
  end
  return sender
end)
`;

/** Starts it; stopped with the test. */
export async function debugRun(options: DebuggedRunOptions): Promise<DebuggedRun> {
  const root = temporaryFolder();
  const files =
    typeof options.policy === 'string' ? { 'init.lua': options.policy } : options.policy;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const broker = await startEmbeddedBroker({
    port: 0,
    ...(options.fault === undefined ? {} : { fault: parseFault(options.fault) }),
  });
  broker.broker.declareQueue('orders');
  onTestFinished(() => broker.close());
  const outputs: DebugOutput[] = [];
  const logged: LoggedLine[] = [];
  const ends: DebuggedRun['ends'] = [];
  const stops: Stop[] = [];
  const positions: RunPosition[] = [];
  let awaited = 0;
  let isEnded = false;
  const launch: DebugLaunch = {
    program: join(root, 'init.lua'),
    ...(options.launch?.event === undefined ? { delivery: { queue: 'amqp' } } : {}),
    ...options.launch,
  };
  const target = await createDebugTarget(
    launch,
    {
      stopped: (stop, position) => {
        stops.push(stop);
        positions.push(position);
      },
      continued: () => undefined,
      output: (output) => outputs.push(output),
      logged: (line) => logged.push(line),
      entry: () => undefined,
      placed: () => undefined,
      exited: (end) => ends.push(end),
      ended: () => (isEnded = true),
    },
    {
      policy: {
        engine: options.engine,
        workspaceRoot: root,
        policyFile: 'init.lua',
        environment: {},
        limits: { deadlineMs: 10_000, memoryBytes: 256 * 2 ** 20, ...options.limits },
      },
      openBroker: async () => ({
        runBroker:
          options.broker ??
          mappedBroker('embedded', broker.address, {
            confirms: options.confirms ?? 'broker',
            confirmTimeoutMs: 5_000,
          }),
        close: async () => undefined,
      }),
      ...(options.entries === undefined ? {} : { entries: options.entries }),
    },
  );
  onTestFinished(() => target.terminate());
  await target.setBreakpoints({ ...NO_BREAKPOINTS, ...options.breakpoints });
  const started = target.start();
  const begun = options.whileStarting?.(target);
  await Promise.all([started, begun]);

  const nextStop = async (): Promise<Stop> => {
    const number = awaited++;
    await expect
      .poll(() => stops[number] ?? (launch.stopOnEnd === true ? undefined : ends[0]), {
        timeout: BUSY_MACHINE_MS,
        interval: 5,
      })
      .toBeDefined();
    const stop = stops[number];
    if (stop === undefined) throw new Error(`The run ended: ${JSON.stringify(ends)}`);
    return stop;
  };
  return {
    target,
    broker,
    outputs,
    logged,
    get isEnded() {
      return isEnded;
    },
    ends,
    stops,
    positions,
    nextStop,
    after: async (act) => {
      await act;
      return nextStop();
    },
    ended: async () => {
      await expect
        .poll(() => ends.length, { timeout: BUSY_MACHINE_MS, interval: 5 })
        .toBeGreaterThan(0);
      return ends[0] as { exitCode: number };
    },
    where: () => {
      const location = stops[awaited - 1]?.location;
      return location === undefined ? '' : `${location.file}:${location.line}`;
    },
    evaluate: async (expression, context = 'watch') => {
      const { frames } = await target.ask({ kind: 'stack', thread: 1, start: 0, count: 1 });
      const frame = frames[0]?.id ?? 0;
      return (await target.ask({ kind: 'evaluate', expression, frame, context })).value;
    },
  };
}

/** Waits until it is so; the machine may be busy. */
export async function until(condition: () => unknown): Promise<void> {
  await expect.poll(condition, { timeout: BUSY_MACHINE_MS, interval: 5 }).toBeTruthy();
}

/** A breakpoint on a line of init.lua. */
export function onLine(line: number, id = line): BreakpointSet['lines'][number] {
  return { id, file: 'init.lua', line };
}

/** How many messages lie in the broker's queue. */
export function inQueue({ broker }: DebuggedRun): number {
  return broker.broker.topology().queues.find(({ name }) => name === 'orders')?.messages ?? 0;
}
