/** Runs Lua against the kumo module on a chosen engine, with a scripted host. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { installKumo } from '../../../lua-runtime/kumo/install-kumo.ts';
import type { KumoModule, PolicyError } from '../../../lua-runtime/kumo/kumo-module.ts';
import { chunkNameOf } from '../../../lua-runtime/kumo/source-location.ts';
import type {
  HostCallName,
  HostCallResult,
  HostCalls,
  RuntimeHost,
} from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { EntryBody } from '../../../lua-runtime/recording/entries.ts';
import { createVm } from '../../../lua-runtime/vm/create-vm.ts';
import { compileLua54 } from '../../../lua-runtime/vm/lua54/lua54.ts';
import {
  LuaStatus,
  MULTIPLE_RESULTS,
  type EngineId,
  type LuaState,
  type LuaVm,
} from '../../../lua-runtime/vm/lua-vm.ts';

export const ENGINE_IDS: readonly EngineId[] = ['lua54', 'fengari'];

const require = createRequire(import.meta.url);
const module54 = compileLua54(
  readFileSync(require.resolve('wasmoon').replace(/[^/]*$/, 'glue.wasm')),
);

type Answer = (input: never) => unknown;

/** What the host answers, by call name; a thrown error becomes the error text. */
export type Answers = { [N in HostCallName]?: Answer };

export class KumoFixture {
  readonly vm: LuaVm;
  readonly L: LuaState;
  readonly kumo: KumoModule;
  readonly entries: EntryBody[] = [];
  readonly hostCalls: { name: HostCallName; input: HostCalls[HostCallName]['input'] }[] = [];
  readonly files = new Map<string, Uint8Array>();

  constructor(engine: EngineId, answers: Answers = {}) {
    this.vm =
      engine === 'lua54'
        ? createVm({ engine, module: module54 }, { seed: 1 })
        : createVm({ engine }, { seed: 1 });
    this.vm.openLibraries();
    this.L = this.vm.main;
    let time = 1000;
    const host: RuntimeHost = {
      readFile: (path) => this.files.get(path),
      call: <N extends HostCallName>(name: N, input: HostCalls[N]['input']): HostCallResult<N> => {
        this.hostCalls.push({ name, input });
        const answer = answers[name] as ((input: unknown) => HostCalls[N]['output']) | undefined;
        if (answer === undefined) return { ok: false, error: `no answer for ${name}` };
        try {
          return { ok: true, output: answer(input) };
        } catch (error) {
          return { ok: false, error: (error as Error).message };
        }
      },
      now: () => ++time,
      environment: {},
      emit: (entry) => this.entries.push(entry),
      scriptStarts: () => undefined,
      scriptEnds: () => undefined,
    };
    this.kumo = installKumo({ vm: this.vm, host, stamp: () => ({ message: 7 }) });
    // `require` itself belongs to the standard library, which is tested elsewhere.
    this.vm.pushFunction(this.L, (L) => {
      this.vm.getField(L, this.vm.registryIndex, '_LOADED');
      this.vm.getField(L, -1, this.vm.toText(L, 1) ?? '');
      return 1;
    });
    this.vm.setGlobal(this.L, 'require');
  }

  /** Runs a chunk as `init.lua`; its results stay on the stack. */
  run(source: string, chunkName = chunkNameOf('init.lua')): PolicyError | undefined {
    const { vm, L } = this;
    vm.setTop(L, 0);
    const status = vm.load(L, new TextEncoder().encode(source), chunkName);
    if (status !== LuaStatus.ok) return this.kumo.describeError(L, -1, 'syntax');
    return this.kumo.call(L, 0, MULTIPLE_RESULTS);
  }

  /** Runs a chunk that sees `kumo`, and returns its results as Lua would print them. */
  results(source: string): string[] {
    const failure = this.run(`local kumo = require 'kumo'\n${source}`);
    if (failure !== undefined) throw new Error(failure.text);
    const { vm, L } = this;
    return Array.from({ length: vm.getTop(L) }, (_, i) => vm.toDisplayText(L, i + 1));
  }

  /** Runs a chunk that must fail. */
  failure(source: string): PolicyError {
    const failure = this.run(`local kumo = require 'kumo'\n${source}`);
    if (failure === undefined) throw new Error(`no error from: ${source}`);
    return failure;
  }

  /** The message alone: without the traceback. */
  errorMessage(source: string): string {
    return this.failure(source).text.split('\nstack traceback:')[0] ?? '';
  }

  entriesOf<K extends EntryBody['kind']>(kind: K): Extract<EntryBody, { kind: K }>[] {
    return this.entries.filter(
      (entry): entry is Extract<EntryBody, { kind: K }> => entry.kind === kind,
    );
  }
}
