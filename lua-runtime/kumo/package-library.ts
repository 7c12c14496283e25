/**
 * `require`, `package`, `dofile` and `loadfile` over the files of the workspace. kumod's Lua has
 * mlua's safe `package`: Lua modules only (mlua 0.11.6 src/state.rs, disable_c_modules).
 */
import { checkText, optionalText, raise } from '../vm/lua-arguments.ts';
import { LuaStatus, LuaType, MULTIPLE_RESULTS } from '../vm/lua-vm.ts';
import type { HostFunction, LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { LibraryContext } from './standard-library.ts';
import { pushLibraryTable, setFunctions } from './library-table.ts';
import type { WorkspaceFile, WorkspaceFiles } from './workspace-files.ts';

/** Directory separator, template separator, template mark, and two marks for C modules. */
const CONFIG = '/\n;\n?\n!\n-\n';

export function installPackageLibrary(context: LibraryContext): void {
  const { vm, host } = context;
  const L = vm.main;
  pushLibraryTable(vm, 'package');
  setText(vm, 'config', CONFIG);
  setText(vm, 'cpath', '');
  setText(vm, 'path', defaultPath(host.policyFolder));
  vm.getField(L, vm.registryIndex, '_LOADED');
  vm.setField(L, -2, 'loaded');
  if (vm.getField(L, vm.registryIndex, '_PRELOAD') !== LuaType.table) {
    vm.pop(L, 1);
    vm.newTable(L);
    vm.pushValue(L, -1);
    vm.setField(L, vm.registryIndex, '_PRELOAD');
  }
  vm.setField(L, -2, 'preload');

  vm.pushValue(L, -1);
  const packageTable = vm.ref(L);
  vm.newTable(L);
  vm.pushFunction(L, createPreloadSearcher(vm));
  vm.rawSetIndex(L, -2, 1);
  vm.pushFunction(L, createFileSearcher(vm, host.files, packageTable));
  vm.rawSetIndex(L, -2, 2);
  vm.setField(L, -2, 'searchers');
  setFunctions(vm, {
    loadlib: (thread) => raise(vm, thread, 'package.loadlib is disabled in safe mode'),
    searchpath: createSearchPath(vm, host.files),
  });
  vm.pop(L, 1);

  vm.pushGlobalTable(L);
  setFunctions(vm, {
    require: createRequire(vm, packageTable),
    loadfile: createLoadFile(vm, host.files),
    dofile: createDoFile(vm, host.files),
  });
  vm.pop(L, 1);
}

/** KumoMTA crates/config/src/lib.rs 137-148 gives two entries for each of its folders. */
function defaultPath(policyFolder: string): string {
  const folders = policyFolder === '' ? [''] : [`${policyFolder}/`, ''];
  return folders.flatMap((folder) => [`${folder}?.lua`, `${folder}?/init.lua`]).join(';');
}

function setText(vm: LuaVm, field: string, text: string): void {
  vm.pushText(vm.main, text);
  vm.setField(vm.main, -2, field);
}

/** Lua 5.4 loadlib.c ll_require, findloader. Returns the module's value and the loader's data. */
function createRequire(vm: LuaVm, packageTable: number): HostFunction {
  return (L) => {
    const name = checkText(vm, L, 1, 'require');
    vm.setTop(L, 1);
    vm.getField(L, vm.registryIndex, '_LOADED'); // 2
    vm.getField(L, 2, name);
    if (vm.toBoolean(L, -1)) return 1;
    vm.pop(L, 1);

    vm.pushRef(L, packageTable); // 3
    if (vm.getField(L, 3, 'searchers') !== LuaType.table) {
      return raise(vm, L, "'package.searchers' must be a table");
    }
    let problems = '';
    for (let i = 1; ; i++) {
      if (vm.rawGetIndex(L, 4, i) === LuaType.nil) {
        return raise(vm, L, `module '${name}' not found:${problems}`);
      }
      vm.pushText(L, name);
      vm.call(L, 1, 2);
      if (vm.type(L, -2) === LuaType.function) break;
      if (vm.type(L, -2) === LuaType.string) {
        const problem = vm.toText(L, -2) as string;
        problems += problem.startsWith('\n\t') ? problem : `\n\t${problem}`;
      }
      vm.pop(L, 2);
    }
    // Loader at 5, its data at 6.
    vm.pushValue(L, 5);
    vm.pushValue(L, 1);
    vm.pushValue(L, 6);
    vm.call(L, 2, 1);
    if (vm.type(L, -1) !== LuaType.nil) vm.setField(L, 2, name);
    else vm.pop(L, 1);
    if (vm.getField(L, 2, name) === LuaType.nil) {
      vm.pop(L, 1);
      vm.pushBoolean(L, true);
      vm.pushValue(L, -1);
      vm.setField(L, 2, name);
    }
    vm.pushValue(L, 6);
    return 2;
  };
}

function createPreloadSearcher(vm: LuaVm): HostFunction {
  return (L) => {
    const name = checkText(vm, L, 1, 'searcher');
    vm.getField(L, vm.registryIndex, '_PRELOAD');
    if (vm.getField(L, -1, name) === LuaType.nil) {
      vm.pushText(L, `no field package.preload['${name}']`);
      return 1;
    }
    vm.pushText(L, ':preload:');
    return 2;
  };
}

function createFileSearcher(vm: LuaVm, files: WorkspaceFiles, packageTable: number): HostFunction {
  return (L) => {
    const name = checkText(vm, L, 1, 'searcher');
    vm.pushRef(L, packageTable);
    vm.getField(L, -1, 'path');
    const path = vm.toText(L, -1) ?? raise(vm, L, "'package.path' must be a string");
    const found = searchPath(files, name, path, '.', '/');
    if ('tried' in found) {
      vm.pushText(L, found.tried);
      return 1;
    }
    const { file } = found;
    if (vm.load(L, file.bytes, `@${file.path}`) !== LuaStatus.ok) {
      const problem = vm.toText(L, -1) ?? '';
      return raise(vm, L, `error loading module '${name}' from file '${file.path}':\n\t${problem}`);
    }
    vm.pushText(L, file.path);
    return 2;
  };
}

function createSearchPath(vm: LuaVm, files: WorkspaceFiles): HostFunction {
  return (L) => {
    const name = checkText(vm, L, 1, 'package.searchpath');
    const path = checkText(vm, L, 2, 'package.searchpath');
    const separator = optionalText(vm, L, 3, 'package.searchpath') ?? '.';
    const replacement = optionalText(vm, L, 4, 'package.searchpath') ?? '/';
    const found = searchPath(files, name, path, separator, replacement);
    if ('file' in found) {
      vm.pushText(L, found.file.path);
      return 1;
    }
    vm.pushNil(L);
    vm.pushText(L, found.tried);
    return 2;
  };
}

function searchPath(
  files: WorkspaceFiles,
  name: string,
  path: string,
  separator: string,
  replacement: string,
): { readonly file: WorkspaceFile } | { readonly tried: string } {
  const fileName = separator === '' ? name : name.replaceAll(separator, () => replacement);
  const tried: string[] = [];
  for (const template of path.split(';')) {
    const candidate = template.replaceAll('?', () => fileName);
    const file = files.find(candidate);
    if (typeof file === 'object') return { file };
    tried.push(`no file '${candidate}'`);
  }
  return { tried: tried.join('\n\t') };
}

/** Pushes the chunk, or returns what Lua says when it cannot. */
function loadWorkspaceFile(
  vm: LuaVm,
  L: LuaState,
  files: WorkspaceFiles,
  path: string,
): string | undefined {
  const file = files.find(path);
  if (file === 'missing') return `cannot open ${path}: No such file or directory`;
  if (file === 'outside') {
    return `cannot open ${path}: the workbench reads only files of the workspace`;
  }
  if (vm.load(L, withoutFirstComment(file.bytes), `@${file.path}`) === LuaStatus.ok) {
    return undefined;
  }
  const problem = vm.toText(L, -1) ?? '';
  vm.pop(L, 1);
  return problem;
}

function createLoadFile(vm: LuaVm, files: WorkspaceFiles): HostFunction {
  return (L) => {
    const path = optionalText(vm, L, 1, 'loadfile');
    const given = vm.getTop(L);
    const problem =
      path === undefined
        ? 'cannot read stdin: a policy has no standard input'
        : loadWorkspaceFile(vm, L, files, path);
    if (problem !== undefined) {
      vm.pushNil(L);
      vm.pushText(L, problem);
      return 2;
    }
    if (given >= 3) {
      // The environment is the first upvalue of a main chunk.
      vm.pushValue(L, 3);
      if (vm.setUpvalue(L, -2, 1) === undefined) vm.pop(L, 1);
    }
    return 1;
  };
}

function createDoFile(vm: LuaVm, files: WorkspaceFiles): HostFunction {
  return (L) => {
    const path = checkText(vm, L, 1, 'dofile');
    vm.setTop(L, 1);
    const problem = loadWorkspaceFile(vm, L, files, path);
    if (problem !== undefined) {
      vm.pushText(L, problem);
      return vm.error(L);
    }
    vm.call(L, 0, MULTIPLE_RESULTS);
    return vm.getTop(L) - 1;
  };
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const HASH = 0x23;
const LINE_FEED = 0x0a;

/** luaL_loadfilex skips a byte order mark and a first line that begins with `#`, keeping line numbers. */
export function withoutFirstComment(bytes: Uint8Array): Uint8Array {
  const start = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? 3 : 0;
  if (bytes[start] !== HASH) return start === 0 ? bytes : bytes.subarray(start);
  const lineEnd = bytes.indexOf(LINE_FEED, start);
  return lineEnd < 0 ? new Uint8Array(0) : bytes.subarray(lineEnd);
}
