/**
 * The value that a constructor returned, and its methods. kumod stores whatever came back; only a
 * table works when a message is sent. KumoMTA crates/kumod/src/lua_deliver.rs 92-125, 192-236.
 */
import type { RejectDetail } from '../kumo/kumo-module.ts';
import type { PolicyMessage } from '../kumo/policy-message.ts';
import { definitionLocation } from '../kumo/source-location.ts';
import type { PolicyFailure, RecordedValue, SourceLocation } from '../recording/entries.ts';
import { LuaType } from '../vm/lua-vm.ts';
import { SEND_FAILURE } from './disposition.ts';
import { failureWithoutTraceback, plainFailure } from './entry-writer.ts';
import { tracedCall } from './event-dispatch.ts';
import type { PolicyContext } from './policy-context.ts';

export type SendEnd =
  | { readonly ok: true; readonly text: string; readonly at: number }
  | {
      readonly ok: false;
      /** Its text carries kumod's context, e.g. `sender:send method failed: …`. */
      readonly failure: PolicyFailure;
      readonly reject?: RejectDetail;
      readonly at?: number;
    };

type Method =
  | { readonly kind: 'function'; readonly location: SourceLocation | undefined }
  | { readonly kind: 'other' }
  | { readonly kind: 'failed'; readonly failure: PolicyFailure; readonly reject?: RejectDetail };

/** A policy that makes a new method for every message must not fill the registry. */
const REMEMBERED_METHODS = 8;

export class ConnectionObject {
  readonly #context: PolicyContext;
  readonly #ref: number;
  /** Where a method was defined, by its identity in Lua: asking the engine costs more than a send. */
  readonly #locations = new Map<number, SourceLocation>();
  #getter: number | undefined;

  /** Takes the value on top of the stack. */
  constructor(context: PolicyContext) {
    this.#context = context;
    this.#ref = context.vm.ref(context.L);
  }

  /** Calls `send(self, message)`, or `send_batch(self, {message})` unless batch_size is 1. */
  send(message: PolicyMessage, batchSize: number): SendEnd {
    const { vm, L, kumo } = this.#context;
    const method = batchSize === 1 ? 'send' : 'send_batch';
    const base = vm.getTop(L);
    vm.pushRef(L, this.#ref);
    if (vm.type(L, -1) !== LuaType.table) {
      vm.setTop(L, base);
      return {
        ok: false,
        failure: failureWithoutTraceback(SEND_FAILURE.invalidConnection),
      };
    }
    const found = this.#pushMethod(method);
    if (found.kind !== 'function') {
      const failure =
        found.kind === 'failed'
          ? found.failure
          : failureWithoutTraceback(kumo.conversionError(L, -1, 'function'));
      vm.setTop(L, base);
      const reject = found.kind === 'failed' ? found.reject : undefined;
      return {
        ok: false,
        failure: { ...failure, text: SEND_FAILURE.methodNotFound(method, failure.text) },
        ...(reject === undefined ? undefined : { reject }),
      };
    }
    vm.insert(L, -2);
    const recorded = recordMessage(message);
    if (batchSize === 1) {
      kumo.pushMessage(L, message);
    } else {
      vm.newTable(L, 1, 0);
      kumo.pushMessage(L, message);
      vm.rawSetIndex(L, -2, 1);
    }
    const argument: RecordedValue = batchSize === 1 ? recorded : { table: [[1, recorded]] };
    const end = tracedCall(this.#context, method, found.location, [argument], 2);
    if (end.failure !== undefined) {
      const { reject } = end.failure;
      return {
        ok: false,
        failure: {
          ...plainFailure(end.failure),
          text: SEND_FAILURE.methodFailed(method, end.failure.text),
        },
        at: end.at,
        ...(reject === undefined ? undefined : { reject }),
      };
    }
    if (end.count === 0) vm.pushNil(L);
    const text = kumo.readString(L, base + 1);
    vm.setTop(L, base);
    if (text.ok) return { ok: true, text: text.value, at: end.at };
    return {
      ok: false,
      failure: failureWithoutTraceback(
        SEND_FAILURE.methodFailed(method, text.error),
        found.location,
      ),
      at: end.at,
    };
  }

  /** Calls `close(self)` if there is one. @returns the error that kumod logs and ignores. */
  close(): PolicyFailure | undefined {
    const { vm, L } = this.#context;
    const base = vm.getTop(L);
    vm.pushRef(L, this.#ref);
    let failure: PolicyFailure | undefined;
    if (vm.type(L, -1) !== LuaType.table) {
      failure = failureWithoutTraceback(SEND_FAILURE.invalidConnection);
    } else {
      const found = this.#pushMethod('close');
      if (found.kind === 'failed') failure = found.failure;
      if (found.kind === 'function') {
        vm.insert(L, -2);
        failure = tracedCall(this.#context, 'close', found.location, [], 1).failure;
      }
    }
    vm.setTop(L, base);
    vm.unref(L, this.#ref);
    return failure;
  }

  /** With the object on top of the stack: pushes what `object[name]` gives, metamethods included. */
  #pushMethod(name: string): Method {
    const { vm, L, kumo } = this.#context;
    vm.pushText(L, name);
    // Without a metatable in play nothing can be raised, so the protected way is not needed.
    if (vm.rawGet(L, -2) === LuaType.function) {
      return { kind: 'function', location: this.#locationOfTop() };
    }
    vm.pop(L, 1);
    vm.pushRef(L, this.#indexFunction());
    vm.pushValue(L, -2);
    vm.pushText(L, name);
    const failure = kumo.call(L, 2, 1);
    if (failure !== undefined) {
      const { reject } = failure;
      return {
        kind: 'failed',
        failure: plainFailure(failure),
        ...(reject === undefined ? undefined : { reject }),
      };
    }
    if (vm.type(L, -1) !== LuaType.function) return { kind: 'other' };
    return { kind: 'function', location: this.#locationOfTop() };
  }

  #indexFunction(): number {
    if (this.#getter === undefined) {
      const { vm, L } = this.#context;
      vm.pushFunction(L, (caller) => {
        vm.setTop(caller, 2);
        vm.getTable(caller, 1);
        return 1;
      });
      this.#getter = vm.ref(L);
    }
    return this.#getter;
  }

  #locationOfTop(): SourceLocation | undefined {
    const { vm, L } = this.#context;
    const identity = vm.toPointer(L, -1);
    const known = this.#locations.get(identity);
    if (known !== undefined) return known;
    vm.pushValue(L, -1);
    const location = definitionLocation(vm.functionInfo(L));
    if (location !== undefined && this.#locations.size < REMEMBERED_METHODS) {
      // Held in the registry, so that Lua cannot give the identity to another function.
      vm.pushValue(L, -1);
      vm.ref(L);
      this.#locations.set(identity, location);
    }
    return location;
  }
}

function recordMessage(message: PolicyMessage): RecordedValue {
  return {
    userdata: 'Message',
    fields: { id: message.id, size: message.data.length, num_attempts: message.numAttempts },
  };
}
