/**
 * Where a variable is, as plain data that means the same in a replay: in which frame, from which of
 * its names, through which fields.
 */
import { parseLua } from '../analysis/syntax/parser.ts';
import type { Expression } from '../analysis/syntax/syntax-tree.ts';
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import type { FramePlace } from './call-stack.ts';
import type { VariableLocation } from './debugger-contract.ts';
import type { FrameVariables } from './frame-variables.ts';

export type FieldKey = VariableLocation['fields'][number];

/** @returns undefined for an expression that is more than names and constant keys. */
export function splitPath(
  expression: string,
): { readonly name: string; readonly fields: readonly FieldKey[] } | undefined {
  const [statement] = parseLua(`return ${expression}\n`).body.statements;
  const value = statement?.kind === 'Return' ? statement.values[0] : undefined;
  const fields: FieldKey[] = [];
  for (let node: Expression | undefined = value; node !== undefined;) {
    if (node.kind === 'Name') return { name: node.name, fields: fields.reverse() };
    if (node.kind === 'Member') {
      fields.push(node.name);
      node = node.object;
    } else if (node.kind === 'Index') {
      const key = constantKey(node.key);
      if (key === undefined) return undefined;
      fields.push(key);
      node = node.object;
    } else return undefined;
  }
  return undefined;
}

function constantKey(key: Expression): FieldKey | undefined {
  return key.kind === 'String' || key.kind === 'Number' || key.kind === 'Boolean'
    ? key.value
    : undefined;
}

/** @param thread the number of the frame's thread. */
export function locateVariable(
  frames: FrameVariables,
  frame: FramePlace,
  thread: number,
  expression: string,
): VariableLocation | undefined {
  const path = splitPath(expression);
  if (path === undefined) return undefined;
  const { name, fields } = path;
  const place = { thread, depth: frame.depth, expression, fields };
  const local = frames.visibleLocal(frame, name);
  if (local !== undefined) return { ...place, root: { kind: 'local', name, index: local.index } };
  const upvalue = frames.upvalues(frame).find((candidate) => candidate.name === name);
  if (upvalue !== undefined) {
    return { ...place, root: { kind: 'upvalue', name, index: upvalue.index } };
  }
  return { ...place, root: { kind: 'global', name } };
}

/**
 * Pushes the variable's value in a frame, reading without metamethods; nil where a table is missing.
 * @returns false, and pushes nothing, while the frame has no such variable.
 */
export function pushVariable(
  vm: LuaVm,
  frames: FrameVariables,
  frame: FramePlace,
  { root, fields }: VariableLocation,
  L: LuaState,
): boolean {
  if (root.kind === 'global') {
    vm.pushGlobalTable(L);
    pushField(vm, L, root.name);
  } else if (root.kind === 'local') {
    if (!frames.pushNamedLocal(frame, root.index, root.name, L)) return false;
  } else if (!frames.pushUpvalue(frame, root.index, L)) return false;
  for (const field of fields) {
    if (vm.type(L, -1) !== LuaType.table) {
      vm.pop(L, 1);
      vm.pushNil(L);
      return true;
    }
    pushField(vm, L, field);
  }
  return true;
}

/** Replaces the table on top of the stack by its field. */
function pushField(vm: LuaVm, L: LuaState, key: FieldKey): void {
  if (typeof key === 'string') vm.pushText(L, key);
  else if (typeof key === 'boolean') vm.pushBoolean(L, key);
  else if (Number.isInteger(key)) vm.pushInteger(L, key);
  else vm.pushNumber(L, key);
  vm.rawGet(L, -2);
  vm.remove(L, -2);
}
