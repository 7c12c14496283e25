/**
 * One Lua context behind the `PolicyRuntime` contract: what the worker drives.
 */
import { installKumo } from '../kumo/install-kumo.ts';
import { installStandardLibrary } from '../kumo/standard-library.ts';
import type { JsonValue, PolicyFailure, QueueResolution } from '../recording/entries.ts';
import type { LuaVm } from '../vm/lua-vm.ts';
import { observeEngineFunctions } from './engine-functions.ts';
import { EntryWriter } from './entry-writer.ts';
import { fireEvent } from './fire-event.ts';
import { loadPolicy } from './load-policy.ts';
import { LuaSession } from './lua-session.ts';
import { ObservedHost } from './observed-host.ts';
import type { PolicyContext } from './policy-context.ts';
import type { QueueDecisions } from './queue-decision.ts';
import { decideQueues, resolveQueue } from './queue-resolution.ts';
import { recordedLibraryHost } from './recorded-library-host.ts';
import { runScript } from './run-script.ts';
import type {
  PolicyOptions,
  PolicyRuntime,
  PolicySession,
  RuntimeHost,
  ScriptEnd,
  SessionSpec,
} from './runtime-contract.ts';

export type PolicyLoad =
  | { readonly ok: true; readonly runtime: PolicyRuntime }
  /** The policy does not load; the `error` entry was written and the vm is closed. */
  | { readonly ok: false; readonly failure: PolicyFailure };

/**
 * Makes a Lua context as kumod does: opens the safe standard libraries, installs the kumo module and
 * runs the policy's main chunk. Never throws for a policy's mistakes.
 *
 * @param vm a fresh engine; the runtime owns it from here on and closes it.
 */
export function createPolicyRuntime(
  vm: LuaVm,
  host: RuntimeHost,
  options: PolicyOptions,
): PolicyLoad {
  const observed = new ObservedHost(host);
  const entries = new EntryWriter(observed, options.context ?? observed.now());
  installStandardLibrary(vm, recordedLibraryHost(vm, observed, entries, options.policyFile));
  observeEngineFunctions(vm, observed.entersEngine);
  const context: PolicyContext = {
    vm,
    L: vm.main,
    kumo: installKumo({
      vm,
      host: observed,
      stamp: () => entries.stamp,
      uncaught: options.uncaught,
    }),
    host: observed,
    entries,
    policyFile: options.policyFile,
    seed: options.seed,
    constructorEvents: new Set(),
    decisions: new WeakMap(),
  };
  const failure = loadPolicy(context);
  if (failure !== undefined) {
    vm.close();
    return { ok: false, failure };
  }
  return { ok: true, runtime: new LoadedPolicy(context) };
}

class LoadedPolicy implements PolicyRuntime {
  readonly #context: PolicyContext;

  constructor(context: PolicyContext) {
    this.#context = context;
  }

  resolveQueue(queue: string): QueueResolution {
    const { entries } = this.#context;
    const { stamp } = entries;
    if (stamp.session === undefined) return resolveQueue(this.#context, queue);
    // The decision belongs to the queue, also when this context serves a session by now.
    entries.stampWith({});
    const resolution = resolveQueue(this.#context, queue);
    entries.stampWith(stamp);
    return resolution;
  }

  decideQueues(queues: readonly string[]): QueueDecisions {
    return decideQueues(this.#context, queues);
  }

  runScript(args: readonly string[]): ScriptEnd {
    return runScript(this.#context, args);
  }

  fireEvent(event: string, args: readonly JsonValue[]): ScriptEnd {
    return fireEvent(this.#context, event, args);
  }

  openSession(spec: SessionSpec): PolicySession {
    return new LuaSession(this.#context, spec);
  }

  close(): void {
    this.#context.vm.close();
  }
}
