/**
 * The `io` library: files of the workspace can be read, output goes to the host, standard input is
 * empty, and what would write or start a program is refused.
 */
import {
  checkInteger,
  checkText,
  isNoneOrNil,
  optionalText,
  raise,
  raiseArgumentError,
} from '../vm/lua-arguments.ts';
import { LuaType } from '../vm/lua-vm.ts';
import type { HostFunction, LuaState, LuaVm } from '../vm/lua-vm.ts';
import { InputFile } from './io-file.ts';
import type { ReadFormat } from './io-file.ts';
import type { LibraryContext } from './standard-library.ts';
import { pushLibraryTable, setFunctions } from './library-table.ts';

/** The type name of Lua's own file handles (lauxlib.h LUA_FILEHANDLE). */
const FILE_TYPE = 'FILE*';
const LINES_TYPE = 'io.lines iteration';
const WRITING = 'a policy under test can read files of the workspace but not write any.';
const PROCESSES = 'a policy under test cannot start programs.';
/** errno values, the third result of a failed call. */
const ENOENT = 2;
const EBADF = 9;
const EACCES = 13;
const EINVAL = 22;

/** Standard output or error. */
class OutputStream {
  readonly stream: 'stdout' | 'stderr';
  constructor(stream: 'stdout' | 'stderr') {
    this.stream = stream;
  }
}

type File = InputFile | OutputStream;

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

export function installIoLibrary(context: LibraryContext): void {
  const { vm } = context;
  const L = vm.main;
  const io = new IoLibrary(context);

  vm.newMetatable(L, LINES_TYPE);
  vm.pop(L, 1);
  vm.newMetatable(L, FILE_TYPE);
  setFunctions(vm, { __tostring: io.describe });
  if (vm.version === 'Lua 5.4') setFunctions(vm, { __close: io.close });
  vm.newTable(L);
  setFunctions(vm, {
    close: io.close,
    flush: io.flush,
    lines: io.linesOfFile,
    read: io.readFile,
    seek: io.seek,
    setvbuf: io.setBuffering,
    write: io.writeFile,
  });
  vm.setField(L, -2, '__index');
  vm.pop(L, 1);

  pushLibraryTable(vm, 'io');
  for (const [name, file] of [
    ['stdin', io.input],
    ['stdout', io.output],
    ['stderr', new OutputStream('stderr')],
  ] as const) {
    vm.newUserdata(L, file, FILE_TYPE);
    if (name === 'stdin') io.inputRef = refCopy(vm, L);
    if (name === 'stdout') io.outputRef = refCopy(vm, L);
    vm.setField(L, -2, name);
  }
  setFunctions(vm, {
    close: io.closeDefault,
    flush: io.flush,
    input: io.setInput,
    lines: io.lines,
    open: io.open,
    output: io.setOutput,
    popen: (thread) => context.refuse(thread, 'io.popen', PROCESSES),
    read: io.read,
    tmpfile: (thread) => context.refuse(thread, 'io.tmpfile', WRITING),
    type: io.type,
    write: io.write,
  });
  vm.pop(L, 1);
}

function refCopy(vm: LuaVm, L: LuaState): number {
  vm.pushValue(L, -1);
  return vm.ref(L);
}

class IoLibrary {
  private readonly context: LibraryContext;
  private readonly vm: LuaVm;
  input: File = new InputFile(new Uint8Array(0));
  output: File = new OutputStream('stdout');
  inputRef = 0;
  outputRef = 0;

  constructor(context: LibraryContext) {
    this.context = context;
    this.vm = context.vm;
  }

  readonly open: HostFunction = (L) => {
    const { vm } = this;
    const path = checkText(vm, L, 1, 'io.open');
    const mode = optionalText(vm, L, 2, 'io.open') ?? 'r';
    if (!/^[rwa]\+?b?$/.test(mode)) {
      return raiseArgumentError(vm, L, 2, 'io.open', 'invalid mode');
    }
    if (mode !== 'r' && mode !== 'rb') {
      return this.context.refuse(L, `io.open('${path}', '${mode}')`, WRITING);
    }
    const opened = this.openInput(path);
    if (opened instanceof InputFile) {
      vm.newUserdata(L, opened, FILE_TYPE);
      return 1;
    }
    return this.fail(L, `${path}: ${opened.problem}`, opened.code);
  };

