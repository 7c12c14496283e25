/** Which function an activation runs, cheaply, and what it is called. */
import type { LuaActivation, LuaState, LuaVm } from '../../vm/lua-vm.ts';
import { FunctionNames } from '../function-names.ts';
import { LibrarySnapshot } from '../library-snapshot.ts';
import type { CalledFunction } from './call-tree.ts';

export class FunctionIdentity {
  readonly #vm: LuaVm;
  readonly #known = new Map<unknown, string>();
  readonly #names: FunctionNames;
  #library: LibrarySnapshot | undefined;

  constructor(vm: LuaVm, readFile: (path: string) => Uint8Array | undefined) {
    this.#vm = vm;
    this.#names = new FunctionNames(readFile);
  }

  /** To be told of each file, the first one before the policy's first line. */
  fileLoaded(): void {
    this.#library ??= new LibrarySnapshot(this.#vm, this.#vm.main);
    // The identities of functions that Lua has freed are given to others.
    this.#known.clear();
  }

  /** Equal for the same function in every context of the run. */
  keyOf(L: LuaState, activation: LuaActivation): unknown {
    const vm = this.#vm;
    const point = vm.instructionAt(L, activation);
    if (point !== undefined) {
      const known = this.#known.get(point.prototype);
      if (known !== undefined) return known;
      const { source, lineDefined, lastLineDefined } = vm.getInfo(L, activation);
      const key = `${source}:${lineDefined}-${lastLineDefined}`;
      this.#known.set(point.prototype, key);
      return key;
    }
    vm.pushActivationFunction(L, activation);
    const native = vm.nativeFunction(L, -1);
    vm.pop(L, 1);
    const name = this.#library?.nameOf(native);
    return name ?? native;
  }

  describe(L: LuaState, activation: LuaActivation): CalledFunction {
    const info = this.#vm.getInfo(L, activation);
    if (info.what === 'C') {
      this.#vm.pushActivationFunction(L, activation);
      const native = this.#vm.nativeFunction(L, -1);
      this.#vm.pop(L, 1);
      return { name: this.#library?.nameOf(native) ?? info.name ?? 'C function', kind: 'c' };
    }
    const isFile = info.source.startsWith('@');
    const line = Math.max(1, info.lineDefined);
    return {
      name:
        info.what === 'main'
          ? 'main chunk'
          : (this.#names.nameOf(info) ?? info.name ?? 'anonymous function'),
      kind: 'lua',
      ...(isFile ? { location: { file: info.source.slice(1), line } } : undefined),
    };
  }
}
