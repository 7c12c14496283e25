/** What can stand at the caret in a text that is to be evaluated in a frame. */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { KEYWORDS } from '../analysis/syntax/lexer.ts';
import type { FramePlace } from './call-stack.ts';
import type { Completion } from './debugger-contract.ts';
import type { Evaluator } from './evaluator.ts';
import { ENVIRONMENT } from './frame-variables.ts';
import type { FrameVariables } from './frame-variables.ts';
import { isInString, writtenMember } from './prefix-expression.ts';
import type { ScratchThread } from './scratch-thread.ts';
import { compareText, isLuaName } from './value-text.ts';

export interface CompletionParts {
  readonly vm: LuaVm;
  readonly scratch: ScratchThread;
  readonly frames: FrameVariables;
  readonly evaluator: Evaluator;
}

/** A field of something that is no expression. */
const OTHER_MEMBER = /(?:^|[^.])[.:]\s*\w*$/;
const NAME = /(\w*)$/;
const MAX_MEMBERS = 2000;
/** Tables behind __index that are looked through. */
const MAX_PARENTS = 8;

/** @param column of the caret, counted from 1 in UTF-16 code units. */
export function completionsAt(
  parts: CompletionParts,
  frame: FramePlace,
  text: string,
  column: number,
): Completion[] {
  const before = text.slice(0, Math.max(0, column - 1));
  if (isInString(before)) return [];
  const member = writtenMember(before);
  if (member !== undefined) {
    const { prefix, separator, name } = member;
    return membersOf(parts, frame, prefix, separator === ':')
      .filter(({ label }) => label.startsWith(name))
      .map((completion) => ({ ...completion, length: name.length }));
  }
  const name = NAME.exec(before)?.[1] ?? '';
  if (/^\d/.test(name) || OTHER_MEMBER.test(before)) return [];
  return namesIn(parts, frame)
    .filter(({ label }) => label.startsWith(name))
    .map((completion) => ({ ...completion, length: name.length }));
}

type Unplaced = Omit<Completion, 'length'>;

function namesIn({ vm, scratch, frames }: CompletionParts, frame: FramePlace): Unplaced[] {
  const found = new Map<string, Completion['kind']>();
  for (const { name } of frames.locals(frame)) found.set(name, 'variable');
  for (const { name } of frames.upvalues(frame)) {
    if (name !== ENVIRONMENT && !found.has(name)) found.set(name, 'variable');
  }
  scratch.using((L) => {
    frames.pushEnvironment(frame, L);
    for (const { label, kind } of fieldsOfTop(vm, L)) {
      if (!found.has(label)) found.set(label, kind === 'field' ? 'variable' : kind);
    }
  });
  for (const keyword of KEYWORDS) found.set(keyword, 'keyword');
  return [...found]
    .map(([label, kind]) => ({ label, kind }))
    .sort((a, b) => compareText(a.label, b.label));
}

function membersOf(
  { vm, scratch, evaluator }: CompletionParts,
  frame: FramePlace,
  prefix: string,
  isMethod: boolean,
): Unplaced[] {
  return scratch.using((L) => {
    const end = evaluator.evaluate(frame, prefix, 'look');
    if (!end.ok || end.count === 0) return [];
    vm.setTop(L, vm.getTop(L) - end.count + 1);
    const found = new Map<string, Unplaced>();
    for (let i = 0; i < MAX_PARENTS; i++) {
      for (const field of fieldsOfTop(vm, L)) {
        if (!found.has(field.label)) found.set(field.label, field);
      }
      if (!pushParent(vm, L)) break;
    }
    return [...found.values()]
      .filter(({ kind }) => !isMethod || kind !== 'field')
      .map(({ label, kind }) => ({ label, kind: isMethod ? ('method' as const) : kind }))
      .sort((a, b) => compareText(a.label, b.label));
  });
}

/** Of the table on top of the stack. */
function fieldsOfTop(vm: LuaVm, L: LuaState): Unplaced[] {
  const fields: Unplaced[] = [];
  if (vm.type(L, -1) !== LuaType.table) return fields;
  vm.pushNil(L);
  while (vm.next(L, -2)) {
    const name = vm.type(L, -2) === LuaType.string ? (vm.toText(L, -2) ?? '') : '';
    if (isLuaName(name) && fields.length < MAX_MEMBERS) {
      const isFunction = vm.type(L, -1) === LuaType.function;
      fields.push({ label: name, kind: isFunction ? 'function' : 'field' });
    }
    vm.pop(L, 1);
  }
  return fields;
}

/** Pushes the table in which Lua looks for what the value on top of the stack has not itself. */
function pushParent(vm: LuaVm, L: LuaState): boolean {
  if (!vm.getMetatable(L, -1)) return false;
  vm.pushText(L, '__index');
  const type = vm.rawGet(L, -2);
  if (type === LuaType.table) return true;
  if (type !== LuaType.function) return false;
  // The host's objects with fields keep their methods beside a function, in an upvalue.
  for (let n = 1; vm.getUpvalue(L, -1, n) !== undefined; n++) {
    if (vm.type(L, -1) === LuaType.table) return true;
    vm.pop(L, 1);
  }
  return false;
}
