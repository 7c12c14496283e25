/**
 * Puts the `kumo` module into a Lua context: `package.loaded.kumo`, no global
 * (KumoMTA crates/config/src/lib.rs 363-416). The sub-modules are plain tables on it.
 */
import type { LuaVm } from '../vm/lua-vm.ts';
import { defineAmqpClient } from './amqp-client.ts';
import { defineBasicPublish } from './amqp-basic-publish.ts';
import { conversionError, toRustString } from './arguments.ts';
import { ErrorObjects } from './error-objects.ts';
import { EventRegistry } from './event-registration.ts';
import { Installation } from './installation.ts';
import { fromPlainJson, pushJsonTree } from './json-tree.ts';
import type { KumoInstallation, KumoModule } from './kumo-module.ts';
import { defineLog } from './log.ts';
import { luaTypeName } from './lua-tree.ts';
import { MESSAGE_TYPE, defineMessage } from './message-object.ts';
import { QueueConfig } from './queue-config.ts';
import { defineQueueConfig, readQueueConfig } from './queue-config-object.ts';
import { recordValue } from './recorded-value.ts';
import { defineReject } from './reject.ts';
import { defineSerde } from './serde-functions.ts';
import { callSite } from './source-location.ts';

/** The KumoMTA release whose semantics are implemented. */
export const KUMOMTA_VERSION = '2026.06.23-f3af1cd0';

/**
 * Installs the module in a vm whose standard libraries are open. Takes over the vm's host error
 * pusher.
 */
export function installKumo(options: KumoInstallation): KumoModule {
  const { vm, host, stamp, version = KUMOMTA_VERSION } = options;
  const installation = new Installation(vm, host, stamp);
  const errors = new ErrorObjects(vm, options.uncaught);
  const registry = new EventRegistry(installation);
  const defaultConfig = new QueueConfig();
  const L = vm.main;

  vm.newTable(L);
  installation.define('on', registry.on);
  defineReject(installation);
  defineLog(installation);
  defineQueueConfig(installation);
  defineMessage(installation);
  vm.pushText(L, version);
  vm.setField(L, -2, 'version');
  defineSerde(installation);
  subModule(vm, 'serde', () => {
    defineSerde(installation);
  });
  subModule(vm, 'amqp', () => {
    defineAmqpClient(installation);
    defineBasicPublish(installation);
  });
  setLoaded(vm, 'kumo');

  return {
    registrations: registry,
    setCurrentEvent: (event) => {
      registry.setCurrentEvent(event);
    },
    call: (state, args, results) => errors.call(state, args, results),
    describeError: (state, index, kind) => errors.describe(state, index, kind),
    pushMessage: (state, message) => {
      vm.newUserdata(state, message, MESSAGE_TYPE);
    },
    isQueueConfig: (state, index) => vm.toObject(state, index) instanceof QueueConfig,
    readQueueConfig: (state, index) => readQueueConfig(installation, state, index),
    defaultQueueConfig: () => defaultConfig.effective(),
    readString: (state, index) => toRustString(vm, state, index),
    conversionError: (state, index, target, detail) =>
      conversionError(luaTypeName(vm, state, index), target, detail),
    pushJson: (state, value) => {
      pushJsonTree(vm, state, fromPlainJson(value));
    },
    recordValue: (state, index) => recordValue(vm, state, index),
    callSite: (state) => callSite(vm, state, 0),
  };
}

/** Sets a table that `fill` adds to on the table at the top of the main stack. */
function subModule(vm: LuaVm, name: string, fill: () => void): void {
  vm.newTable(vm.main);
  fill();
  vm.setField(vm.main, -2, name);
}

/** Pops the module into the table that is `package.loaded`, where tracebacks find function names too. */
function setLoaded(vm: LuaVm, name: string): void {
  const L = vm.main;
  vm.getField(L, vm.registryIndex, '_LOADED');
  vm.insert(L, -2);
  vm.setField(L, -2, name);
  vm.pop(L, 1);
}
