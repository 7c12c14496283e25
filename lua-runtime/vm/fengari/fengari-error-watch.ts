/** Being told of the errors of a fengari thread as they are raised (fengari 0.1.5 src/ldo.js). */
import type { FengariState } from 'fengari';
import { LuaStatus } from '../lua-vm.ts';

const watched = new WeakSet<object>();

/**
 * Calls back with each error that is raised in a thread. fengari has no place to ask for that, so
 * the records of its protected calls are watched: the error's status is written there before the
 * stack unwinds (ldo.js luaD_throw), for a JavaScript exception just after (luaD_rawrunprotected)
 * while the thread's list of calls still is as it was.
 */
export function watchErrors(L: FengariState, told: (status: LuaStatus) => void): void {
  let current = L.errorJmp;
  const watch = (jump: FengariState['errorJmp']): void => {
    if (jump === null || watched.has(jump)) return;
    watched.add(jump);
    let status = jump.status;
    Object.defineProperty(jump, 'status', {
      get: () => status,
      set: (value: number) => {
        status = value;
        if (value > LuaStatus.yield && value !== LuaStatus.syntaxError) told(value as LuaStatus);
      },
    });
  };
  watch(current);
  Object.defineProperty(L, 'errorJmp', {
    get: () => current,
    set: (jump: FengariState['errorJmp']) => {
      current = jump;
      watch(jump);
    },
  });
}
