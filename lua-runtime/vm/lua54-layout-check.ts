/** Checks once per module that `lua_Debug` is laid out as lua54-activation.ts says. */
import { LuaStatus } from './lua-vm.ts';
import type { ActivationInfo, LuaVm } from './lua-vm.ts';
import { encodeUtf8 } from './platform.ts';
import type { WasmModule } from './platform.ts';

const verified = new WeakSet<WasmModule>();

const EXPECTED: Partial<ActivationInfo> = {
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

const SCRIPT = `local probe = ...
local function probed(a, b, ...)
  probe()
end
probed(1, 2, 3)
`;

/**
 * @param start starts a vm on the module; it is used for the check and closed.
 * @throws Error that names the first field that is not where it should be.
 */
export function verifyActivationLayout(module: WasmModule, start: () => LuaVm): void {
  if (verified.has(module)) return;
  const vm = start();
  let found: ActivationInfo | undefined;
  let hookLine = -1;
  const L = vm.main;
  if (vm.load(L, encodeUtf8(SCRIPT), '@layout-check') !== LuaStatus.ok) {
    throw new Error('The Lua 5.4 module does not compile a simple script.');
  }
  vm.pushFunction(L, () => {
    const activation = vm.getStack(L, 1);
    if (activation) found = vm.getInfo(L, activation);
    return 0;
  });
  vm.setHook(L, (_, __, line) => (hookLine = line), { line: true });
  const status = vm.pcall(L, 1, 0);
  const reason = status === LuaStatus.ok ? undefined : vm.toText(L, -1);
  vm.close();
  const wrong =
    Object.entries(EXPECTED).find(
      ([field, value]) => found?.[field as keyof ActivationInfo] !== value,
    )?.[0] ?? (hookLine === 5 || hookLine === 4 ? undefined : 'currentLine in hooks');
  if (wrong !== undefined || reason !== undefined) {
    throw new Error(
      `This Lua 5.4 module is not the one of wasmoon 1.16.0: ${reason ?? `lua_Debug.${wrong ?? ''}`} ` +
        'is not as expected. Install the version that package-lock.json names.',
    );
  }
  verified.add(module);
}
