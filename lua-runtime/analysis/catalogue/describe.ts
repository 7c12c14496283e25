/**
 * What the data files are written with: one call describes one entry, with its signature as text
 * (`(domain: string, tenant?: string): QueueConfig`) and its page derived from a folder.
 */
import type {
  AliasEntry,
  Availability,
  Catalogue,
  EventEntry,
  FieldEntry,
  FunctionEntry,
  MemberField,
  ModuleEntry,
  ObjectEntry,
  Parameter,
  PolicyNamedEvent,
  TableEntry,
  TypeText,
} from './catalogue-contract.ts';
import { parseSignature, typeToText } from './type-text.ts';

/** What one data file adds. A module that several files describe is put together from them. */
export type CataloguePart = Partial<Omit<Catalogue, 'kumomta'>>;

interface DescribedOptions {
  /** Under the folder of the page; `null` when KumoMTA has no page for it. */
  readonly page?: string | null;
  readonly since?: string;
  readonly deprecated?: { readonly since?: string; readonly use?: string };
  readonly undocumented?: true;
}

export interface FunctionOptions extends DescribedOptions {
  readonly here?: Availability;
  readonly only?: 'main-chunk' | 'init';
  readonly neverReturns?: true;
  /** What each parameter means, by name. */
  readonly about?: Readonly<Record<string, string>>;
  /** First release that takes a parameter, by name. */
  readonly aboutSince?: Readonly<Record<string, string>>;
}

export interface FieldOptions extends DescribedOptions {
  readonly default?: string;
  readonly required?: true;
}

export interface MemberOptions extends FieldOptions {
  readonly here?: Availability;
  readonly writable?: true;
}

export interface EventOptions extends DescribedOptions {
  readonly multi?: true;
  readonly mustReturn?: true;
  readonly onError: string;
  readonly onReject?: string;
  readonly firedBy?: 'tsa-daemon' | 'proxy-server';
  readonly about?: Readonly<Record<string, string>>;
  readonly aboutSince?: Readonly<Record<string, string>>;
}

/** Describes a function or method whose page is `FOLDER/NAME.md`. */
export type DescribeFunction = (
  name: string,
  signature: string,
  summary: string,
  options?: FunctionOptions,
) => FunctionEntry;

/** Describes a field whose page is `FOLDER/NAME.md`. */
export type DescribeField = (
  name: string,
  type: TypeText,
  summary: string,
  options?: FieldOptions,
) => FieldEntry;

/** @param folder `reference/kumo.amqp`; without one, entries have a page only when they name it. */
export function functionsUnder(folder: string | undefined): DescribeFunction {
  return (name, signature, summary, options = {}) => {
    const { here = 'refused', only, neverReturns, about, aboutSince } = options;
    return {
      ...described(name, summary, options, folder),
      ...signatureOf(signature, about, aboutSince),
      ...(only === undefined ? {} : { only }),
      ...(neverReturns === undefined ? {} : { neverReturns }),
      here,
    };
  };
}

/** Fields that have their own page each: `FOLDER/NAME.md`. */
export function fieldsUnder(folder: string): DescribeField {
  return (name, type, summary, options = {}) => fieldOf(name, type, summary, options, folder);
}

/** A field that its table's page describes. */
export function field(
  name: string,
  type: TypeText,
  summary: string,
  options: FieldOptions = {},
): FieldEntry {
  return fieldOf(name, type, summary, options, undefined);
}

/** A field of an object or module; refused unless `here` says otherwise. */
export function member(
  name: string,
  type: TypeText,
  summary: string,
  options: MemberOptions = {},
): MemberField {
  const { here = 'refused', writable } = options;
  return {
    ...fieldOf(name, type, summary, options, undefined),
    here,
    ...(writable === undefined ? {} : { writable }),
  };
}

