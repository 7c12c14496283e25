/**
 * What the parts of one Lua context share: the engine, the kumo binding in it, the host and the
 * recording. KumoMTA crates/config/src/lib.rs 116-180.
 */
import type { EffectiveQueueConfig, KumoModule } from '../kumo/kumo-module.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { EntryWriter } from './entry-writer.ts';
import type { ObservedHost } from './observed-host.ts';
import type { QueueDecision } from './queue-decision.ts';

export interface PolicyContext {
  readonly vm: LuaVm;
  /** The main thread, where every handler is called. */
  readonly L: LuaState;
  readonly kumo: KumoModule;
  readonly host: ObservedHost;
  readonly entries: EntryWriter;
  readonly policyFile: string;
  readonly seed: number;
  /** Constructor events that queue configs have named in this context. */
  readonly constructorEvents: Set<string>;
  /** The newest decision with each config. */
  readonly decisions: WeakMap<EffectiveQueueConfig, QueueDecision>;
}
