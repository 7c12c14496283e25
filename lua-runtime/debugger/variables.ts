/**
 * The values of a script that stands still, as a tree that is opened level by level: whatever has
 * something inside gets a number, by which a client asks for that. The numbers hold until the script
 * goes on.
 */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { isDescribed } from '../vm/described-object.ts';
import type { DescribedValue } from '../vm/described-object.ts';
import type { FramePlace } from './call-stack.ts';
import type { Scope, Variable } from './debugger-contract.ts';
import { DescribedValues } from './described-values.ts';
import { ENVIRONMENT } from './frame-variables.ts';
import type { FrameVariables } from './frame-variables.ts';
import type { LibrarySnapshot } from './library-snapshot.ts';
import { paged } from './paging.ts';
import type { Page } from './paging.ts';
import type { ScratchThread } from './scratch-thread.ts';
import { TableMembers } from './table-members.ts';
import type { ValueTexts } from './value-text.ts';
import { compareText, isCut, isLuaName, textLiteral } from './value-text.ts';

/** What a reference number stands for. */
export type Container =
  | { readonly kind: 'locals' | 'arguments' | 'varargs' | 'upvalues'; readonly frame: FramePlace }
  | { readonly kind: 'globals'; readonly frame: FramePlace | undefined }
  | {
      readonly kind: 'value';
      readonly anchor: number;
      readonly expression: string | undefined;
      /** In which frame the expression gives the value. */
      readonly frame: FramePlace | undefined;
    }
  | { readonly kind: 'described'; readonly value: DescribedValue };

export interface VariablesParts {
  readonly vm: LuaVm;
  readonly scratch: ScratchThread;
  readonly frames: FrameVariables;
  readonly texts: ValueTexts;
  readonly library: () => LibrarySnapshot | undefined;
}

const METATABLE = '(metatable)';

export class Variables {
  private readonly parts: VariablesParts;
  private readonly containers = new Map<number, Container>();
  private readonly described = new DescribedValues((value) =>
    this.add({ kind: 'described', value }),
  );
  private readonly members: TableMembers;
  private lastRef = 0;

  constructor(parts: VariablesParts) {
    this.parts = parts;
    this.members = new TableMembers(parts.vm, parts.texts);
  }

  /** Forgets every number. */
  release(): void {
    this.containers.clear();
    this.members.release();
    this.parts.scratch.release();
  }

  /** Something was assigned: what is known of tables may be wrong. */
  changed(): void {
    this.members.release();
  }

  container(ref: number): Container | undefined {
    return this.containers.get(ref);
  }

  scopes(frame: FramePlace): Scope[] {
    const { frames } = this.parts;
    const scopes: Scope[] = [];
    const add = (name: Scope['name'], container: Container, count: number): void => {
      scopes.push({ name, ref: this.add(container), count });
    };
    const locals = frames.locals(frame);
    const upvalues = frames.upvalues(frame).filter(({ name }) => name !== ENVIRONMENT);
    if (frames.isLua(frame)) {
      add('Locals', { kind: 'locals', frame }, locals.length);
      const varargs = frames.varargCount(frame);
      if (varargs > 0) add('Varargs', { kind: 'varargs', frame }, varargs);
      if (upvalues.length > 0) add('Upvalues', { kind: 'upvalues', frame }, upvalues.length);
    } else if (frame.depth > 0) {
      add('Arguments', { kind: 'arguments', frame }, frames.argumentCount(frame));
    }
    const globals: Container = { kind: 'globals', frame };
    add('Globals', globals, this.globalNames(frame).length);
    return scopes;
  }

  /** @returns undefined for a number that is not known any more. */
  children(ref: number, page: Page): Variable[] | undefined {
    const container = this.containers.get(ref);
    if (container === undefined) return undefined;
    return this.parts.scratch.using((L) => this.childrenOf(L, container, page));
  }

