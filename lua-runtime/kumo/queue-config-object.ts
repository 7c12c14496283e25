/**
 * `kumo.make_queue_config` and its object, which a script can index, iterate and measure but not
 * change (KumoMTA crates/config/src/lib.rs 424-474, crates/kumod/src/queue/config.rs 95-99).
 */
import { LuaType, type HostFunction, type LuaState } from '../vm/lua-vm.ts';
import { conversionError } from './arguments.ts';
import type { Installation } from './installation.ts';
import { fromPlainJson, pushJsonTree, type JsonObject } from './json-tree.ts';
import type { Converted, EffectiveQueueConfig } from './kumo-module.ts';
import { NullPointer, luaTypeName, readLuaTree, type LuaTree } from './lua-tree.ts';
import { QueueConfig } from './queue-config.ts';
import { ReadTables } from './read-tables.ts';
import { defineUserdata } from './userdata-type.ts';

const TYPE = 'QueueConfig';
const NULL_TYPE = 'userdata';

/** Adds `make_queue_config` to the table at the top of the main stack. */
export function defineQueueConfig(installation: Installation): void {
  const { vm } = installation;
  const pushNull = nullPusher(installation);
  const next: HostFunction = (L) => {
    vm.setTop(L, 2);
    if (vm.next(L, 1)) return 2;
    vm.pushNil(L);
    return 1;
  };
  const contents = (self: QueueConfig): JsonObject => fromPlainJson(self.toJson()) as JsonObject;
  defineUserdata<QueueConfig>(vm, {
    name: TYPE,
    is: (object): object is QueueConfig => object instanceof QueueConfig,
    methods: {},
    metamethods: {
      __pairs: (L, self) => {
        vm.pushFunction(L, next);
        pushJsonTree(vm, L, contents(self), pushNull);
        return 2;
      },
      __index: (L, self) => {
        const name = vm.type(L, 2) === LuaType.string ? vm.toText(L, 2) : undefined;
        const value = name === undefined ? undefined : contents(self).get(name);
        if (value === undefined) vm.pushNil(L);
        else pushJsonTree(vm, L, value, pushNull);
        return 1;
      },
      __len: (L) => {
        vm.pushInteger(L, 0);
        return 1;
      },
    },
  });
  const known = new ReadTables<MadeConfig>(vm);
  installation.define('make_queue_config', (L) => {
    const place = known.placeOf(L, 1);
    const made = place?.result ?? makeConfig(readLuaTree(vm, L, 1));
    if (place !== undefined) place.result = made;
    for (const path of made.ignored) {
      installation.warnIgnoredField(
        `kumod ignores \`${path}\` in make_queue_config: the chosen protocol has no such field.`,
        installation.callSite(L),
      );
    }
    vm.newUserdata(L, made.config, TYPE);
    return 1;
  });
}

interface MadeConfig {
  readonly config: QueueConfig;
  /** The keys that kumod drops silently. */
  readonly ignored: readonly string[];
}

function makeConfig(tree: LuaTree): MadeConfig {
  const ignored: string[] = [];
  const config = QueueConfig.fromLua(tree, (path) => ignored.push(path));
  return { config, ignored };
}

/**
 * What mlua pushes for an absent option inside an indexed config: a null pointer, which is true in a
 * condition and prints as `userdata: (nil)`.
 */
function nullPusher({ vm }: Installation): (L: LuaState) => void {
  const L = vm.main;
  vm.newMetatable(L, NULL_TYPE);
  vm.pushFunction(L, (state) => {
    vm.pushText(state, 'userdata: (nil)');
    return 1;
  });
  vm.setField(L, -2, '__tostring');
  vm.pop(L, 1);
  // One object, so that two absent options compare equal.
  vm.newUserdata(L, new NullPointer(), NULL_TYPE);
  const ref = vm.ref(L);
  return (state) => {
    vm.pushRef(state, ref);
  };
}

/** See `KumoModule.readQueueConfig`. */
export function readQueueConfig(
  { vm }: Installation,
  L: LuaState,
  index: number,
): Converted<EffectiveQueueConfig> {
  const object = vm.toObject(L, index);
  if (object instanceof QueueConfig) return { ok: true, value: object.effective() };
  if (vm.type(L, index) === LuaType.userdata) {
    return { ok: false, error: 'userdata is not expected type' };
  }
  return { ok: false, error: conversionError(luaTypeName(vm, L, index), TYPE) };
}
