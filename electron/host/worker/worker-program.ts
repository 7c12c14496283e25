/** What worker threads are started from: the bundled program and the Lua 5.4 module. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLua54 } from '../../../lua-runtime/vm/lua54/lua54.ts';
import type { WasmModule } from '../../../lua-runtime/vm/platform.ts';
import { unpackedDistFolder } from '../../dist-folder.ts';

export interface WorkerProgram {
  /** Absolute path of the bundled policy-worker.ts. */
  readonly workerFile: string;
  /** Absolute path of wasmoon's glue.wasm. */
  readonly wasmFile: string;
}

/** The program that the build made. */
export function builtWorkerProgram(): WorkerProgram {
  const folder = join(unpackedDistFolder(), 'host');
  return { workerFile: join(folder, 'policy-worker.js'), wasmFile: join(folder, 'glue.wasm') };
}

const compiled = new Map<string, WasmModule>();

/** Compiled once per process; each worker gets its own instance of it. */
export function lua54ModuleOf({ wasmFile }: WorkerProgram): WasmModule {
  let module = compiled.get(wasmFile);
  if (module === undefined) {
    module = compileLua54(readFileSync(wasmFile));
    compiled.set(wasmFile, module);
  }
  return module;
}
