/** What can be written at a place of a data file: names of tables and fields, and values. */
import type { Position } from '../analysis-contract.ts';
import type { FieldEntry } from '../catalogue/catalogue-contract.ts';
import { findTable } from '../catalogue/catalogue.ts';
import { membersOf, tablesOf, resolvedType } from '../catalogue/resolve-type.ts';
import type { TypeNode } from '../catalogue/type-text.ts';
import { describeEntry, describeField } from '../language/describe-entry.ts';
import { itemOf, literals, type Proposal } from '../language/proposal.ts';
import { LineMap } from '../line-map.ts';
import { CompletionKind, type CompletionItem } from '../lsp-types.ts';
import type { Span } from '../syntax/syntax-tree.ts';
import { fieldAt, rootTable, typeAt } from './data-types.ts';
import type { HelperFile } from './helper-file.ts';
import { namesOfKeys, namesOfValue, type KnownNames } from './known-names.ts';
import type { DataDocument, DataPath, DataTable, KeyPlace } from './syntax/data-tree.ts';
import { tableAt, valueAt } from './syntax/find-place.ts';

export interface CompletionContext {
  readonly helper: HelperFile;
  readonly document: DataDocument;
  readonly names: KnownNames;
  readonly kumomta: string | undefined;
}

export function dataCompletions(context: CompletionContext, position: Position): CompletionItem[] {
  const { document } = context;
  const lines = new LineMap(document.text);
  const offset = lines.offset(position);
  if (document.comments.some(({ start, end }) => start < offset && offset <= end)) return [];
  const { at, proposals } = new DataProposals(context, offset).found();
  return proposals.map((proposal, i) => itemOf(proposal, i, lines, at));
}

interface Found {
  readonly at: Span;
  readonly proposals: readonly Proposal[];
}

