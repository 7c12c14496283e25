/**
 * Evaluating without effects: whoever looks at a value, or asks a condition at each pass, must not
 * change the script. Lua has no such mode, so each instruction of a Lua function and each call of a
 * host function is looked at before it happens; what would change something that was there before is
 * an error instead.
 */
import { LuaType } from '../vm/lua-vm.ts';
import type { HookEvent, LuaActivation, LuaState, LuaVm } from '../vm/lua-vm.ts';
import { notesOfFunction } from '../vm/host-function-notes.ts';
import { nativeFunctionOf } from '../vm/native-function.ts';
import type { LibrarySnapshot } from './library-snapshot.ts';

/** Functions of the library that change nothing; those of whole libraries below. */
const READERS: ReadonlySet<string> = new Set([
  ...['assert', 'error', 'getmetatable', 'ipairs', 'next', 'pairs', 'pcall', 'rawequal', 'rawget'],
  ...['rawlen', 'select', 'tonumber', 'tostring', 'type', 'xpcall'],
  ...['table.concat', 'table.pack', 'table.unpack'],
  ...['coroutine.isyieldable', 'coroutine.running', 'coroutine.status'],
]);
const READING_LIBRARIES = ['string.', 'math.', 'utf8.'];
const JSON_READERS = /^kumo\.(?:serde\.)?json_(?:encode|encode_pretty|parse)$/;
/** They draw from the run's random numbers. */
const RANDOM: ReadonlySet<string> = new Set(['math.random', 'math.randomseed']);
/** These change their first argument only. */
const TABLE_WRITERS: ReadonlySet<string> = new Set([
  ...['rawset', 'setmetatable', 'table.insert', 'table.remove', 'table.sort'],
]);

export class EffectGuard {
  private readonly vm: LuaVm;
  private readonly library: () => LibrarySnapshot | undefined;
  /** Tables that the evaluation made. */
  private readonly own = new Set<number>();
  private pending: { readonly depth: number; readonly register: number } | undefined;
  /** Why the evaluation had to end; whatever caught the error. */
  refusal: string | undefined;

  constructor(vm: LuaVm, library: () => LibrarySnapshot | undefined) {
    this.vm = vm;
    this.library = library;
  }

  /** To be called for each instruction and each call of the thread that evaluates. */
  check(L: LuaState, event: HookEvent, activation: LuaActivation): void {
    if (event === 'count') this.checkInstruction(L, activation);
    else if (event === 'call' || event === 'tail call') this.checkCall(L, activation);
  }

  private checkInstruction(L: LuaState, activation: LuaActivation): void {
    const { vm, pending } = this;
    if (pending !== undefined && vm.stackDepth(L) === pending.depth) {
      this.own.add(vm.registerPointer(L, activation, pending.register));
      this.pending = undefined;
    }
    const write = vm.pendingWrite(L, activation);
    if (write === undefined) return;
    if (write.kind === 'creates') {
      this.pending = { depth: vm.stackDepth(L), register: write.register };
    } else if (write.kind === 'upvalue') {
      this.refuse('Looking at a value must not assign to a variable');
    } else if (!this.own.has(write.pointer)) {
      this.refuse('Looking at a value must not change a table');
    }
  }

  private checkCall(L: LuaState, activation: LuaActivation): void {
    const { vm } = this;
    const fn = nativeFunctionOf(vm, L, activation);
    if (fn === undefined) return;
    const name = this.library()?.nameOf(fn);
    if (notesOfFunction(fn)?.onlyReads === true) return;
    if (name !== undefined && isReader(name)) return;
    if (name !== undefined && TABLE_WRITERS.has(name) && this.isOwn(L, activation)) return;
    this.refuse(
      `Looking at a value must not call ${name ?? 'a function that may change something'}`,
    );
  }

  private isOwn(L: LuaState, activation: LuaActivation): boolean {
    const { vm } = this;
    if (vm.getLocal(L, activation, 1) === undefined) return false;
    const isOwn = vm.type(L, -1) === LuaType.table && this.own.has(vm.toPointer(L, -1));
    vm.pop(L, 1);
    return isOwn;
  }

  private refuse(what: string): never {
    this.refusal ??= `${what}. Evaluate it in the console to do so.`;
    throw new Error(this.refusal);
  }
}

function isReader(name: string): boolean {
  if (RANDOM.has(name)) return false;
  if (JSON_READERS.test(name)) return true;
  return READERS.has(name) || READING_LIBRARIES.some((library) => name.startsWith(library));
}
