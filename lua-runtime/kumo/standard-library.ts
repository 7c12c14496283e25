/**
 * Lua's standard library as a policy gets it here: the safe libraries that kumod's Lua has (mlua's
 * `Lua::new()`: no `debug`, no C modules), with everything that reaches outside of Lua answered by
 * the host. What the workbench refuses raises a Lua error that says which function and why.
 */
import type { HostFunction, LuaState, LuaVm } from '../vm/lua-vm.ts';
import { MULTIPLE_RESULTS } from '../vm/lua-vm.ts';
import { isNoneOrNil, raise } from '../vm/lua-arguments.ts';
import { installIoLibrary } from './io-library.ts';
import { installMathCompatibility } from './math-compatibility.ts';
import { installOsLibrary } from './os-library.ts';
import { installPackageLibrary } from './package-library.ts';
import { setFunctions } from './library-table.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

export interface StandardLibraryHost {
  readonly files: WorkspaceFiles;
  /** The folder of the policy relative to the workspace root: where `require` looks first. */
  readonly policyFolder: string;
  /** Milliseconds since the epoch, with fractions; asked for each use, so that it can be recorded. */
  now(): number;
  /** What `os.getenv` answers. */
  readonly environment: { readonly [name: string]: string };
  /** Minutes that local time is ahead of UTC. Default 0. */
  readonly utcOffsetMinutes?: number;
  /**
   * What the policy writes. `print` and `warning` come one line at a time without the line end;
   * `stdout` and `stderr` as the policy wrote them.
   */
  write(stream: 'print' | 'stdout' | 'stderr' | 'warning', text: string): void;
  /** Told of every call that was refused, before the Lua error is raised. */
  refused?(functionName: string, reason: string): void;
}

/** What the installers of the single libraries share. */
export interface LibraryContext {
  readonly vm: LuaVm;
  readonly host: StandardLibraryHost;
  /** Raises the error of a refused function. */
  refuse(L: LuaState, functionName: string, reason: string): never;
}

/**
 * Opens the engine's own libraries and puts the host's in place of those that reach outside.
 * @param vm a fresh state without libraries
 */
export function installStandardLibrary(vm: LuaVm, host: StandardLibraryHost): void {
  vm.openLibraries();
  const context: LibraryContext = {
    vm,
    host,
    refuse(L, functionName, reason) {
      host.refused?.(functionName, reason);
      return raise(vm, L, `${functionName} is refused by the workbench: ${reason}`);
    },
  };
  installBaseFunctions(context);
  installMathCompatibility(vm);
  installPackageLibrary(context);
  installOsLibrary(context);
  installIoLibrary(context);
}

function installBaseFunctions(context: LibraryContext): void {
  const { vm, host } = context;
  vm.pushGlobalTable(vm.main);
  setFunctions(vm, { print: createPrint(context) });
  if (vm.getField(vm.main, -1, 'warn') !== 0) setFunctionBelow(vm, 'warn', createWarn(vm, host));
  vm.pop(vm.main, 1);
  vm.getField(vm.main, -1, 'load');
  const engineLoad = vm.ref(vm.main);
  setFunctions(vm, { load: createLoad(vm, engineLoad) });
  vm.pop(vm.main, 1);
}

function setFunctionBelow(vm: LuaVm, name: string, fn: HostFunction): void {
  vm.pushFunction(vm.main, fn);
  vm.setField(vm.main, -3, name);
}

function createPrint({ vm, host }: LibraryContext): HostFunction {
  return (L) => {
    const texts: string[] = [];
    for (let i = 1, count = vm.getTop(L); i <= count; i++) texts.push(vm.toDisplayText(L, i));
    host.write('print', texts.join('\t'));
    return 0;
  };
}

/** `warn` is off until a policy says `warn('@on')` (Lua 5.4 manual, 6.1). */
function createWarn(vm: LuaVm, host: StandardLibraryHost): HostFunction {
  let isOn = false;
  return (L) => {
    const texts: string[] = [];
    for (let i = 1, count = vm.getTop(L); i <= count; i++) texts.push(vm.toText(L, i) ?? '');
    if (texts.length === 1 && texts[0]?.startsWith('@') === true) {
      if (texts[0] === '@on') isOn = true;
      if (texts[0] === '@off') isOn = false;
    } else if (isOn) {
      host.write('warning', texts.join(''));
    }
    return 0;
  };
}

const ESCAPE = 0x1b;

/** The engine's `load`, for text only: bytecode could break the engine's sandbox. */
function createLoad(vm: LuaVm, engineLoad: number): HostFunction {
  return (L) => {
    const mode = isNoneOrNil(vm, L, 3) ? 'bt' : (vm.toText(L, 3) ?? 'bt');
    const chunk = vm.type(L, 1) === 4 ? vm.toBytes(L, 1) : undefined;
    if (!mode.includes('t') && chunk?.[0] !== ESCAPE && chunk !== undefined) {
      vm.pushNil(L);
      vm.pushText(L, `attempt to load a text chunk (mode is '${mode}')`);
      return 2;
    }
    const given = vm.getTop(L);
    vm.pushRef(L, engineLoad);
    vm.pushValue(L, 1);
    if (given >= 2) vm.pushValue(L, 2);
    else vm.pushNil(L);
    vm.pushText(L, 't');
    // An environment of nil is not the same as no environment.
    if (given >= 4) vm.pushValue(L, 4);
    vm.call(L, given >= 4 ? 4 : 3, MULTIPLE_RESULTS);
    return vm.getTop(L) - given;
  };
}