  readonly lines: HostFunction = (L) => {
    const { vm } = this;
    if (isNoneOrNil(vm, L, 1)) {
      const formats = this.formats(L, 2, 'io.lines');
      return this.pushLineIterator(L, this.openFile(this.input, L), formats, false);
    }
    const path = checkText(vm, L, 1, 'io.lines');
    const opened = this.openInput(path);
    if (!(opened instanceof InputFile))
      return raise(vm, L, `cannot open file '${path}' (${opened.problem})`);
    const formats = this.formats(L, 2, 'io.lines');
    return this.pushLineIterator(L, opened, formats, true);
  };

  readonly linesOfFile: HostFunction = (L) => {
    const file = this.argument(L, 'lines');
    return this.pushLineIterator(L, file, this.formats(L, 2, 'lines'), false);
  };

  readonly read: HostFunction = (L) =>
    this.readFrom(L, this.openFile(this.input, L), this.formats(L, 1, 'io.read'));

  readonly readFile: HostFunction = (L) => {
    const file = this.argument(L, 'read');
    return this.readFrom(L, file, this.formats(L, 2, 'read'));
  };

  readonly write: HostFunction = (L) => {
    this.vm.pushRef(L, this.outputRef);
    this.vm.insert(L, 1);
    return this.writeTo(L, this.openFile(this.output, L), 'io.write', 1);
  };

  readonly writeFile: HostFunction = (L) => this.writeTo(L, this.argument(L, 'write'), 'write', 0);

  readonly seek: HostFunction = (L) => {
    const { vm } = this;
    const file = this.argument(L, 'seek');
    const whence = optionalText(vm, L, 2, 'seek') ?? 'cur';
    if (whence !== 'set' && whence !== 'cur' && whence !== 'end') {
      return raiseArgumentError(vm, L, 2, 'seek', `invalid option '${whence}'`);
    }
    const offset = isNoneOrNil(vm, L, 3) ? 0 : checkInteger(vm, L, 3, 'seek');
    if (file instanceof OutputStream) return this.fail(L, 'Illegal seek', 29);
    const position = file.seek(whence, offset);
    if (position === undefined) return this.fail(L, 'Invalid argument', EINVAL);
    vm.pushInteger(L, position);
    return 1;
  };

  readonly close: HostFunction = (L) => {
    const file = this.argument(L, 'close');
    if (file instanceof OutputStream || file === this.standardInput) {
      this.vm.pushNil(L);
      this.vm.pushText(L, 'cannot close standard file');
      return 2;
    }
    file.isClosed = true;
    this.vm.pushBoolean(L, true);
    return 1;
  };

  readonly closeDefault: HostFunction = (L) => {
    if (this.vm.getTop(L) === 0) this.vm.pushRef(L, this.outputRef);
    return this.close(L);
  };

  /** Nothing is buffered. Returns the file as Lua does. */
  readonly flush: HostFunction = (L) => {
    if (this.vm.getTop(L) === 0) this.vm.pushRef(L, this.outputRef);
    this.argument(L, 'flush');
    this.vm.setTop(L, 1);
    return 1;
  };

  readonly setBuffering: HostFunction = (L) => {
    this.argument(L, 'setvbuf');
    this.vm.pushBoolean(L, true);
    return 1;
  };

  readonly setInput: HostFunction = (L) => {
    const { vm } = this;
    if (!isNoneOrNil(vm, L, 1)) {
      if (vm.type(L, 1) === LuaType.string) {
        const path = checkText(vm, L, 1, 'io.input');
        const opened = this.openInput(path);
        if (!(opened instanceof InputFile)) {
          return raise(vm, L, `cannot open file '${path}' (${opened.problem})`);
        }
        vm.newUserdata(L, opened, FILE_TYPE);
        this.input = opened;
      } else {
        this.input = this.argument(L, 'io.input');
        vm.setTop(L, 1);
      }
      vm.unref(L, this.inputRef);
      this.inputRef = vm.ref(L);
    }
    vm.pushRef(L, this.inputRef);
    return 1;
  };

