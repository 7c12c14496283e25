/**
 * Checks once per module that the engine's structures are laid out as lua54-activation.ts,
 * lua54-interrupt.ts and lua54-structures.ts say.
 */
import { requestHook } from './lua54-interrupt.ts';
import { LuaStatus } from '../lua-vm.ts';
import type { LuaVm } from '../lua-vm.ts';
import type { ActivationInfo } from '../lua-inspection.ts';
import { encodeUtf8 } from '../platform.ts';
import type { WasmModule } from '../platform.ts';
import { contentsByNext } from '../table-contents.ts';

const verified = new WeakSet<WasmModule>();

/**
 * @param start starts a vm on the module; it is used for the checks and closed.
 * @throws Error that names the first thing that is not where it should be.
 */
export function verifyLayout(module: WasmModule, start: () => LuaVm): void {
  if (verified.has(module)) return;
  const vm = start();
  const problem =
    activationProblem(vm) ?? interruptProblem(vm) ?? codeProblem(vm) ?? tableProblem(vm);
  vm.close();
  if (problem !== undefined) {
    throw new Error(
      `This Lua 5.4 module is not the one of wasmoon 1.16.0: ${problem} is not as expected. ` +
        'Install the version that package-lock.json names.',
    );
  }
  verified.add(module);
}

const ACTIVATION_SCRIPT = `local probe = ...
local function probed(a, b, ...)
  probe()
end
probed(1, 2, 3)
`;

const EXPECTED_ACTIVATION: Partial<ActivationInfo> = {
  source: '@layout-check',
  shortSource: 'layout-check',
  what: 'Lua',
  currentLine: 3,
  lineDefined: 2,
  lastLineDefined: 4,
  name: 'probed',
  nameWhat: 'local',
  isTailCall: false,
  upvalueCount: 1,
  parameterCount: 2,
  isVararg: true,
};

function activationProblem(vm: LuaVm): string | undefined {
  let found: ActivationInfo | undefined;
  const problem = runProbe(vm, ACTIVATION_SCRIPT, () => {
    const activation = vm.getStack(vm.main, 1);
    if (activation) found = vm.getInfo(vm.main, activation);
  });
  if (problem !== undefined) return problem;
  const wrong = Object.entries(EXPECTED_ACTIVATION).find(
    ([field, value]) => found?.[field as keyof ActivationInfo] !== value,
  );
  return wrong && `lua_Debug.${wrong[0]}`;
}

/** The function that asks is called by one that is called by another: both must be reached. */
const INTERRUPT_SCRIPT = `local ask = ...
local function inner()
  ask()
end
inner()
local after = 1
`;

function interruptProblem(vm: LuaVm): string | undefined {
  const lines = new Set<number>();
  vm.setHook(vm.main, (_, event, line) => event === 'count' && lines.add(line), {});
  const target = vm.interruptTarget();
  const problem = runProbe(vm, INTERRUPT_SCRIPT, () => {
    if (target !== undefined && lines.size === 0) requestHook(target);
  });
  vm.setHook(vm.main, undefined, {});
  return problem ?? (lines.has(4) && lines.has(6) ? undefined : 'lua_State');
}

const CODE_SCRIPT = `local probe = ...
local up = {}
local function probed(a, ...)
  if a then up.x = 1 end

  probe()
end
probed(1, 2)
`;

/** What the debugger reads of functions and calls. */
function codeProblem(vm: LuaVm): string | undefined {
  const L = vm.main;
  let wrong: string | undefined;
  const expect = (field: string, holds: boolean): void => {
    if (!holds) wrong ??= field;
  };
  vm.setThreadNumber(L, 7);
  expect('LUA_EXTRASPACE', vm.threadNumber(vm.newThread(L)) === 7);
  expect('global_State.allgc', vm.numberedThreads().length === 1);
  vm.setThreadNumber(L, 0);
  vm.pop(L, 1);
  const writes: string[] = [];
  const trace = vm.trace((thread, event, _line, activation) => {
    if (event === 'count') writes.push(vm.pendingWrite(thread, activation)?.kind ?? '');
  });
  trace.setMask(L, { instructions: 1 });
  const problem = runProbe(vm, CODE_SCRIPT, () => {
    trace.stop();
    expect('lua_State.ci', vm.stackDepth(L) === 3);
    const activation = vm.getStack(L, 1);
    if (activation === undefined) return;
    expect('Proto.source', vm.activationSource(L, activation) === '@layout-check');
    const point = vm.instructionAt(L, activation);
    vm.pushActivationFunction(L, activation);
    const prototype = vm.functionPrototype(L);
    expect('LClosure.p', prototype?.id === point?.prototype);
    expect('Proto.lineinfo', prototype?.lines[point?.instruction ?? 0] === 6);
    expect('Proto.code', prototype?.branches.length === 1);
    expect('Proto.is_vararg', prototype?.isVararg === true);
  });
  expect('LineTrace.ticks', trace.ticks === 6);
  expect('Instruction', writes.includes('creates') && writes.includes('table'));
  let raised: LuaStatus | undefined;
  vm.setErrorObserver((_, status) => (raised = status));
  if (vm.load(L, encodeUtf8('local x = nil + 1'), '@layout-check') === LuaStatus.ok) {
    vm.pcall(L, 0, 0);
  }
  vm.setErrorObserver(undefined);
  expect('lua_longjmp.status', raised === LuaStatus.runtimeError);
  return problem ?? wrong;
}

const TABLE_SCRIPT = `local probe = ...
local long = ('long '):rep(20)
probe { short = long, [long] = { yes = true, no = false }, big = 1 << 60, small = -7 }
local withArray = { 1, 2, 3, a = 1 }
probe(withArray)
`;

/** What is read of tables without the C API. */
function tableProblem(vm: LuaVm): string | undefined {
  let wrong: string | undefined;
  let tables = 0;
  vm.openLibraries();
  const problem = runProbe(vm, TABLE_SCRIPT, () => {
    const expected = ++tables === 1 ? contentsByNext(vm, vm.main, 1, 4) : undefined;
    const contents = vm.tableContents(vm.main, 1, 4);
    const isEqual =
      contents?.length === expected?.length &&
      (contents ?? []).every((item, i) => item === expected?.[i]);
    if (!isEqual) wrong ??= 'Table';
  });
  return problem ?? wrong ?? (tables === 2 ? undefined : 'Table');
}

/** Runs a script with a host function as its argument; returns what went wrong. */
function runProbe(vm: LuaVm, script: string, probe: () => void): string | undefined {
  const L = vm.main;
  if (vm.load(L, encodeUtf8(script), '@layout-check') !== LuaStatus.ok) return 'its compiler';
  vm.pushFunction(L, () => {
    probe();
    return 0;
  });
  return vm.pcall(L, 1, 0) === LuaStatus.ok ? undefined : `“${vm.toText(L, -1) ?? ''}”`;
}
