/** Writing to standard output and error (Lua 5.4 liolib.c g_write). */
import { raiseArgumentError } from '../vm/lua-arguments.ts';
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { InputFile } from './io-file.ts';
import { ERRNO, pushFailure } from './io-handles.ts';
import type { File } from './io-handles.ts';
import type { LibraryContext } from './standard-library.ts';

/**
 * Writes the arguments behind the file, which is the first and the one result.
 * @param shift how many arguments were put before those of the caller, for the error text
 * @returns how many results there are
 */
export function writeArguments(
  context: LibraryContext,
  L: LuaState,
  file: File,
  name: string,
  shift: number,
): number {
  const { vm } = context;
  if (file instanceof InputFile) return pushFailure(vm, L, 'Bad file descriptor', ERRNO.EBADF);
  let text = '';
  for (let i = 2, last = vm.getTop(L); i <= last; i++) {
    const type = vm.type(L, i);
    if (type !== LuaType.string && type !== LuaType.number) {
      const problem = `string expected, got ${vm.typeName(type)}`;
      return raiseArgumentError(vm, L, i - shift, name, problem);
    }
    text += outputText(vm, L, i);
  }
  if (text !== '') context.host.write(file.stream, text);
  vm.setTop(L, 1);
  return 1;
}

/** Floats are written by C's `%.14g`, so that 1.0 is written `1`, unlike tostring. */
function outputText(vm: LuaVm, L: LuaState, index: number): string {
  // Before toText, which turns the number on the stack into a string.
  const isFloat = vm.type(L, index) === LuaType.number && !vm.isInteger(L, index);
  const text = vm.toText(L, index) as string;
  return isFloat ? text.replace(/\.0$/, '') : text;
}
