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
import { ERRNO, OutputStream, pushFailure } from './io-handles.ts';
import type { File } from './io-handles.ts';
import { IoReader } from './io-reader.ts';
import { writeArguments } from './io-write.ts';
import type { LibraryContext } from './standard-library.ts';
import { pushLibraryTable, setFunctions } from './library-table.ts';

/** The type name of Lua's own file handles (lauxlib.h LUA_FILEHANDLE). */
const FILE_TYPE = 'FILE*';
const WRITING = 'a policy under test can read files of the workspace but not write any.';
const PROCESSES = 'a policy under test cannot start programs.';
export function installIoLibrary(context: LibraryContext): void {
  const { vm } = context;
  const L = vm.main;
  const io = new IoLibrary(context);

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
  private readonly reader: IoReader;
  input: File = new InputFile(new Uint8Array(0));
  output: File = new OutputStream('stdout');
  inputRef = 0;
  outputRef = 0;

  constructor(context: LibraryContext) {
    this.context = context;
    this.vm = context.vm;
    this.reader = new IoReader(context.vm);
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
    return pushFailure(this.vm, L, `${path}: ${opened.problem}`, opened.code);
  };

  readonly lines: HostFunction = (L) => {
    const { vm } = this;
    if (isNoneOrNil(vm, L, 1)) {
      const formats = this.reader.formats(L, 2, 'io.lines');
      return this.reader.pushLineIterator(L, this.openFile(this.input, L), formats, false);
    }
    const path = checkText(vm, L, 1, 'io.lines');
    const opened = this.openInput(path);
    if (!(opened instanceof InputFile))
      return raise(vm, L, `cannot open file '${path}' (${opened.problem})`);
    const formats = this.reader.formats(L, 2, 'io.lines');
    return this.reader.pushLineIterator(L, opened, formats, true);
  };

  readonly linesOfFile: HostFunction = (L) => {
    const file = this.argument(L, 'lines');
    return this.reader.pushLineIterator(L, file, this.reader.formats(L, 2, 'lines'), false);
  };

  readonly read: HostFunction = (L) =>
    this.reader.read(L, this.openFile(this.input, L), this.reader.formats(L, 1, 'io.read'));

  readonly readFile: HostFunction = (L) => {
    const file = this.argument(L, 'read');
    return this.reader.read(L, file, this.reader.formats(L, 2, 'read'));
  };

  readonly write: HostFunction = (L) => {
    this.vm.pushRef(L, this.outputRef);
    this.vm.insert(L, 1);
    return writeArguments(this.context, L, this.openFile(this.output, L), 'io.write', 1);
  };

  readonly writeFile: HostFunction = (L) =>
    writeArguments(this.context, L, this.argument(L, 'write'), 'write', 0);

  readonly seek: HostFunction = (L) => {
    const { vm } = this;
    const file = this.argument(L, 'seek');
    const whence = optionalText(vm, L, 2, 'seek') ?? 'cur';
    if (whence !== 'set' && whence !== 'cur' && whence !== 'end') {
      return raiseArgumentError(vm, L, 2, 'seek', `invalid option '${whence}'`);
    }
    const offset = isNoneOrNil(vm, L, 3) ? 0 : checkInteger(vm, L, 3, 'seek');
    if (file instanceof OutputStream) return pushFailure(this.vm, L, 'Illegal seek', ERRNO.ESPIPE);
    const position = file.seek(whence, offset);
    if (position === undefined) return pushFailure(this.vm, L, 'Invalid argument', ERRNO.EINVAL);
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
    if (file === 'missing') return { problem: 'No such file or directory', code: ERRNO.ENOENT };
    return {
      problem: 'Permission denied (the workbench reads only files of the workspace)',
      code: ERRNO.EACCES,
    };
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
}
