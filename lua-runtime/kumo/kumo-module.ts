/**
 * What the kumo binding offers to the kumod side (lua-runtime/kumod/): `installKumo` in install-kumo.ts
 * puts the `kumo` module into a fresh Lua context and returns a `KumoModule`.
 *
 * How an event is called:
 *
 * ```ts
 * kumo.setCurrentEvent(name);                       // the global _KUMO_CURRENT_EVENT
 * for (const handler of kumo.registrations.handlers(name)) {
 *   vm.pushRef(L, handler.ref);
 *   …push the arguments…
 *   const failure = kumo.call(L, argumentCount, MULTIPLE_RESULTS);
 *   if (failure) …                                  // nothing of the call is left on the stack
 * }
 * ```
 */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { RuntimeHost } from '../kumod/runtime-contract.ts';
import type {
  JsonValue,
  PolicyFailure,
  RecordedValue,
  ResolvedProtocol,
  SourceLocation,
} from '../recording/entries.ts';
import type { PolicyMessage } from './policy-message.ts';

/** Which message and session the script works for now; stamped on every entry the binding emits. */
export interface EntryStamp {
  readonly message?: number;
  readonly session?: number;
}

export interface KumoInstallation {
  readonly vm: LuaVm;
  readonly host: RuntimeHost;
  /** Asked for each entry, so that it may change between deliveries. */
  readonly stamp: () => EntryStamp;
  /** What `kumo.version` says; default: the release whose semantics are implemented. */
  readonly version?: string;
  /** See `PolicyOptions.uncaught`. */
  readonly uncaught?: ((L: LuaState) => void) | undefined;
}

/** One `kumo.on` call. */
export interface Registration {
  readonly event: string;
  /** `multi` and `single` are declared by kumod; `other` is any name kumod does not know. */
  readonly kind: 'multi' | 'single' | 'other';
  /** Registry reference of the handler: push it with `vm.pushRef`. */
  readonly ref: number;
  /** Where the handler function was defined. */
  readonly location?: SourceLocation;
  /** Where `kumo.on` was called. */
  readonly registeredAt?: SourceLocation;
}

export interface Registrations {
  /** Every registration in the order of the `kumo.on` calls. */
  all(): readonly Registration[];
  /** The handlers of one event in registration order; at most one unless the event is a multi event. */
  handlers(event: string): readonly Registration[];
  /**
   * Registrations of names that kumod never fires: neither one of its events nor in
   * `constructorEvents` (the constructors that queue configs have named so far).
   */
  unknown(constructorEvents: ReadonlySet<string>): readonly Registration[];
}

/** How kumod sees a `kumo.reject` or `kumo.disconnect` (KumoMTA crates/kumod/src/smtp_server.rs 789-866). */
export interface RejectDetail {
  readonly code: number;
  readonly text: string;
  readonly disconnect: RejectDisconnect;
}
export type RejectDisconnect = 'If421' | 'FollowWith421' | 'ForceDisconnect';

/** A Lua error in kumod's words. `text` is what follows `…method failed: ` in a record. */
export interface PolicyError extends PolicyFailure {
  /** Present when the root cause is a reject that was not flattened to a string on its way. */
  readonly reject?: RejectDetail;
}

/** An effective queue config, read from what `kumo.make_queue_config` returned. */
export interface EffectiveQueueConfig {
  /** Every field with defaults as KumoMTA serialises it (durations as humantime text). */
  readonly config: { readonly [field: string]: JsonValue };
  /** The names the script gave, in KumoMTA's declaration order. */
  readonly fieldsSet: readonly string[];
  readonly protocol: ResolvedProtocol;
  /** For the retry arithmetic: whole and fractional seconds. */
  readonly retryIntervalSeconds: number;
  readonly maxRetryIntervalSeconds?: number;
  readonly maxAgeSeconds: number;
}

/** A Lua value converted to a Rust type as mlua does; `error` is its conversion error's text. */
export type Converted<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

export interface KumoModule {
  readonly registrations: Registrations;

  /** Sets the global `_KUMO_CURRENT_EVENT`; kumod never clears it (facts: config/src/lib.rs 188-196). */
  setCurrentEvent(event: string): void;

  /**
   * Calls the function below `args` arguments, protected. On success leaves `results` values
   * (MULTIPLE_RESULTS: all) and returns undefined; on failure leaves nothing and describes the error.
   */
  call(L: LuaState, args: number, results: number): PolicyError | undefined;
  /**
   * Describes the error value at `index`, which `vm.load` or a bare `vm.pcall` left there (no
   * traceback is known then for plain Lua errors). `kind` is the prefix kumod would show.
   */
  describeError(L: LuaState, index: number, kind?: 'runtime' | 'syntax' | 'memory'): PolicyError;

  /** Pushes the userdata of a message; the same `PolicyMessage` may be pushed any number of times. */
  pushMessage(L: LuaState, message: PolicyMessage): void;

  /** True for what `kumo.make_queue_config` returns. */
  isQueueConfig(L: LuaState, index: number): boolean;
  /**
   * The return value of a get_queue_config handler. `ok: false` carries kumod's conversion error,
   * e.g. `error converting Lua nil to QueueConfig` or `userdata is not expected type`.
   */
  readQueueConfig(L: LuaState, index: number): Converted<EffectiveQueueConfig>;
  /** The effective config when every handler fell through. */
  defaultQueueConfig(): EffectiveQueueConfig;

  /** mlua's `String` conversion: numbers become text, anything else is the conversion error. */
  readString(L: LuaState, index: number): Converted<string>;
  /** `error converting Lua X to TARGET (detail)` for the value at `index`, mlua's naming of X. */
  conversionError(L: LuaState, index: number, target: string, detail?: string): string;

  /** Pushes JSON as Lua: null becomes nil, integral numbers become integers. */
  pushJson(L: LuaState, value: JsonValue): void;
  /** A bounded copy for the recording. */
  recordValue(L: LuaState, index: number): RecordedValue;
  /** Where the innermost policy function on the stack of `L` is executing. */
  callSite(L: LuaState): SourceLocation | undefined;
}
