/**
 * What an expression can be, as far as the text tells. Several values mean "one of these"; `unknown` among
 * them means that it can be anything else too, and then no check may rely on it.
 */
import type { FunctionEntry, ModuleEntry, ObjectEntry } from '../catalogue/catalogue-contract.ts';
import type { FunctionExpression, TableExpression } from '../syntax/syntax-tree.ts';
import type { SourceFile } from './source-file.ts';

export type Value =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nil' }
  | { readonly kind: 'boolean'; readonly value?: boolean }
  | { readonly kind: 'number'; readonly value?: number }
  | { readonly kind: 'string'; readonly value?: string }
  | FunctionValue
  | TableValue
  | ModuleValue
  | ApiFunctionValue
  | ObjectValue
  | ArrayValue
  | LibraryValue;

/** A function of the policy. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly file: SourceFile;
  readonly fn: FunctionExpression;
}

/** A table that the policy makes at one place of its text. */
export interface TableValue {
  readonly kind: 'table';
  readonly file: SourceFile;
  readonly table: TableExpression;
}

/** What `require` gives for a module of KumoMTA, or one of its sub-modules. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly module: ModuleEntry;
}

export interface ApiFunctionValue {
  readonly kind: 'api-function';
  /** `kumo.reject`, `Message:get_meta`. */
  readonly fullName: string;
  readonly entry: FunctionEntry;
}

/** An object of KumoMTA: a message, a client. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly object: ObjectEntry;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly elements: Values;
}

/** A function of Lua's own libraries, by its full name: `error`, `string.format`. */
export interface LibraryValue {
  readonly kind: 'library';
  readonly name: string;
}

export type Values = readonly Value[];

export const UNKNOWN: Values = [{ kind: 'unknown' }];
export const NIL: Values = [{ kind: 'nil' }];

/** The union, without repeating values that are the same. */
export function either(...all: readonly Values[]): Values {
  const result: Value[] = [];
  for (const values of all) {
    for (const value of values)
      if (!result.some((known) => isSame(known, value))) result.push(value);
  }
  return result;
}

function isSame(a: Value, b: Value): boolean {
  switch (a.kind) {
    case 'boolean':
    case 'number':
    case 'string':
      return b.kind === a.kind && b.value === a.value;
    case 'function':
      return b.kind === 'function' && b.fn === a.fn;
    case 'table':
      return b.kind === 'table' && b.table === a.table;
    case 'module':
      return b.kind === 'module' && b.module === a.module;
    case 'api-function':
      return b.kind === 'api-function' && b.entry === a.entry;
    case 'object':
      return b.kind === 'object' && b.object === a.object;
    case 'library':
      return b.kind === 'library' && b.name === a.name;
    case 'array':
      return a === b;
    default:
      return a.kind === b.kind;
  }
}

export function mayBeUnknown(values: Values): boolean {
  return values.some(({ kind }) => kind === 'unknown');
}

/** What is left of the values behind `if value then`. */
export function truthy(values: Values): Values {
  return values.filter(
    (value) => value.kind !== 'nil' && !(value.kind === 'boolean' && value.value === false),
  );
}

/** What is left of them behind `if not value then`. */
export function falsy(values: Values): Values {
  return values.flatMap((value): Values => {
    if (value.kind === 'nil') return [value];
    if (value.kind === 'unknown') return [{ kind: 'nil' }, { kind: 'boolean', value: false }];
    if (value.kind !== 'boolean' || value.value === true) return [];
    return [{ kind: 'boolean', value: false }];
  });
}

/** The text, when the values are one known string and nothing else. */
export function knownText(values: Values): string | undefined {
  const [only] = values;
  return values.length === 1 && only?.kind === 'string' ? only.value : undefined;
}
