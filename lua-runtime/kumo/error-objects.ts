/**
 * Lua errors as kumod sees them: what a kumo function throws becomes an error object in Lua, and what
 * leaves a handler is described in kumod's words.
 *
 * mlua src/util/error.rs 36-90, src/error.rs 222-310; KumoMTA crates/kumod/src/smtp_server.rs 842-866.
 */
import type { DescribedObject, ObjectDescription } from '../vm/described-object.ts';
import { LuaStatus, type HostFunction, type LuaState, type LuaVm } from '../vm/lua-vm.ts';
import { describeException } from '../vm/lua-vm.ts';
import { KumoError } from './kumo-error.ts';
import type { PolicyError, RejectDetail } from './kumo-module.ts';
import { moduleNotFoundSummary } from './module-not-found.ts';
import { parseTraceback, splitPosition } from './source-location.ts';

const ERROR_TYPE = 'kumo.error';

/** The host side of an error object: survives pcall and rethrow, and is lost by tostring. */
class ErrorObject implements DescribedObject {
  readonly message: string;
  /** `stack traceback:` and its lines, from where it was raised. */
  readonly traceback: string;
  readonly reject: RejectDetail | undefined;
  /** Shortened chunk names in `traceback` and the files they stand for. */
  readonly sources: ReadonlyMap<string, string>;
  /** True for a Lua error that got its traceback on the way out. */
  readonly plain: boolean;

  constructor(parts: {
    message: string;
    traceback: string;
    sources: ReadonlyMap<string, string>;
    reject?: RejectDetail | undefined;
    plain?: boolean;
  }) {
    this.message = parts.message;
    this.traceback = parts.traceback;
    this.sources = parts.sources;
    this.reject = parts.reject;
    this.plain = parts.plain ?? false;
  }

  describe(): ObjectDescription {
    const { message, reject, traceback } = this;
    return {
      text: message,
      fields: [
        ['message', message],
        ...(reject === undefined
          ? []
          : ([
              ['code', reject.code],
              ['text', reject.text],
              ['disconnect', reject.disconnect],
            ] as const)),
        ['traceback', traceback],
      ],
    };
  }
}

/** Whether the error value at `index` is what kumo.reject or kumo.disconnect raised: an answer, no mistake. */
export function isRejection(vm: LuaVm, L: LuaState, index: number): boolean {
  const object = vm.toObject(L, index);
  return object instanceof ErrorObject && object.reject !== undefined;
}

export type FailureKind = 'runtime' | 'syntax' | 'memory';

export class ErrorObjects {
  private readonly vm: LuaVm;
  private readonly handlerRef: number;
  private readonly uncaught: ((L: LuaState) => void) | undefined;

  /**
   * Registers the error type and takes over the vm's host error pusher.
   * @param uncaught told of each error that leaves a `call`, on the stack that raised it.
   */
  constructor(vm: LuaVm, uncaught?: (L: LuaState) => void) {
    this.vm = vm;
    this.uncaught = uncaught;
    const L = vm.main;
    vm.newMetatable(L, ERROR_TYPE);
    vm.pushFunction(L, (state) => {
      const object = vm.toObject(state, 1);
      vm.pushText(state, object instanceof ErrorObject ? fullText(object) : 'error');
      return 1;
    });
    vm.setField(L, -2, '__tostring');
    // mlua's error type has no name: Lua calls it "a userdata value".
    vm.pushNil(L);
    vm.setField(L, -2, '__name');
    vm.pop(L, 1);

    vm.setHostErrorPusher((state, exception) => {
      this.pushException(state, exception);
    });
    vm.pushFunction(L, this.messageHandler);
    this.handlerRef = vm.ref(L);
  }

  /** Calls the function below `args` arguments. See `KumoModule.call`. */
  call(L: LuaState, args: number, results: number): PolicyError | undefined {
    const { vm } = this;
    const base = vm.getTop(L) - args;
    vm.pushRef(L, this.handlerRef);
    vm.insert(L, base);
    const status = vm.pcall(L, args, results, base);
    if (status === LuaStatus.ok) {
      vm.remove(L, base);
      return undefined;
    }
    const failure = this.describe(L, -1, status === LuaStatus.memoryError ? 'memory' : 'runtime');
    vm.setTop(L, base - 1);
    return failure;
  }

