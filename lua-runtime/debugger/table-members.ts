/** The fields of tables in an order that is always the same: by name, then the other keys, then 1, 2, 3 … */
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { decodeUtf8Strictly } from '../vm/platform.ts';
import type { ValueTexts } from './value-text.ts';
import { compareText, isLuaName, isSequenceKey, textLiteral } from './value-text.ts';

/** A field that is not part of the sequence. */
export interface NamedMember {
  /** As it is shown: `close`, `["two words"]`, `[1.5]`, `[table]`. */
  readonly name: string;
  /** What follows the table in an expression; undefined for keys that cannot be written down. */
  readonly suffix: string | undefined;
  readonly key: MemberKey;
}

/** How the key is found again: by value, or by its place in Lua's own order. */
type MemberKey = { readonly bytes: Uint8Array } | { readonly position: number };

interface Members {
  readonly named: readonly NamedMember[];
  readonly length: number;
}

/** Fields beyond these are only counted: nobody looks through so many. */
const MAX_NAMED = 100_000;
/** Counting fields of a table that is only listed goes so far. */
const MAX_COUNTED = 1_000;

export class TableMembers {
  private readonly vm: LuaVm;
  private readonly texts: ValueTexts;
  /** By anchor; a table does not change while one looks at it, except through the debugger. */
  private readonly known = new Map<number, Members>();

  constructor(vm: LuaVm, texts: ValueTexts) {
    this.vm = vm;
    this.texts = texts;
  }

  release(): void {
    this.known.clear();
  }

  /** Of the table on top of the stack, which is anchored under this number. */
  of(L: LuaState, anchor: number): Members {
    let members = this.known.get(anchor);
    if (members === undefined) {
      members = this.read(L);
      this.known.set(anchor, members);
    }
    return members;
  }

  hasMetatable(L: LuaState): boolean {
    if (!this.vm.getMetatable(L, -1)) return false;
    this.vm.pop(L, 1);
    return true;
  }

  /** Pushes the value of a member of the table on top of the stack. */
  pushValue(L: LuaState, { key }: NamedMember): void {
    const { vm } = this;
    if ('bytes' in key) {
      vm.pushBytes(L, key.bytes);
      vm.rawGet(L, -2);
      return;
    }
    vm.pushNil(L);
    for (let i = 0; vm.next(L, -2); i++) {
      if (i === key.position) {
        vm.remove(L, -2);
        return;
      }
      vm.pop(L, 1);
    }
    vm.pushNil(L);
  }

  /** How many there are; undefined for an empty table without a metatable. `named` only where few. */
  sizeOfTop(L: LuaState): { named?: number; indexed?: number } | undefined {
    const { vm } = this;
    const length = vm.rawLength(L, -1);
    let named = this.hasMetatable(L) ? 1 : 0;
    let looked = 0;
    vm.pushNil(L);
    while (vm.next(L, -2)) {
      if (++looked > MAX_COUNTED) {
        vm.pop(L, 2);
        return { indexed: length };
      }
      if (!isSequenceKey(vm, L, -2, length)) named++;
      vm.pop(L, 1);
    }
    return named + length === 0 ? undefined : { named, indexed: length };
  }

  private read(L: LuaState): Members {
    const { vm } = this;
    const length = vm.rawLength(L, -1);
    const named: NamedMember[] = [];
    const others: NamedMember[] = [];
    vm.pushNil(L);
    for (let position = 0; vm.next(L, -2); position++) {
      if (named.length + others.length >= MAX_NAMED) {
        vm.pop(L, 2);
        break;
      }
      if (!isSequenceKey(vm, L, -2, length)) {
        if (vm.type(L, -2) === LuaType.string) named.push(this.stringMember(L));
        else others.push(this.otherMember(L, position));
      }
      vm.pop(L, 1);
    }
    named.sort((a, b) => compareText(a.name, b.name));
    // Numbers by value, then the rest in Lua's order, which is all there is.
    others.sort((a, b) => orderOf(a) - orderOf(b));
    return { named: [...named, ...others], length };
  }

  /** With its key below the top of the stack. */
  private stringMember(L: LuaState): NamedMember {
    const bytes = this.vm.toBytes(L, -2) ?? new Uint8Array();
    const text = decodeUtf8Strictly(bytes);
    const name = this.texts.keyText(L, -2);
    if (text === undefined) return { name, suffix: undefined, key: { bytes } };
    const suffix = isLuaName(text) ? `.${text}` : `[${textLiteral(text)}]`;
    return { name, suffix, key: { bytes } };
  }

  private otherMember(L: LuaState, position: number): NamedMember {
    const { vm } = this;
    const name = this.texts.keyText(L, -2);
    const type = vm.type(L, -2);
    const isWritable = type === LuaType.boolean || (type === LuaType.number && /\d/.test(name));
    return { name, suffix: isWritable ? name : undefined, key: { position } };
  }
}

function orderOf({ name }: NamedMember): number {
  const number = Number(name.slice(1, -1));
  return Number.isNaN(number) ? Number.MAX_VALUE : number;
}
