/** What is known of host functions besides what they do: for stacks, and for looking without changing. */
import type { HostFunction } from './lua-vm.ts';

export interface HostFunctionNotes {
  /** `Message:get_meta`. */
  readonly name: string;
  /** Calling it changes nothing and leaves no trace outside of Lua. */
  readonly onlyReads: boolean;
}

const notes = new WeakMap<HostFunction, HostFunctionNotes>();

/** @returns the function itself. */
export function noteHostFunction(fn: HostFunction, noted: HostFunctionNotes): HostFunction {
  notes.set(fn, noted);
  return fn;
}

/** @param fn what `LuaVm.nativeFunction` gives. */
export function notesOfFunction(fn: unknown): HostFunctionNotes | undefined {
  return typeof fn === 'function' ? notes.get(fn as HostFunction) : undefined;
}
