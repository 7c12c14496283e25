/**
 * Where kumod and mlua turn a Lua value into a typed one, and what is raised when that fails
 * (`from_lua_value`, `lua.from_value`).
 */
import { DeserializeError } from './deserialize-error.ts';
import type { Decoder } from './deserialize.ts';
import { encodeLuaTree } from './json-tree.ts';
import { KumoError } from './kumo-error.ts';
import { NullPointer, LuaOpaque, LuaTable, type LuaTree } from './lua-tree.ts';

/** A host object that `pairs` can iterate and that serde can therefore expand on a second try. */
export interface Expandable {
  expand(): LuaTree;
}

function isExpandable(object: object | undefined): object is Expandable {
  return object !== undefined && 'expand' in object;
}

/**
 * Replaces userdata that have `__pairs` by their contents.
 * @throws KumoError for any other userdata (KumoMTA crates/config/src/lib.rs 484-525).
 */
export function materialize(value: LuaTree): LuaTree {
  if (value instanceof LuaTable) {
    const copy = new LuaTable(value.length);
    for (const [key, member] of value.entries) copy.entries.push([key, materialize(member)]);
    return copy;
  }
  if (!(value instanceof LuaOpaque) || value.kind !== 'userdata') return value;
  if (isExpandable(value.object)) return value.object.expand();
  if (value.object instanceof NullPointer) return null;
  const pointer = `0x${value.pointer.toString(16)}`;
  throw new KumoError(
    `cannot materialize_to_lua_value AnyUserData(Ref(${pointer})) because it has no __pairs metamethod`,
  );
}

/**
 * `from_lua_value` (KumoMTA crates/config/src/lib.rs 579-613): decodes, and on failure shows the table
 * as JSON. policy-extras parses this shape, so it is exact.
 * @throws KumoError
 */
export function fromLuaValue<T>(value: LuaTree, decode: Decoder<T>): T {
  const first = attempt(value, decode);
  if (first.ok) return first.value;
  let expanded: LuaTree;
  try {
    expanded = materialize(value);
  } catch (error) {
    throw new KumoError(
      `${first.error}, while processing a userdata. Additionally, encountered ` +
        `${(error as Error).message} when trying to iterate the pairs of that userdata`,
    );
  }
  const second = attempt(expanded, decode);
  if (second.ok) return second.value;
  throw new KumoError(`${second.error}, while processing ${processedJson(expanded)}`);
}

/** `lua.from_value`: the same without the table. */
export function fromValue<T>(value: LuaTree, decode: Decoder<T>): T {
  const result = attempt(value, decode);
  if (result.ok) return result.value;
  throw new KumoError(result.error);
}

function attempt<T>(
  value: LuaTree,
  decode: Decoder<T>,
): { ok: true; value: T } | { ok: false; error: string } {
  try {
    return { ok: true, value: decode(value) };
  } catch (error) {
    if (error instanceof DeserializeError) return { ok: false, error: error.message };
    throw error;
  }
}

function processedJson(value: LuaTree): string {
  try {
    return encodeLuaTree(value);
  } catch (error) {
    return `<unable to encode as json: ${(error as Error).message}>`;
  }
}
