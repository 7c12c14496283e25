/**
 * Userdata types as mlua registers them: methods, read-only fields and metamethods, with mlua's texts
 * for a wrong `self` (mlua src/userdata/registry.rs 130-270).
 */
import { noteHostFunction } from '../vm/host-function-notes.ts';
import { LuaType, type HostFunction, type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import { Arguments, conversionError } from './arguments.ts';
import { KumoError } from './kumo-error.ts';
import { luaTypeName } from './lua-tree.ts';

/** Gets `self`, the arguments (self is position 1), and pushes its results. Returns how many. */
export type UserdataMethod<T> = (L: LuaState, self: T, args: Arguments) => number;

export interface UserdataDefinition<T extends object> {
  /** Rust's short type name, which mlua's texts show. */
  readonly name: string;
  readonly is: (object: object | undefined) => object is T;
  /** Methods that change nothing and leave no trace: a debugger may call them to look at a value. */
  readonly readers?: readonly string[];
  readonly methods: { readonly [name: string]: UserdataMethod<T> };
  /** Methods that kumod implements as `async`: their text for a wrong `self` is shorter. */
  readonly asyncMethods?: { readonly [name: string]: UserdataMethod<T> };
  /** Push exactly one value. */
  readonly fields?: { readonly [name: string]: (L: LuaState, self: T) => void };
  /** `__tostring`, `__pairs`, `__len`, `__index` (for names that are no method or field). */
  readonly metamethods?: { readonly [name: string]: UserdataMethod<T> };
}

/** Makes the metatable once per vm; afterwards `vm.newUserdata(L, object, definition.name)` works. */
export function defineUserdata<T extends object>(
  vm: LuaVm,
  definition: UserdataDefinition<T>,
): void {
  const L = vm.main;
  if (!vm.newMetatable(L, definition.name)) {
    vm.pop(L, 1);
    return;
  }
  const { methods, asyncMethods = {}, fields = {}, metamethods = {} } = definition;
  for (const [name, method] of Object.entries(metamethods)) {
    if (name === '__index') continue;
    vm.pushFunction(L, bind(vm, definition, name, method, false));
    vm.setField(L, -2, name);
  }

  // With methods alone a plain table is the fastest __index.
  vm.newTable(L);
  for (const [name, method] of Object.entries(methods)) {
    vm.pushFunction(L, bind(vm, definition, name, method, false));
    vm.setField(L, -2, name);
  }
  for (const [name, method] of Object.entries(asyncMethods)) {
    vm.pushFunction(L, bind(vm, definition, name, method, true));
    vm.setField(L, -2, name);
  }
  const fallback = metamethods.__index;
  if (fallback !== undefined || Object.keys(fields).length > 0) {
    vm.pushFunction(L, indexFunction(vm, definition, fields, fallback), 1);
  }
  vm.setField(L, -2, '__index');
  vm.pop(L, 1);
}

/** The first upvalue is the table of methods. */
function indexFunction<T extends object>(
  vm: LuaVm,
  definition: UserdataDefinition<T>,
  fields: { readonly [name: string]: (L: LuaState, self: T) => void },
  fallback: UserdataMethod<T> | undefined,
): HostFunction {
  const index: HostFunction = (L) => {
    const self = selfOf(vm, L, definition, '__index', false);
    const name = vm.type(L, 2) === LuaType.string ? vm.toText(L, 2) : undefined;
    const field = name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field !== undefined) {
      field(L, self);
      return 1;
    }
    vm.pushValue(L, 2);
    if (vm.rawGet(L, vm.upvalueIndex(1)) !== LuaType.nil || fallback === undefined) return 1;
    vm.pop(L, 1);
    return fallback(L, self, new Arguments(vm, L));
  };
  return noteHostFunction(index, { name: `${definition.name}.__index`, onlyReads: true });
}

function bind<T extends object>(
  vm: LuaVm,
  definition: UserdataDefinition<T>,
  name: string,
  method: UserdataMethod<T>,
  isAsync: boolean,
): HostFunction {
  const rustName = `${definition.name}.${name}`;
  const bound: HostFunction = (L) => {
    const self = selfOf(vm, L, definition, name, isAsync);
    return method(L, self, new Arguments(vm, L, rustName));
  };
  const isMetamethod = name.startsWith('__');
  return noteHostFunction(bound, {
    name: isMetamethod ? rustName : `${definition.name}:${name}`,
    onlyReads: isMetamethod || definition.readers?.includes(name) === true,
  });
}

function selfOf<T extends object>(
  vm: LuaVm,
  L: LuaState,
  definition: UserdataDefinition<T>,
  name: string,
  isAsync: boolean,
): T {
  const object = vm.toObject(L, 1);
  if (definition.is(object)) return object;
  const detail = wrongSelf(vm, L, definition.name, isAsync);
  throw new KumoError(`bad argument \`self\` to \`${definition.name}.${name}\`: ${detail}`);
}

function wrongSelf(vm: LuaVm, L: LuaState, typeName: string, isAsync: boolean): string {
  if (vm.type(L, 1) === LuaType.none) return conversionError('missing argument', 'userdata');
  if (vm.type(L, 1) === LuaType.userdata) return 'userdata is not expected type';
  const expected = isAsync ? undefined : `expected userdata of type '${typeName}'`;
  return conversionError(luaTypeName(vm, L, 1), 'userdata', expected);
}
