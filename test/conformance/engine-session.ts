/** One Lua context of an engine with the sandboxed standard library, for tests. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { installStandardLibrary } from '../../lua-runtime/kumo/standard-library.ts';
import type { StandardLibraryHost } from '../../lua-runtime/kumo/standard-library.ts';
import { createWorkspaceFiles } from '../../lua-runtime/kumo/workspace-files.ts';
import { createVm } from '../../lua-runtime/vm/create-vm.ts';
import { LuaStatus, MULTIPLE_RESULTS } from '../../lua-runtime/vm/lua-vm.ts';
import type { EngineId, LuaVm, LuaVmOptions } from '../../lua-runtime/vm/lua-vm.ts';
import { compileLua54 } from '../../lua-runtime/vm/lua54/lua54.ts';
import type { WasmModule } from '../../lua-runtime/vm/platform.ts';

let compiled: WasmModule | undefined;

export function lua54Module(): WasmModule {
  const path = createRequire(import.meta.url).resolve('wasmoon/dist/glue.wasm');
  compiled ??= compileLua54(readFileSync(path));
  return compiled;
}

/** A state without libraries. */
export function startVm(engine: EngineId, options: Partial<LuaVmOptions> = {}): LuaVm {
  const choice =
    engine === 'lua54' ? ({ engine, module: lua54Module() } as const) : ({ engine } as const);
  return createVm(choice, { seed: 1, ...options });
}

export interface EngineSession {
  readonly vm: LuaVm;
  /** Everything the policy wrote: `print hello`, `stdout hello`. */
  readonly output: string[];
  readonly refused: string[];
  /** The results of a chunk as text, or `raised: ` and the error. */
  readonly run: (source: string, chunkName?: string) => string;
}

export interface SessionOptions extends Partial<LuaVmOptions> {
  readonly files?: { readonly [path: string]: string | Uint8Array };
  readonly host?: Partial<StandardLibraryHost>;
}

/** 2023-11-14 22:13:20 UTC. */
export const TEST_TIME_MS = 1_700_000_000_000;

export function startSession(engine: EngineId, options: SessionOptions = {}): EngineSession {
  const { files = {}, host = {}, ...vmOptions } = options;
  const vm = startVm(engine, vmOptions);
  const output: string[] = [];
  const refused: string[] = [];
  const policyFolder = host.policyFolder ?? '';
  const readFile = (path: string): Uint8Array | undefined => {
    const content = Object.hasOwn(files, path) ? files[path] : undefined;
    return typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  };
  installStandardLibrary(vm, {
    files: createWorkspaceFiles(readFile, policyFolder),
    policyFolder,
    now: () => TEST_TIME_MS,
    environment: {},
    write: (stream, text) => output.push(`${stream} ${text}`),
    refused: (name) => refused.push(name),
    ...host,
  });

  return {
    vm,
    output,
    refused,
    run(source, chunkName = '@probe.lua') {
      const L = vm.main;
      vm.setTop(L, 0);
      const status = vm.load(L, Buffer.from(source, 'latin1'), chunkName) || vm.pcall(L, 0, -1, 0);
      const results: string[] = [];
      for (let i = 1; i <= vm.getTop(L); i++) results.push(shown(vm, i));
      vm.setTop(L, 0);
      return (status === LuaStatus.ok ? '' : 'raised: ') + results.join(', ');
    },
  };
}

/** Strings as they are (bytes beyond ASCII escaped), other values as tostring, addresses replaced. */
function shown(vm: LuaVm, index: number): string {
  const bytes = vm.type(vm.main, index) === 4 ? vm.toBytes(vm.main, index) : undefined;
  const text = bytes ? Buffer.from(bytes).toString('latin1') : vm.toDisplayText(vm.main, index);
  return text
    .replace(/0x[0-9a-f]{2,}/g, 'ADDRESS')
    .replace(/[^\n\t\x20-\x7e]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Throws for what does not compile. */
export function load(vm: LuaVm, source: string, chunkName = '@policy.lua'): void {
  const status = vm.load(vm.main, Buffer.from(source, 'latin1'), chunkName);
  if (status !== LuaStatus.ok) throw new Error(vm.toText(vm.main, -1));
}

/** Runs a chunk with the given function as its global `host`. */
export function runWithHost(
  vm: LuaVm,
  host: (L: LuaVm['main']) => number,
  source: string,
): LuaStatus {
  vm.pushFunction(vm.main, host);
  vm.setGlobal(vm.main, 'host');
  load(vm, source);
  return vm.pcall(vm.main, 0, MULTIPLE_RESULTS);
}
