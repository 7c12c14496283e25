/** The insides of host objects, which are plain data and no Lua values. */
import type { DescribedValue } from '../vm/described-object.ts';
import type { Variable } from './debugger-contract.ts';
import { paged } from './paging.ts';
import type { Page } from './paging.ts';
import { isLuaName, stringLiteral, textLiteral } from './value-text.ts';

const MAX_TEXT = 200;
const MAX_PREVIEW = 100;

export class DescribedValues {
  private readonly refOf: (value: DescribedValue) => number;

  /** @param refOf gives a number by which the children of a value are asked for. */
  constructor(refOf: (value: DescribedValue) => number) {
    this.refOf = refOf;
  }

  fields(fields: readonly (readonly [string, DescribedValue])[], page: Page): Variable[] {
    return paged(fields, page, 'named').map(([name, value]) => this.describe(name, value));
  }

  children(value: DescribedValue, page: Page): Variable[] {
    if (typeof value === 'string' || value instanceof Uint8Array) {
      const whole = literal(value, Number.POSITIVE_INFINITY);
      return paged([this.variable('(whole)', whole, 'string', 0)], page, 'named');
    }
    if (isList(value)) {
      return paged([...value.entries()], page, 'indexed').map(([i, item]) =>
        this.describe(`[${i + 1}]`, item),
      );
    }
    if (typeof value !== 'object' || value === null) return [];
    return this.fields(Object.entries(value), page);
  }

  private describe(name: string, value: DescribedValue): Variable {
    if (isList(value)) {
      const ref = value.length === 0 ? 0 : this.refOf(value);
      return { ...this.variable(name, preview(value), 'table', ref), indexed: value.length };
    }
    if (typeof value === 'string' || value instanceof Uint8Array) {
      const isLong = value.length > MAX_TEXT;
      return this.variable(
        name,
        literal(value, MAX_TEXT),
        'string',
        isLong ? this.refOf(value) : 0,
      );
    }
    if (typeof value === 'object' && value !== null) {
      const count = Object.keys(value).length;
      const ref = count === 0 ? 0 : this.refOf(value);
      return { ...this.variable(name, preview(value), 'table', ref), named: count };
    }
    return this.variable(name, scalar(value), typeOf(value), 0);
  }

  private variable(name: string, value: string, type: string, ref: number): Variable {
    return { name, value, type, ref, readOnly: true };
  }
}

function isList(value: DescribedValue): value is readonly DescribedValue[] {
  return Array.isArray(value);
}

function literal(value: string | Uint8Array, limit: number): string {
  return typeof value === 'string' ? textLiteral(value, limit) : stringLiteral(value, limit);
}

function scalar(value: null | boolean | number): string {
  return value === null ? 'nil' : String(value);
}

function typeOf(value: null | boolean | number): string {
  if (value === null) return 'nil';
  if (typeof value === 'boolean') return 'boolean';
  return Number.isInteger(value) ? 'integer' : 'float';
}

function preview(value: DescribedValue, depth = 0): string {
  if (typeof value === 'string' || value instanceof Uint8Array) return literal(value, 32);
  if (typeof value !== 'object' || value === null) return scalar(value);
  const items = isList(value)
    ? value.map((item) => preview(item, depth + 1))
    : Object.entries(value).map(
        ([name, item]) =>
          `${isLuaName(name) ? name : `[${textLiteral(name)}]`} = ${preview(item, depth + 1)}`,
      );
  if (items.length === 0) return '{}';
  if (depth > 0) return '{…}';
  let text = items[0] ?? '';
  for (const item of items.slice(1)) {
    if (text.length + item.length > MAX_PREVIEW) {
      text += ', …';
      break;
    }
    text += `, ${item}`;
  }
  return `{ ${text} }`;
}
