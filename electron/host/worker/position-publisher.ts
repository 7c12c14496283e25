/**
 * Keeps the host informed where a script is executing, so that a limit can name the line even of a
 * script that had to be killed.
 */
import type { LuaState, LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';
import type { ScriptStateWriter } from './script-state.ts';

/** Instructions between two looks at the position in Lua 5.4, where every hook slows the engine. */
const COUNT = 10_000;
/**
 * Functions of the engine that can run for ever without executing a Lua instruction, which is when
 * hooks fire: pattern matching takes exponential time, table.move as long as its arguments say.
 */
const UNINTERRUPTIBLE: readonly (readonly [library: string, functions: readonly string[]])[] = [
  ['string', ['find', 'match', 'gmatch', 'gsub', 'rep']],
  ['table', ['move']],
];

/** Starts publishing. To be called once the libraries are open and before the policy runs. */
export function publishPositions(vm: LuaVm, state: ScriptStateWriter): void {
  const publish = (L: LuaState, level: number): void => {
    const point = vm.executionPoint(L, level);
    if (point !== undefined) state.publishPosition(fileOf(point.source), point.line);
  };
  if (vm.engine === 'fengari') {
    // A line hook costs nothing noticeable there, and says more.
    vm.setHook(
      vm.main,
      (L) => {
        publish(L, 0);
      },
      { line: true },
    );
  } else {
    vm.setHook(
      vm.main,
      (L) => {
        publish(L, 0);
      },
      { count: COUNT },
    );
  }
  for (const [library, functions] of UNINTERRUPTIBLE) {
    vm.getGlobal(vm.main, library);
    for (const name of functions) {
      vm.getField(vm.main, -1, name);
      vm.observeFunction(vm.main, (L) => {
        publish(L, 1);
      });
      vm.setField(vm.main, -2, name);
    }
    vm.pop(vm.main, 1);
  }
}

/** The innermost Lua function's position, for a moment when no hook can run. */
export function publishCurrentPosition(vm: LuaVm, state: ScriptStateWriter): void {
  for (let level = 0; level < 4; level++) {
    const point = vm.executionPoint(vm.main, level);
    if (point !== undefined) {
      state.publishPosition(fileOf(point.source), point.line);
      return;
    }
  }
}

function fileOf(source: string): string {
  return source.startsWith('@') || source.startsWith('=') ? source.slice(1) : source;
}