/** Samples where a grammar, and no list, says what is right. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  duration: ['30s', '5m', '1h', '1 day', '7 days'],
  throttle: ['10/s', '1000/m', '10000/h', '100/s,max_burst=1'],
};

class DataProposals {
  readonly #context: CompletionContext;
  readonly #offset: number;

  constructor(context: CompletionContext, offset: number) {
    this.#context = context;
    this.#offset = offset;
  }

  found(): Found {
    const { document } = this.#context;
    const here = { start: this.#offset, end: this.#offset };
    const place = document.keys.find(
      ({ key }) => key.start <= this.#offset && this.#offset <= key.end,
    );
    if (place !== undefined) return { at: place.key.content, proposals: this.#keys(place) };
    const value = valueAt(document, this.#offset);
    if (value === undefined) return { at: here, proposals: this.#blankLine() };
    const { value: found, path } = value;
    switch (found.kind) {
      case 'table':
        return { at: here, proposals: this.#newFields(found) };
      case 'array':
        return { at: here, proposals: this.#values([...path, found.items.length], 'quoted') };
      case 'string':
        return { at: found.content, proposals: this.#values(path, 'content') };
      default:
        return { at: found, proposals: this.#values(path, 'quoted') };
    }
  }

  /** In place of a key. */
  #keys({ key, parent, role }: KeyPlace): Proposal[] {
    const isQuoted = key.content.start !== key.start;
    const names = this.#names(parent, key.text).map(({ insert: _, ...rest }): Proposal =>
      isQuoted ? rest : { ...rest, insert: keyText(rest.label) },
    );
    if (role === 'header') {
      return [...this.#fields(parent, key.text).filter(isTableField).map(this.#bare), ...names];
    }
    const { text, format } = this.#context.document;
    const isFollowed = format === 'json' || /^\s*[=.]/.test(text.slice(key.end));
    const fields = this.#fields(parent, key.text).map((field) =>
      isFollowed || isQuoted ? this.#bare(field) : this.#assigned(field),
    );
    return [...fields, ...names];
  }

  /** On a line of its own, in the table of the header above. */
  #blankLine(): Proposal[] {
    const { document, helper } = this.#context;
    if (document.format === 'json') return [];
    const lineStart = document.text.lastIndexOf('\n', this.#offset - 1) + 1;
    if (document.text.slice(lineStart, this.#offset).trim() !== '') return [];
    const headers = rootTable(helper)
      .fields.filter(isTableField)
      .map((field): Proposal => {
        const isMap = membersOf(resolvedType(field.type)).some(({ kind }) => kind === 'map');
        return {
          label: isMap ? `[${field.name}.…]` : `[${field.name}]`,
          kind: CompletionKind.module,
          documentation: describeField(field, this.#context.kumomta),
          insert: isMap ? `[${field.name}.` : `[${field.name}]`,
        };
      });
    return [...this.#newFields(tableAt(document, this.#offset)), ...headers];
  }

  #newFields(table: DataTable): Proposal[] {
    return this.#fields(table.path, undefined)
      .filter((field) => table.notation === 'braces' || !isTableField(field))
      .map((field) => this.#assigned(field));
  }

  /** The fields of a table that are not written yet, the required ones first. */
  #fields(parent: DataPath, touched: string | undefined): FieldEntry[] {
    const { helper, document } = this.#context;
    const type = typeAt(helper, parent);
    if (type === undefined) return [];
    const written = new Set(
      document.keys.flatMap((place) =>
        place.role === 'field' && place.key.text !== touched && isSame(place.parent, parent)
          ? [place.key.text]
          : [],
      ),
    );
    const known = tablesOf(type).flatMap(({ fields }) => fields);
    const missing = known.filter(({ name }) => !written.has(name));
    return [
      ...missing.filter(({ required }) => required === true),
      ...missing.filter(
        ({ required, deprecated }) => required !== true && deprecated === undefined,
      ),
      ...missing.filter(({ deprecated }) => deprecated !== undefined),
    ];
  }

  #names(parent: DataPath, touched: string): Proposal[] {
    const { helper, names } = this.#context;
    return [...namesOfKeys(helper, parent, names)]
      .filter((name) => name !== touched)
      .map((label) => ({ label, kind: CompletionKind.value, detail: 'known name' }));
  }

  readonly #bare = (field: FieldEntry): Proposal => ({
    label: field.name,
    kind: CompletionKind.property,
    detail: detailOf(field),
    documentation: describeField(field, this.#context.kumomta),
    deprecated: field.deprecated !== undefined,
  });

  #assigned(field: FieldEntry): Proposal {
    const isJson = this.#context.document.format === 'json';
    return { ...this.#bare(field), insert: isJson ? `"${field.name}": ` : `${field.name} = ` };
  }

  /** @param form `content`: between quotes that are there */
  #values(path: DataPath, form: 'content' | 'quoted'): Proposal[] {
    const { helper, names, kumomta } = this.#context;
    const type = typeAt(helper, path);
    if (type === undefined) return [];
    const field = fieldAt(helper, path.slice(0, -1), String(path.at(-1)));
    const named = [...namesOfValue(path, names)].map((label): Proposal => ({
      label,
      kind: CompletionKind.variable,
      detail: 'known name',
    }));
    const paths =
      field?.table.name === 'ShapingNameValue' && field.field.name === 'name'
        ? pathFields(kumomta)
        : [];
    const all = [...named, ...paths, ...literals(type), ...samples(type, field?.field)];
    return form === 'content'
      ? all.filter(({ isBare }) => isBare !== true)
      : all.map(({ isBare, ...rest }) =>
          isBare === true ? rest : { ...rest, insert: `"${rest.label}"` },
        );
  }
}

/** Fields that automation can set. */
function pathFields(kumomta: string | undefined): Proposal[] {
  return (findTable('EgressPathParameters')?.fields ?? []).map((field) => ({
    label: field.name,
    kind: CompletionKind.property,
    detail: detailOf(field),
    documentation: describeField(field, kumomta),
  }));
}

function samples(type: TypeNode, field: FieldEntry | undefined): Proposal[] {
  const names = membersOf(type).flatMap((member) => (member.kind === 'name' ? [member.name] : []));
  const known = names.flatMap((name) => SAMPLES[name] ?? []);
  if (known.length === 0) return [];
  const preset = field?.default === undefined || field.default === 'nil' ? [] : [field.default];
  return [...new Set([...preset, ...known])].map((label) => ({
    label,
    kind: CompletionKind.value,
    detail: preset.includes(label) ? 'default' : 'for instance',
    ...(field === undefined ? {} : { documentation: describeEntry(undefined, field, undefined) }),
  }));
}

/** Written as a table of its own rather than behind `=`. */
function isTableField({ type }: FieldEntry): boolean {
  const members = membersOf(resolvedType(type));
  return members.every((member) => member.kind === 'map' || tablesOf(member).length > 0);
}

function detailOf({ type, required, default: preset }: FieldEntry): string {
  return `${type}${required === true ? ', required' : ''}${preset === undefined ? '' : `, default ${preset}`}`;
}

function keyText(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}

function isSame(a: DataPath, b: DataPath): boolean {
  return a.length === b.length && a.every((step, i) => step === b[i]);
}
