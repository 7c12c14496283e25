/** What the file handles of the `io` library stand for, and how a call on one fails. */
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { InputFile } from './io-file.ts';

/** Values of errno, the third result of a failed call. */
export const ERRNO = { ENOENT: 2, EBADF: 9, EACCES: 13, EINVAL: 22, ESPIPE: 29 } as const;

/** Standard output or error. */
export class OutputStream {
  readonly stream: 'stdout' | 'stderr';
  constructor(stream: 'stdout' | 'stderr') {
    this.stream = stream;
  }
}

export type File = InputFile | OutputStream;

/** What a failed call gives: nil, the text and the errno value; returns how many values that are. */
export function pushFailure(vm: LuaVm, L: LuaState, text: string, code: number): number {
  vm.pushNil(L);
  vm.pushText(L, text);
  vm.pushInteger(L, code);
  return 3;
}
