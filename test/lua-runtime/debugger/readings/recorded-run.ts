/** Short recordings to read, and how to read them. */
import { performance } from 'node:perf_hooks';
import { readRun, type ResultOf } from '../../../../lua-runtime/debugger/readings/read-run.ts';
import type { ReadingOptions } from '../../../../lua-runtime/debugger/readings/read-run.ts';
import type { FileCoverage, ReadingRequest } from '../../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../../lua-runtime/recording/entries.ts';
import type { EngineId } from '../../../../lua-runtime/vm/lua-vm.ts';
import { runPolicy, startVm } from '../../kumod/policy-run.ts';

/** The recording of a policy that is only loaded: `script` is all of `init.lua`. */
export function loaded(
  engine: EngineId,
  script: string,
  files: { readonly [path: string]: string } = {},
): readonly Entry[] {
  const run = runPolicy(engine, script, { files });
  run.runtime.close();
  return run.entries;
}

/** The recording of a policy that delivers messages in one session. */
export function delivered(engine: EngineId, policy: string, messages: number): readonly Entry[] {
  const run = runPolicy(engine, policy);
  const session = run.openSession();
  for (let message = 1; message <= messages; message++) run.deliver(session, { message });
  session.close();
  run.runtime.close();
  return run.entries;
}

export function read<R extends ReadingRequest>(
  entries: Iterable<Entry>,
  request: R,
  options: Partial<ReadingOptions> = {},
): ResultOf<R> {
  return readRun(entries, request, {
    createVm: startVm,
    now: () => performance.now(),
    ...options,
  });
}

/** `line: hits` of a file. */
export function hitsOf({ lines }: FileCoverage): { readonly [line: number]: number } {
  return Object.fromEntries(lines.map(({ line, hits }) => [line, hits]));
}

/** `line/block: held/not` of a file. */
export function waysOf({ branches }: FileCoverage): readonly string[] {
  return branches.map(({ line, block, taken }) => `${line}/${block}: ${taken.join('/')}`);
}