export function eventsUnder(folder: string) {
  return (name: string, signature: string, summary: string, options: EventOptions): EventEntry => {
    const { multi = false, mustReturn, onError, onReject, firedBy, about, aboutSince } = options;
    return {
      ...described(name, summary, options, folder),
      ...signatureOf(signature, about, aboutSince),
      multi,
      ...(mustReturn === undefined ? {} : { mustReturn }),
      onError,
      ...(onReject === undefined ? {} : { onReject }),
      ...(firedBy === undefined ? {} : { firedBy }),
    };
  };
}

/** Named by the policy: give the page, if there is one, as a path under `reference/`. */
export function policyNamedEvent(
  name: string,
  namedBy: string,
  signature: string,
  summary: string,
  options: EventOptions & { readonly prefix?: string },
): PolicyNamedEvent {
  const event = eventsUnder('reference')(name, signature, summary, {
    ...options,
    page: options.page ?? null,
  });
  return { ...event, namedBy, ...(options.prefix === undefined ? {} : { prefix: options.prefix }) };
}

type Rest<T> = Omit<T, 'name' | 'summary'>;

export function module(
  name: string,
  summary: string,
  rest: Partial<Rest<ModuleEntry>>,
): ModuleEntry {
  return { name, summary, functions: [], fields: [], ...rest };
}

export function object(
  name: string,
  summary: string,
  rest: Partial<Rest<ObjectEntry>>,
): ObjectEntry {
  return { name, summary, methods: [], fields: [], ...rest };
}

/** Unknown fields are denied unless the rest says otherwise, as nearly everywhere in KumoMTA. */
export function table(
  name: string,
  summary: string,
  fields: readonly FieldEntry[],
  rest: Partial<Rest<TableEntry>> = {},
): TableEntry {
  return { name, summary, fields, unknownFields: 'denied', ...rest };
}

export function alias(
  name: string,
  type: TypeText,
  summary: string,
  rest: Partial<Rest<AliasEntry>> = {},
): AliasEntry {
  return { name, type, summary, ...rest };
}

function fieldOf(
  name: string,
  type: TypeText,
  summary: string,
  options: FieldOptions,
  folder: string | undefined,
): FieldEntry {
  return {
    ...described(name, summary, options, folder),
    type,
    ...(options.required === undefined ? {} : { required: options.required }),
    ...(options.default === undefined ? {} : { default: options.default }),
  };
}

function described(
  name: string,
  summary: string,
  { page, since, deprecated, undocumented }: DescribedOptions,
  folder: string | undefined,
) {
  const path = pageOf(name, page, undocumented, folder);
  return {
    name,
    summary,
    ...(path === undefined ? {} : { page: path }),
    ...(since === undefined ? {} : { since }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(undocumented === undefined ? {} : { undocumented }),
  };
}

function pageOf(
  name: string,
  page: string | null | undefined,
  undocumented: true | undefined,
  folder: string | undefined,
): string | undefined {
  if (page === null || undocumented === true) return undefined;
  if (folder === undefined) return page;
  return `${folder}/${page ?? `${name}.md`}`;
}

function signatureOf(
  signature: string,
  about: Readonly<Record<string, string>> = {},
  since: Readonly<Record<string, string>> = {},
) {
  const { parameters, variadic, returns } = parseSignature(signature);
  for (const name of [...Object.keys(about), ...Object.keys(since)]) {
    if (!parameters.some((parameter) => parameter.name === name)) {
      throw new Error(`${signature} has no parameter ${name}`);
    }
  }
  return {
    parameters: parameters.map(({ name, optional, type }): Parameter => {
      const summary = about[name];
      const first = since[name];
      return {
        name,
        type: typeToText(type),
        ...(optional ? { optional } : {}),
        ...(summary === undefined ? {} : { summary }),
        ...(first === undefined ? {} : { since: first }),
      };
    }),
    returns: returns.map(typeToText),
    ...(variadic === undefined ? {} : { variadic: typeToText(variadic) }),
  };
}
