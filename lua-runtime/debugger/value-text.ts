/** How Lua values read on one line. Calls no metamethod. */
import { KEYWORDS } from '../analysis/syntax/lexer.ts';
import { LuaType } from '../vm/lua-vm.ts';
import type { LuaState, LuaVm } from '../vm/lua-vm.ts';
import { decodeUtf8Strictly } from '../vm/platform.ts';

const MAX_TEXT = 200;
const MAX_PREVIEW_TEXT = 32;
const MAX_PREVIEW = 100;
/** Members of a table that are looked at for its preview. */
const MAX_LOOKED_AT = 1000;

/** A key or value that is part of a line: what `VariableStore` names and shows. */
export interface ValueText {
  readonly value: string;
  /** `string`, `integer`, `float`, `table`, `Message`. */
  readonly type: string;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a text can stand as a name in Lua code. */
export function isLuaName(text: string): boolean {
  return NAME.test(text) && !KEYWORDS.has(text);
}

const ESCAPES: { readonly [character: string]: string } = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
};

/** A string as a Lua literal; bytes that are not UTF-8 as escapes, with their number after it. */
export function stringLiteral(bytes: Uint8Array, limit = Number.POSITIVE_INFINITY): string {
  const text = decodeUtf8Strictly(bytes);
  if (text === undefined) return byteLiteral(bytes, limit);
  return textLiteral(text, limit);
}

export function textLiteral(text: string, limit = Number.POSITIVE_INFINITY): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const cut = cutText(text, limit);
  let literal = '';
  for (const character of cut) literal += escaped(character, quote);
  return `${quote}${literal}${cut.length < text.length ? '…' : ''}${quote}`;
}

/** Never between the halves of a character. */
function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isHigh = (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800;
  return text.slice(0, isHigh ? limit - 1 : limit);
}

function escaped(character: string, quote: string): string {
  if (character === quote) return `\\${character}`;
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? hexEscape(code) : character;
}

function byteLiteral(bytes: Uint8Array, limit: number): string {
  const shown = bytes.length > limit ? bytes.subarray(0, limit) : bytes;
  let literal = '';
  for (const byte of shown) {
    literal += byte < 0x80 ? escaped(String.fromCharCode(byte), '"') : hexEscape(byte);
  }
  const more = shown.length < bytes.length ? '…' : '';
  const unit = bytes.length === 1 ? 'byte' : 'bytes';
  return `"${literal}${more}" (${bytes.length} ${unit})`;
}

function hexEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** Whether `shownValue` cuts a string of so many bytes. */
export function isCut(bytes: number): boolean {
  return bytes > MAX_TEXT;
}

export interface ValueTextParts {
  readonly vm: LuaVm;
  /** `sender:send, init.lua:12` for the function on top of the stack. */
  readonly functionText: (L: LuaState) => string;
  readonly threadText: (thread: LuaState) => string;
  /** For the userdata on top of the stack. */
  readonly userdataText: (L: LuaState) => ValueText;
}

export class ValueTexts {
  private readonly parts: ValueTextParts;

  constructor(parts: ValueTextParts) {
    this.parts = parts;
  }

  /** The value at `index`. */
  shown(L: LuaState, index: number): ValueText {
    const { vm } = this.parts;
    switch (vm.type(L, index)) {
      case LuaType.none:
      case LuaType.nil:
        return { value: 'nil', type: 'nil' };
      case LuaType.boolean:
        return { value: String(vm.toBoolean(L, index)), type: 'boolean' };
      case LuaType.number:
        return {
          value: vm.toDisplayText(L, index),
          type: vm.isInteger(L, index) ? 'integer' : 'float',
        };
      case LuaType.string:
        return { value: this.stringText(L, index, MAX_TEXT), type: 'string' };
      case LuaType.table:
        return { value: this.tableText(L, index), type: 'table' };
      default:
        return this.otherText(L, index);
    }
  }

  /** The same without a limit for strings. */
  whole(L: LuaState, index: number): string {
    const { vm } = this.parts;
    if (vm.type(L, index) !== LuaType.string) return this.shown(L, index).value;
    return this.stringText(L, index, Number.POSITIVE_INFINITY);
  }