  readonly setOutput: HostFunction = (L) => {
    const { vm } = this;
    if (!isNoneOrNil(vm, L, 1)) {
      if (vm.type(L, 1) === LuaType.string) return this.context.refuse(L, 'io.output', WRITING);
      this.output = this.argument(L, 'io.output');
      vm.setTop(L, 1);
      vm.unref(L, this.outputRef);
      this.outputRef = vm.ref(L);
    }
    vm.pushRef(L, this.outputRef);
    return 1;
  };

  readonly type: HostFunction = (L) => {
    const file = this.vm.toObject(L, 1);
    if (file instanceof InputFile) this.vm.pushText(L, file.isClosed ? 'closed file' : 'file');
    else if (file instanceof OutputStream) this.vm.pushText(L, 'file');
    else this.vm.pushNil(L);
    return 1;
  };

  readonly describe: HostFunction = (L) => {
    const file = this.vm.toObject(L, 1);
    const isClosed = file instanceof InputFile && file.isClosed;
    const address = this.vm.toPointer(L, 1).toString(16).padStart(8, '0');
    this.vm.pushText(L, isClosed ? 'file (closed)' : `file (0x${address})`);
    return 1;
  };

  private readonly standardInput = this.input;

  private openInput(path: string): InputFile | { problem: string; code: number } {
    const file = this.context.host.files.find(path);
    if (typeof file === 'object') return new InputFile(file.bytes);
    if (file === 'missing') return { problem: 'No such file or directory', code: ENOENT };
    return {
      problem: 'Permission denied (the workbench reads only files of the workspace)',
      code: EACCES,
    };
  }

  private fail(L: LuaState, text: string, code: number): number {
    this.vm.pushNil(L);
    this.vm.pushText(L, text);
    this.vm.pushInteger(L, code);
    return 3;
  }

  /** The open file that is the first argument. */
  private argument(L: LuaState, name: string): File {
    const file = this.vm.toObject(L, 1);
    if (!(file instanceof InputFile) && !(file instanceof OutputStream)) {
      const got = this.vm.typeName(this.vm.type(L, 1));
      return raiseArgumentError(this.vm, L, 1, name, `FILE* expected, got ${got}`);
    }
    return this.openFile(file, L);
  }

  private openFile(file: File, L: LuaState): File {
    if (file instanceof InputFile && file.isClosed) {
      return raise(this.vm, L, 'attempt to use a closed file');
    }
    return file;
  }

  /** The read formats from argument `first` on; a line when there are none. */
  private formats(L: LuaState, first: number, name: string): ReadFormat[] {
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

  private readFrom(L: LuaState, file: File, formats: readonly ReadFormat[]): number {
    if (file instanceof OutputStream) return this.fail(L, 'Bad file descriptor', EBADF);
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

  private pushLineIterator(
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
    const results = this.readFrom(L, file, formats);
    const ended = vm.type(L, 1) === LuaType.nil;
    if (ended && closeAtEnd && file instanceof InputFile) file.isClosed = true;
    return results;
  };

  /** `shift`: how many arguments were put before those of the caller, for the error text. */
  private writeTo(L: LuaState, file: File, name: string, shift: number): number {
    const { vm } = this;
    if (file instanceof InputFile) return this.fail(L, 'Bad file descriptor', EBADF);
    let text = '';
    for (let i = 2, last = vm.getTop(L); i <= last; i++) {
      const type = vm.type(L, i);
      if (type !== LuaType.string && type !== LuaType.number) {
        const problem = `string expected, got ${vm.typeName(type)}`;
        return raiseArgumentError(vm, L, i - shift, name, problem);
      }
      text += this.outputText(L, i);
    }
    if (text !== '') this.context.host.write(file.stream, text);
    vm.setTop(L, 1);
    return 1;
  }

  /** Floats are written by C's `%.14g`, so that 1.0 is written `1`, unlike tostring. */
  private outputText(L: LuaState, index: number): string {
    const { vm } = this;
    // Before toText, which turns the number on the stack into a string.
    const isFloat = vm.type(L, index) === LuaType.number && !vm.isInteger(L, index);
    const text = vm.toText(L, index) as string;
    return isFloat ? text.replace(/\.0$/, '') : text;
  }
}

const FORMATS: { readonly [letter: string]: ReadFormat } = {
  n: { kind: 'number' },
  l: { kind: 'line', keepEnd: false },
  L: { kind: 'line', keepEnd: true },
  a: { kind: 'all' },
};
