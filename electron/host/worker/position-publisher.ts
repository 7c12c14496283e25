/**
 * Keeps the host informed where a script is executing, so that a limit can name the line even of a
 * script that had to be killed.
 */
import type { LuaState, LuaVm } from '../../../lua-runtime/vm/lua-vm.ts';
import type { ScriptStateWriter } from './script-state.ts';

/**
 * Instructions of fengari between two positions: few, because one instruction can take long there,
 * and enough to cost less than a twentieth.
 */
const INSTRUCTIONS_BETWEEN_POSITIONS = 100;
const POSITIONS_BETWEEN_LOOKS = 200;

export interface PositionListener {
  /** Called now and then by an engine that cannot be interrupted from outside. */
  look(): void;
  /** Called by one that can be: the host has interrupted it and will kill it next. */
  beforeKill(): void;
}

/** Starts publishing. To be called once the libraries are open and before the policy runs. */
export function publishPositions(
  vm: LuaVm,
  state: ScriptStateWriter,
  listener: PositionListener,
): void {
  if (vm.interruptTarget() === undefined) {
    publishByCounting(vm, state, listener);
  } else {
    // In Lua 5.4 any hook slows all code, so this one runs only when the host asks for it.
    vm.setHook(
      vm.main,
      (thread) => {
        // The position is what the host waits for, so it comes last.
        listener.beforeKill();
        publish(vm, state, thread, 0);
      },
      {},
    );
  }
}

/**
 * As a hook would, for a function of the engine in which none fires: called before it, by its wrapper.
 * Not needed where the host can look itself (`positionInEngine`).
 */
export function publishCaller(vm: LuaVm, state: ScriptStateWriter, L: LuaState): void {
  publish(vm, state, L, 1);
}

/** The innermost Lua function's position, for a moment when no hook can run. */
export function publishCurrentPosition(vm: LuaVm, state: ScriptStateWriter): void {
  for (let level = 0; level < 4; level++) if (publish(vm, state, vm.main, level)) return;
}

function publishByCounting(vm: LuaVm, state: ScriptStateWriter, listener: PositionListener): void {
  let positionsToLook = POSITIONS_BETWEEN_LOOKS;
  let lastSource = '';
  let file = '';
  vm.setHook(
    vm.main,
    (L, _event, line, activation) => {
      const source = vm.activationSource(L, activation);
      if (source !== lastSource) {
        lastSource = source;
        file = fileOf(source);
      }
      state.publishPosition(file, line);
      if (--positionsToLook === 0) {
        positionsToLook = POSITIONS_BETWEEN_LOOKS;
        listener.look();
      }
    },
    { count: INSTRUCTIONS_BETWEEN_POSITIONS },
  );
}

function publish(vm: LuaVm, state: ScriptStateWriter, L: LuaState, level: number): boolean {
  const point = vm.executionPoint(L, level);
  if (point === undefined) return false;
  state.publishPosition(fileOf(point.source), point.line);
  return true;
}

/** The file of a raw chunk name, or the name itself for a chunk that has none. */
export function fileOf(source: string): string {
  return source.startsWith('@') || source.startsWith('=') ? source.slice(1) : source;
}