  /** See `KumoModule.describeError`. */
  describe(L: LuaState, index: number, kind: FailureKind = 'runtime'): PolicyError {
    const object = this.vm.toObject(L, index);
    if (object instanceof ErrorObject) return describeObject(object);
    const message = this.vm.toDisplayText(L, index);
    const { location, rest } = splitPosition(message);
    return {
      text: `${kind} error: ${message}`,
      summary: summaryOf(rest),
      traceback: [],
      ...(location === undefined ? undefined : { location }),
    };
  }

  /** Gives a plain Lua error its traceback before the stack unwinds. */
  private readonly messageHandler: HostFunction = (L) => {
    const { vm } = this;
    this.uncaught?.(L);
    if (vm.toObject(L, 1) instanceof ErrorObject) {
      vm.setTop(L, 1);
      return 1;
    }
    const message = vm.toDisplayText(L, 1);
    this.push(L, { message, plain: true }, 1);
    return 1;
  };

  private pushException(L: LuaState, exception: unknown): void {
    if (exception instanceof KumoError) {
      this.push(L, { message: exception.message, reject: exception.reject }, 0);
    } else {
      this.push(L, { message: `host: ${describeException(exception)}` }, 0);
    }
  }

  private push(
    L: LuaState,
    parts: { message: string; reject?: RejectDetail | undefined; plain?: boolean },
    level: number,
  ): void {
    const traceback = this.vm.traceback(L, undefined, level);
    const sources = shortenedSources(this.vm, L, traceback, level);
    this.vm.newUserdata(L, new ErrorObject({ ...parts, traceback, sources }), ERROR_TYPE);
  }
}

/** A line of a traceback with a shortened chunk name; skipped levels are `...` as well. */
const SHORTENED_NAME = /\n\t\.\.\.[^\t\n]/;
/** Walking a stack costs the square of its depth, and an overflow has 200,000 levels. */
const LOOKED_UP_LEVELS = 40;

/** Lua cuts chunk names of 60 and more bytes from the left; their files are looked up while it can be done. */
function shortenedSources(
  vm: LuaVm,
  L: LuaState,
  traceback: string,
  firstLevel: number,
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  if (!SHORTENED_NAME.test(traceback)) return sources;
  for (let level = firstLevel; level < firstLevel + LOOKED_UP_LEVELS; level++) {
    const activation = vm.getStack(L, level);
    if (activation === undefined) break;
    const { source, shortSource } = vm.getInfo(L, activation);
    if (source.startsWith('@')) sources.set(shortSource, source.slice(1));
  }
  return sources;
}

function fullText(object: ErrorObject): string {
  const text = `${object.message}\n${object.traceback}`;
  return object.plain ? text : `${text}\n`;
}

function describeObject(object: ErrorObject): PolicyError {
  const traceback = parseTraceback(object.traceback, object.sources);
  const { location: positioned, rest } = object.plain
    ? splitPosition(object.message)
    : { rest: object.message };
  // A position in the message counts when that file is really on the stack, however short its name is.
  const fromMessage =
    positioned === undefined
      ? undefined
      : { ...positioned, file: object.sources.get(positioned.file) ?? positioned.file };
  const location = fromMessage ?? traceback.find((frame) => frame.location)?.location;
  const prefix = object.plain ? 'runtime error: ' : '';
  return {
    text: `${prefix}${object.message}\n${object.traceback}`,
    summary: summaryOf(rest),
    traceback,
    ...(location === undefined ? undefined : { location }),
    ...(object.reject === undefined ? undefined : { reject: object.reject }),
  };
}

function summaryOf(text: string): string {
  const firstLine = text.split('\n', 1)[0] ?? text;
  return moduleNotFoundSummary(firstLine) ?? firstLine;
}
