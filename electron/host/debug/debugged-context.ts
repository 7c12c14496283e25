/** A Lua context with a debugger in it: what stands between the context's runtime and its host. */
import { LuaDebugger } from '../../../lua-runtime/debugger/lua-debugger.ts';
import type { DebuggerStart } from '../../../lua-runtime/debugger/lua-debugger.ts';
import { observedContextHost } from '../../../lua-runtime/debugger/observed-context.ts';
import type { RuntimeHost } from '../../../lua-runtime/kumod/runtime-contract.ts';
import type { LuaState, LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';
import type { BlockingPort } from './blocking-port.ts';

export interface DebuggedContextParts {
  readonly port: BlockingPort;
  readonly readFile: (path: string) => Uint8Array | undefined;
  readonly start: DebuggerStart;
}

export class DebuggedContext {
  readonly #parts: DebuggedContextParts;
  #debugger: LuaDebugger | undefined;

  constructor(parts: DebuggedContextParts) {
    this.#parts = parts;
  }

  /** Line events so far. */
  get tick(): number {
    return this.#debugger?.tick ?? 0;
  }

  /** To be called once the libraries are open and before the policy runs. */
  attach(vm: LuaVm): void {
    const { port, readFile, start } = this.#parts;
    const attached = new LuaDebugger({ vm, port, readFile });
    this.#debugger = attached;
    port.serve(attached);
    attached.attach(start);
  }

  /** For `PolicyOptions.uncaught`. */
  readonly uncaught = (L: LuaState): void => {
    this.#debugger?.uncaught(L);
  };

  /** See `observedContextHost`. */
  around(host: RuntimeHost): RuntimeHost {
    return observedContextHost(host, () => this.#debugger);
  }

  /** Asks the debugger to show the end of the context. */
  stopAtEnd(description: string): void {
    this.#debugger?.stopAtEnd(description);
  }
}
