/** What every part of the binding needs: the vm, the world outside, and how to write entries. */
import type { HostFunction, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { HostCallName, HostCalls, RuntimeHost } from '../kumod/runtime-contract.ts';
import type { EntryBody, JsonValue, SourceLocation } from '../recording/entries.ts';
import { Arguments } from './arguments.ts';
import type { EntryStamp } from './kumo-module.ts';
import { KumoError } from './kumo-error.ts';
import { callSite } from './source-location.ts';
import { Suspension } from './suspension.ts';

type Unstamped<B> = B extends unknown ? Omit<B, 'at' | 'message' | 'session'> : never;

export class Installation {
  readonly vm: LuaVm;
  readonly host: RuntimeHost;
  private readonly stamp: () => EntryStamp;
  private readonly suspension: Suspension;
  private calls = 0;

  constructor(vm: LuaVm, host: RuntimeHost, stamp: () => EntryStamp) {
    this.vm = vm;
    this.host = host;
    this.stamp = stamp;
    this.suspension = new Suspension(vm);
  }

  emit(entry: Unstamped<EntryBody>): void {
    this.host.emit({ at: this.host.now(), ...this.stamp(), ...entry });
  }

  /** A kumod behaviour that the script should hear about although kumod is silent. */
  warnIgnoredField(text: string, location: SourceLocation | undefined): void {
    this.emit({ kind: 'warning', code: 'field-ignored', text, ...at(location) });
  }

  /**
   * Asks the host, between a `host-call` and a `host-result` entry.
   * @param shown what the recording shows of the input: never a whole payload.
   * @throws KumoError with the host's text.
   */
  call<N extends HostCallName>(
    name: N,
    input: HostCalls[N]['input'],
    shown: JsonValue,
    location: SourceLocation | undefined,
  ): HostCalls[N]['output'] {
    const call = ++this.calls;
    const started = this.host.now();
    this.host.emit({
      kind: 'host-call',
      at: started,
      ...this.stamp(),
      call,
      name,
      input: shown,
      ...at(location),
    });
    const result = this.host.call(name, input);
    const ended = this.host.now();
    this.host.emit({
      kind: 'host-result',
      at: ended,
      ...this.stamp(),
      call,
      name,
      ...(result.ok ? { output: result.output as JsonValue } : { error: result.error }),
      duration_us: Math.max(0, Math.round((ended - started) * 1000)),
      ...at(location),
    });
    if (!result.ok) throw new KumoError(result.error);
    return result.output;
  }

  /**
   * To be called where kumod's script waits: raises Lua's error where it cannot be suspended.
   * @param name of the function that waits, as the script calls it.
   */
  suspends(L: LuaState, name: string, location: SourceLocation | undefined): void {
    const obstacle = this.suspension.obstacle(L);
    if (obstacle === undefined) return;
    const code = 'cannot-wait';
    if (obstacle.kind === 'coroutine') {
      const text = `kumod does not wait for \`${name}\` inside a coroutine of the policy’s own: coroutine.resume returns at once with a marker, and nothing goes on until the coroutine is resumed again. The workbench waits.`;
      this.emit({ kind: 'warning', code, text, ...at(location) });
      return;
    }
    const within = obstacle.name === undefined ? 'a function of C' : `\`${obstacle.name}\``;
    const text = `\`${name}\` cannot wait here: it is called from inside ${within}, and Lua cannot suspend that while kumod waits. Call it from a handler itself, or from the main chunk of the policy’s first file.`;
    this.emit({ kind: 'warning', code, text, ...at(location) });
    this.vm.pushText(L, 'attempt to yield across a C-call boundary');
    this.vm.error(L);
  }

  callSite(L: LuaState): SourceLocation | undefined {
    return callSite(this.vm, L);
  }

  /** Sets a function on the table at the top of the stack. */
  define(name: string, fn: (L: LuaState, args: Arguments) => number): void {
    const { vm } = this;
    const bound: HostFunction = (L) => fn(L, new Arguments(vm, L));
    vm.pushFunction(vm.main, bound);
    vm.setField(vm.main, -2, name);
  }
}

/** For spreading into an entry. */
export function at(location: SourceLocation | undefined): { location?: SourceLocation } {
  return location === undefined ? {} : { location };
}