  /** Describes the value on top of the scratch stack, which stays there. */
  describe(
    L: LuaState,
    name: string,
    expression?: string,
    frame?: FramePlace,
    readOnly = false,
  ): Variable {
    const { texts } = this.parts;
    const { value, type } = texts.shown(L, -1);
    const size = this.sizeOfTop(L);
    const hasChildren = size !== undefined;
    const ref = hasChildren
      ? this.add({ kind: 'value', anchor: this.parts.scratch.anchor(), expression, frame })
      : 0;
    return {
      name,
      value,
      type,
      ref,
      ...(size?.named === undefined ? undefined : { named: size.named }),
      ...(size?.indexed === undefined ? undefined : { indexed: size.indexed }),
      ...(expression === undefined ? undefined : { expression }),
      ...(readOnly ? { readOnly: true as const } : undefined),
    };
  }

  /** The policy's globals by name, those of the library left out. */
  globalNames(frame: FramePlace | undefined): string[] {
    const { vm, scratch, frames, library } = this.parts;
    const snapshot = library();
    return scratch.using((L) => {
      const names: string[] = [];
      frames.pushEnvironment(frame, L);
      if (vm.type(L, -1) !== LuaType.table) return names;
      vm.pushNil(L);
      while (vm.next(L, -2)) {
        if (vm.type(L, -2) === LuaType.string) {
          const name = vm.toText(L, -2) ?? '';
          if (snapshot?.isLibraryGlobal(L, name) !== true) names.push(name);
        }
        vm.pop(L, 1);
      }
      return names.sort(compareText);
    });
  }

  private add(container: Container): number {
    this.containers.set(++this.lastRef, container);
    return this.lastRef;
  }

  private childrenOf(L: LuaState, container: Container, page: Page): Variable[] {
    const { frames, vm } = this.parts;
    switch (container.kind) {
      case 'locals': {
        const { frame } = container;
        return paged(frames.locals(frame), page, 'named').map(({ name, index, isHidden }) => {
          frames.pushLocal(frame, index, L);
          return isHidden
            ? this.taken(L, `${name} (shadowed)`, undefined, undefined, true)
            : this.taken(L, name, name, frame);
        });
      }
      case 'arguments':
      case 'varargs': {
        const { frame, kind } = container;
        const isVararg = kind === 'varargs';
        const count = isVararg ? frames.varargCount(frame) : frames.argumentCount(frame);
        const numbers = Array.from({ length: count }, (_, i) => i + 1);
        return paged(numbers, page, 'indexed').map((n) => {
          frames.pushLocal(frame, isVararg ? -n : n, L);
          const expression = isVararg ? `(select(${n}, ...))` : undefined;
          return this.taken(L, `[${n}]`, expression, frame, !isVararg);
        });
      }
      case 'upvalues': {
        const { frame } = container;
        const upvalues = frames.upvalues(frame).filter(({ name }) => name !== ENVIRONMENT);
        return paged(upvalues, page, 'named').map(({ name, index }) => {
          frames.pushUpvalue(frame, index, L);
          const isHidden = frames.visibleLocal(frame, name) !== undefined;
          return isHidden
            ? this.taken(L, `${name} (shadowed)`, undefined, undefined, true)
            : this.taken(L, name, name, frame);
        });
      }
      case 'globals': {
        const { frame } = container;
        return paged(this.globalNames(frame), page, 'named').map((name) => {
          frames.pushEnvironment(frame, L);
          vm.pushText(L, name);
          vm.rawGet(L, -2);
          vm.remove(L, -2);
          const expression = isLuaName(name) ? name : `_G[${textLiteral(name)}]`;
          return this.taken(L, name, expression, frame);
        });
      }
      case 'described':
        return this.described.children(container.value, page);
      case 'value':
        this.parts.scratch.pushAnchored(container.anchor);
        return this.insideOfTop(L, container, page);
    }
  }