  /** A key as it stands in a table constructor: `name`, `["two words"]`, `[1.5]`, `[table]`. */
  keyText(L: LuaState, index: number): string {
    const { vm } = this.parts;
    if (vm.type(L, index) === LuaType.string) {
      const text = decodeUtf8Strictly(vm.toBytes(L, index) ?? new Uint8Array());
      if (text !== undefined && isLuaName(text)) return text;
    }
    return `[${this.brief(L, index)}]`;
  }

  private stringText(L: LuaState, index: number, limit: number): string {
    return stringLiteral(this.parts.vm.toBytes(L, index) ?? new Uint8Array(), limit);
  }

  /** Inside a preview. */
  private brief(L: LuaState, index: number): string {
    const { vm } = this.parts;
    switch (vm.type(L, index)) {
      case LuaType.string:
        return this.stringText(L, index, MAX_PREVIEW_TEXT);
      case LuaType.table: {
        const at = vm.absIndex(L, index);
        vm.pushNil(L);
        const isEmpty = !vm.next(L, at);
        if (!isEmpty) vm.pop(L, 2);
        return isEmpty ? '{}' : '{…}';
      }
      case LuaType.function:
        return 'function';
      case LuaType.thread:
        return 'thread';
      case LuaType.userdata:
      case LuaType.lightUserdata:
        return this.otherText(L, index).type;
      default:
        return this.shown(L, index).value;
    }
  }

  private tableText(L: LuaState, index: number): string {
    const { vm } = this.parts;
    const at = vm.absIndex(L, index);
    const length = vm.rawLength(L, at);
    const parts: string[] = [];
    for (let i = 1; i <= Math.min(length, MAX_PREVIEW); i++) {
      vm.rawGetIndex(L, at, i);
      parts.push(this.brief(L, -1));
      vm.pop(L, 1);
    }
    const named = this.namedParts(L, at, length);
    if (named === undefined) return `table, more than ${MAX_LOOKED_AT} fields`;
    parts.push(...named);
    if (parts.length === 0) return '{}';
    return joined(parts, length > MAX_PREVIEW);
  }

  /** What is not in the sequence, by name; undefined when it is too much to look at. */
  private namedParts(L: LuaState, at: number, length: number): string[] | undefined {
    const { vm } = this.parts;
    const named: string[] = [];
    let lookedAt = 0;
    vm.pushNil(L);
    while (vm.next(L, at)) {
      if (++lookedAt > MAX_LOOKED_AT) {
        vm.pop(L, 2);
        // A long sequence has no room for names anyway.
        return length > MAX_PREVIEW ? [] : undefined;
      }
      if (!isSequenceKey(vm, L, -2, length)) {
        named.push(`${this.keyText(L, -2)} = ${this.brief(L, -1)}`);
      }
      vm.pop(L, 1);
    }
    return named.sort(compareText);
  }

  private otherText(L: LuaState, index: number): ValueText {
    const { vm, functionText, threadText, userdataText } = this.parts;
    const thread = vm.toThread(L, index);
    if (thread !== undefined) return { value: threadText(thread), type: 'thread' };
    vm.pushValue(L, index);
    const isFunction = vm.type(L, -1) === LuaType.function;
    const shown = isFunction
      ? { value: `function ${functionText(L)}`, type: 'function' }
      : userdataText(L);
    vm.pop(L, 1);
    return shown;
  }
}

/** Whether the key at `index` is one of 1 … `length`. */
export function isSequenceKey(vm: LuaVm, L: LuaState, index: number, length: number): boolean {
  if (vm.type(L, index) !== LuaType.number || !vm.isInteger(L, index)) return false;
  const key = vm.toInteger(L, index) ?? 0;
  return key >= 1 && key <= length;
}

/** By code units, the same everywhere. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function joined(parts: readonly string[], isCutOff: boolean): string {
  let text = '{ ';
  for (const [i, part] of parts.entries()) {
    const addition = i === 0 ? part : `, ${part}`;
    if (text.length + addition.length > MAX_PREVIEW && i > 0) return `${text}, … }`;
    text += addition;
  }
  return isCutOff ? `${text}, … }` : `${text} }`;
}
