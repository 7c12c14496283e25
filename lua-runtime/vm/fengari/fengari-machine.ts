/** A fengari state. See fengari.ts for the layers above. */
import { lauxlib, lua } from 'fengari';
import type { LuaState } from '../lua-vm.ts';
import { encodeUtf8 } from '../platform.ts';
import { outer } from './fengari-handles.ts';

const MAX_CACHED_NAMES = 4096;

export abstract class FengariMachine {
  readonly engine = 'fengari';
  readonly version = 'Lua 5.3';
  readonly registryIndex = lua.LUA_REGISTRYINDEX;
  readonly main: LuaState;

  private readonly names = new Map<string, Uint8Array>();

  constructor() {
    const L = lauxlib.luaL_newstate();
    if (L === null) throw new Error('The fengari engine could not start.');
    this.main = outer(L);
  }

  /** Lua strings are byte arrays here; the ones for names are made once. */
  protected name(text: string): Uint8Array {
    let bytes = this.names.get(text);
    if (bytes === undefined) {
      bytes = encodeUtf8(text);
      if (this.names.size < MAX_CACHED_NAMES) this.names.set(text, bytes);
    }
    return bytes;
  }
}
