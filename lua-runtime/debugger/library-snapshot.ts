/**
 * What was in the context before the policy's first line: the standard library and the kumo module.
 * Tells the policy's own globals from the rest, and names the functions of host and engine.
 */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { notesOfFunction } from '../vm/host-function-notes.ts';

/** kumod sets it while the policy runs. */
const KUMO_GLOBALS: ReadonlySet<string> = new Set(['_KUMO_CURRENT_EVENT']);
const MAX_DEPTH = 3;

export class LibrarySnapshot {
  private readonly vm: LuaVm;
  private readonly globals = new Map<string, string>();
  private readonly names = new Map<unknown, string>();

  /** Looks at the tables through `L`; leaves its stack as it is and allocates nothing in Lua. */
  constructor(vm: LuaVm, L: LuaState) {
    this.vm = vm;
    const top = vm.getTop(L);
    if (!vm.checkStack(L, 3 * (MAX_DEPTH + 2))) return;
    vm.pushGlobalTable(L);
    vm.pushNil(L);
    while (vm.next(L, -2)) {
      if (vm.type(L, -2) === LuaType.string) {
        this.globals.set(vm.toText(L, -2) ?? '', identityOfTop(vm, L));
      }
      vm.pop(L, 1);
    }
    this.nameFunctions(L, '', 0);
    vm.pop(L, 1);
    vm.getField(L, vm.registryIndex, '_LOADED');
    if (vm.getField(L, -1, 'kumo') === LuaType.table) this.nameFunctions(L, 'kumo.', 1);
    vm.setTop(L, top);
  }

  /** Whether the global of this name, whose value is on top of the stack of `L`, is the library's. */
  isLibraryGlobal(L: LuaState, name: string): boolean {
    if (KUMO_GLOBALS.has(name)) return true;
    return this.globals.get(name) === identityOfTop(this.vm, L);
  }

  /** `table.sort`, `kumo.amqp.build_client`, `Message:get_meta`. @param fn as `LuaVm.nativeFunction` gives it. */
  nameOf(fn: unknown): string | undefined {
    return this.names.get(fn) ?? notesOfFunction(fn)?.name;
  }

  /** The function that had this name in the beginning: one or none. */
  functionsNamed(name: string): unknown[] {
    return [...this.names].filter(([, known]) => known === name).map(([fn]) => fn);
  }

  /** Of the table on top of the stack. */
  private nameFunctions(L: LuaState, prefix: string, depth: number): void {
    const { vm, names } = this;
    vm.pushNil(L);
    while (vm.next(L, -2)) {
      const name = vm.type(L, -2) === LuaType.string ? vm.toText(L, -2) : undefined;
      // `_G` and `package.loaded` hold everything once more.
      if (name !== undefined && name !== '_G' && name !== 'loaded') {
        const type = vm.type(L, -1);
        const fn = type === LuaType.function ? vm.nativeFunction(L, -1) : undefined;
        if (fn !== undefined && !names.has(fn)) names.set(fn, prefix + name);
        if (type === LuaType.table && depth < MAX_DEPTH) {
          this.nameFunctions(L, `${prefix}${name}.`, depth + 1);
        }
      }
      vm.pop(L, 1);
    }
  }
}

function identityOfTop(vm: LuaVm, L: LuaState): string {
  const type = vm.type(L, -1);
  const isReference = type >= LuaType.table;
  return `${type} ${isReference ? vm.toPointer(L, -1) : (vm.toText(L, -1) ?? '')}`;
}