  /** The children of the value on top of the stack. */
  private insideOfTop(
    L: LuaState,
    container: Extract<Container, { kind: 'value' }>,
    page: Page,
  ): Variable[] {
    const { vm, texts } = this.parts;
    const { anchor } = container;
    switch (vm.type(L, -1)) {
      case LuaType.table:
        return this.tableChildren(L, container, page);
      case LuaType.string: {
        const bytes = vm.toBytes(L, -1)?.length ?? 0;
        const whole = { name: '(whole)', value: texts.whole(L, -1), type: 'string', ref: 0 };
        const size = { name: '(bytes)', value: String(bytes), type: 'integer', ref: 0 };
        return paged([size, whole], page, 'named').map((child) => ({ ...child, readOnly: true }));
      }
      case LuaType.function:
        return paged(this.upvaluesOfTop(L), page, 'named').map(({ name, index }) => {
          this.parts.scratch.pushAnchored(anchor);
          vm.getUpvalue(L, -1, index);
          vm.remove(L, -2);
          return this.taken(L, name, undefined, undefined, true);
        });
      case LuaType.userdata: {
        const object = vm.toObject(L, -1);
        const fields = isDescribed(object) ? object.describe().fields : [];
        return this.described.fields(fields, page);
      }
      default:
        return [];
    }
  }

  private tableChildren(
    L: LuaState,
    container: Extract<Container, { kind: 'value' }>,
    page: Page,
  ): Variable[] {
    const { vm } = this.parts;
    const { expression, frame, anchor } = container;
    const { named, length } = this.members.of(L, anchor);
    const inside = (suffix: string | undefined): string | undefined =>
      expression === undefined || suffix === undefined ? undefined : `${expression}${suffix}`;
    const children: (() => Variable)[] = [];
    if (page.filter !== 'indexed') {
      for (const member of named) {
        children.push(() => {
          this.members.pushValue(L, member);
          return this.taken(L, member.name, inside(member.suffix), frame);
        });
      }
      if (this.members.hasMetatable(L)) {
        children.push(() => {
          vm.getMetatable(L, -1);
          const wrapped = expression === undefined ? undefined : `getmetatable(${expression})`;
          return this.taken(L, METATABLE, wrapped, frame, true);
        });
      }
    }
    // The sequence comes last and is not listed: it may be long.
    const before = children.length;
    const total = before + (page.filter === 'named' ? 0 : length);
    const start = page.start ?? 0;
    const end = page.count === undefined || page.count === 0 ? total : start + page.count;
    const result: Variable[] = [];
    for (let i = start; i < Math.min(end, total); i++) {
      const child = children[i];
      if (child !== undefined) {
        result.push(child());
        continue;
      }
      const index = i - before + 1;
      vm.rawGetIndex(L, -1, index);
      result.push(this.taken(L, `[${index}]`, inside(`[${index}]`), frame));
    }
    return result;
  }

  private upvaluesOfTop(L: LuaState): { name: string; index: number }[] {
    const { vm } = this.parts;
    const upvalues: { name: string; index: number }[] = [];
    if (vm.nativeFunction(L, -1) !== undefined) return upvalues;
    for (let index = 1; ; index++) {
      const name = vm.getUpvalue(L, -1, index);
      if (name === undefined) return upvalues;
      vm.pop(L, 1);
      if (name !== ENVIRONMENT) upvalues.push({ name, index });
    }
  }

  /** How much there is inside the value on top of the stack; undefined: nothing. */
  private sizeOfTop(L: LuaState): { named?: number; indexed?: number } | undefined {
    const { vm } = this.parts;
    switch (vm.type(L, -1)) {
      case LuaType.table:
        return this.members.sizeOfTop(L);
      case LuaType.string:
        return isCut(vm.rawLength(L, -1)) ? { named: 2 } : undefined;
      case LuaType.function: {
        const named = this.upvaluesOfTop(L).length;
        return named === 0 ? undefined : { named };
      }
      case LuaType.userdata: {
        const object = vm.toObject(L, -1);
        const named = isDescribed(object) ? object.describe().fields.length : 0;
        return named === 0 ? undefined : { named };
      }
      default:
        return undefined;
    }
  }

  /** Describes the value on top of the stack and pops it. */
  private taken(
    L: LuaState,
    name: string,
    expression: string | undefined,
    frame: FramePlace | undefined,
    readOnly = false,
  ): Variable {
    const variable = this.describe(L, name, expression, frame, readOnly);
    this.parts.vm.pop(L, 1);
    return variable;
  }
}
