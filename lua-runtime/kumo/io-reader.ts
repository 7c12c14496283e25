/** Reading from files: `read` and `lines`, with their formats (Lua 5.4 liolib.c g_read, io_readline). */
import { checkInteger, checkText, raise, raiseArgumentError } from '../vm/lua-arguments.ts';
import { LuaType } from '../vm/lua-vm.ts';
import type { HostFunction, LuaState, LuaVm } from '../vm/lua-vm.ts';
import { InputFile } from './io-file.ts';
import type { ReadFormat } from './io-file.ts';
import { ERRNO, OutputStream, pushFailure } from './io-handles.ts';
import type { File } from './io-handles.ts';

const LINES_TYPE = 'io.lines iteration';
const FORMATS: { readonly [letter: string]: ReadFormat } = {
  n: { kind: 'number' },
  l: { kind: 'line', keepEnd: false },
  L: { kind: 'line', keepEnd: true },
  a: { kind: 'all' },
};

/** What the iterator of `lines` keeps between its calls. */
class LineIteration {
  readonly file: File;
  readonly formats: readonly ReadFormat[];
  readonly closeAtEnd: boolean;
  constructor(file: File, formats: readonly ReadFormat[], closeAtEnd: boolean) {
    this.file = file;
    this.formats = formats;
    this.closeAtEnd = closeAtEnd;
  }
}

export class IoReader {
  private readonly vm: LuaVm;

  constructor(vm: LuaVm) {
    this.vm = vm;
    vm.newMetatable(vm.main, LINES_TYPE);
    vm.pop(vm.main, 1);
  }

  /** The read formats from argument `first` on; a line when there are none. */
  formats(L: LuaState, first: number, name: string): ReadFormat[] {
    const { vm } = this;
    const formats: ReadFormat[] = [];
    for (let i = first, last = vm.getTop(L); i <= last; i++) {
      if (vm.type(L, i) === LuaType.number) {
        formats.push({ kind: 'bytes', count: checkInteger(vm, L, i, name) });
        continue;
      }
      const text = checkText(vm, L, i, name).replace(/^\*/, '');
      const format = FORMATS[text[0] ?? ''];
      if (format === undefined) return raiseArgumentError(vm, L, i, name, 'invalid format');
      formats.push(format);
    }
    return formats.length === 0 ? [{ kind: 'line', keepEnd: false }] : formats;
  }

  /** Pushes what the formats ask for, up to the end of the file; returns how many values that are. */
  read(L: LuaState, file: File, formats: readonly ReadFormat[]): number {
    if (file instanceof OutputStream)
      return pushFailure(this.vm, L, 'Bad file descriptor', ERRNO.EBADF);
    let results = 0;
    for (const format of formats) {
      const result = file.read(format);
      results++;
      if (result === undefined) {
        this.vm.pushNil(L);
        break;
      }
      if ('bytes' in result) this.vm.pushBytes(L, result.bytes);
      else this.pushNumeral(L, result.numeral);
    }
    return results;
  }

  private pushNumeral(L: LuaState, numeral: string): void {
    const { vm } = this;
    vm.pushText(L, numeral);
    const isInteger = /^[+-]?(\d+|0[xX][0-9a-fA-F]+)$/.test(numeral);
    const integer = isInteger ? vm.toInteger(L, -1) : undefined;
    const number = vm.toNumber(L, -1) as number;
    vm.pop(L, 1);
    if (integer === undefined) vm.pushNumber(L, number);
    else vm.pushInteger(L, integer);
  }

  /** Pushes what `lines` gives: a function that reads the formats each time it is called. */
  pushLineIterator(
    L: LuaState,
    file: File,
    formats: readonly ReadFormat[],
    closeAtEnd: boolean,
  ): number {
    this.vm.newUserdata(L, new LineIteration(file, formats, closeAtEnd), LINES_TYPE);
    this.vm.pushFunction(L, this.nextLine, 1);
    return 1;
  }

  private readonly nextLine: HostFunction = (L) => {
    const { vm } = this;
    const { file, formats, closeAtEnd } = vm.toObject(L, vm.upvalueIndex(1)) as LineIteration;
    if (file instanceof InputFile && file.isClosed) {
      return raise(vm, L, 'file is already closed');
    }
    vm.setTop(L, 0);
    const results = this.read(L, file, formats);
    const ended = vm.type(L, 1) === LuaType.nil;
    if (ended && closeAtEnd && file instanceof InputFile) file.isClosed = true;
    return results;
  };
}
