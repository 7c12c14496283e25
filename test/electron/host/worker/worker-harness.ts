/** Starts real policy workers on policies given as text, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach } from 'vitest';
import { nodeBundleOptions } from '../../../../electron/setup/bundles.mjs';
import { startPolicyWorker } from '../../../../electron/host/worker/start-policy-worker.ts';
import type {
  HostCallHandler,
  PolicyLimits,
  PolicyWorker,
} from '../../../../electron/host/worker/worker-contract.ts';
import type { WorkerProgram } from '../../../../electron/host/worker/worker-program.ts';
import type { EntryBody, EntryKind } from '../../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../../lua-runtime/vm/lua-vm.ts';

const scratch = mkdtempSync(join(tmpdir(), 'policy-worker-test-'));
const open = new Set<PolicyWorker>();
let program: Promise<WorkerProgram> | undefined;

afterEach(async () => {
  await Promise.all([...open].map((worker) => worker.terminate()));
  open.clear();
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** The worker's program, bundled from the sources once per test file. */
export function workerProgram(): Promise<WorkerProgram> {
  program ??= buildProgram();
  return program;
}

async function buildProgram(): Promise<WorkerProgram> {
  const workerFile = join(scratch, 'policy-worker.mjs');
  await build({
    ...nodeBundleOptions,
    entryPoints: [join(import.meta.dirname, '../../../../electron/host/worker/policy-worker.ts')],
    outfile: workerFile,
  });
  const wasmFile = createRequire(import.meta.url).resolve('wasmoon/dist/glue.wasm');
  return { workerFile, wasmFile };
}

export interface WorkerUnderTest {
  readonly worker: PolicyWorker;
  readonly entries: EntryBody[];
  /** The entries of one kind, in order. */
  readonly entriesOf: <K extends EntryKind>(kind: K) => Extract<EntryBody, { kind: K }>[];
}

export interface StartOptions {
  readonly engine: EngineId;
  readonly files: { readonly [path: string]: string };
  readonly limits?: Partial<PolicyLimits>;
  readonly environment?: { readonly [name: string]: string };
  readonly handleCall?: HostCallHandler;
  readonly publishNumbers?: SharedArrayBuffer;
}

/** Starts a worker on the policy `init.lua` among the files. */
export async function startWorker(options: StartOptions): Promise<WorkerUnderTest> {
  const workspaceRoot = mkdtempSync(join(scratch, 'workspace-'));
  for (const [path, text] of Object.entries(options.files)) {
    mkdirSync(dirname(join(workspaceRoot, path)), { recursive: true });
    writeFileSync(join(workspaceRoot, path), text, 'latin1');
  }
  const entries: EntryBody[] = [];
  const worker = startPolicyWorker(
    {
      engine: options.engine,
      workspaceRoot,
      policyFile: 'init.lua',
      seed: 7,
      environment: options.environment ?? {},
      limits: { deadlineMs: 10_000, memoryBytes: 256 * 1024 * 1024, ...options.limits },
      handleCall: options.handleCall ?? refuseCalls,
      ...(options.publishNumbers && { publishNumbers: options.publishNumbers }),
      onEntries: (batch) => entries.push(...batch),
    },
    await workerProgram(),
  );
  open.add(worker);
  return {
    worker,
    entries,
    entriesOf<K extends EntryKind>(kind: K) {
      return entries.filter(
        (entry): entry is Extract<EntryBody, { kind: K }> => entry.kind === kind,
      );
    },
  };
}

const refuseCalls: HostCallHandler = (name) => {
  throw new Error(`No call was expected, but the script called ${name}.`);
};
