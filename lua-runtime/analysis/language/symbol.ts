/** What a place of a policy's text names, and every other place that names the same. */
import { walk, pathTo, type Node } from '../syntax/walk.ts';
import type { Expression, Span, StringExpression } from '../syntax/syntax-tree.ts';
import type { LocalBinding } from '../scopes/bindings.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import type { SourceFile } from '../values/source-file.ts';
import { knownText, type TableValue, type Value } from '../values/value.ts';

export type PolicySymbol =
  | { readonly kind: 'local'; readonly file: SourceFile; readonly binding: LocalBinding }
  | { readonly kind: 'global'; readonly name: string }
  /** A field of tables that the policy makes. */
  | { readonly kind: 'field'; readonly name: string; readonly tables: readonly TableValue[] }
  /** An event whose name the policy chose: a constructor. */
  | { readonly kind: 'event'; readonly name: string }
  /** A file of the policy, by what `require` is given. */
  | { readonly kind: 'module'; readonly file: SourceFile };

export interface NamedPlace {
  readonly symbol: PolicySymbol;
  /** What of the text is the name. */
  readonly span: Span;
}

export interface Occurrence {
  readonly file: SourceFile;
  readonly span: Span;
  readonly isDefinition: boolean;
}

/** Fields that name events. */
const NAMING_FIELDS = new Set(['constructor', 'event_name']);

/** What the text names at an offset; undefined for what is no name of the policy's own. */
export function symbolAt(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  offset: number,
): NamedPlace | undefined {
  const declared = file.bindings.locals.find(
    ({ declaration }) => declaration !== undefined && holds(declaration, offset),
  );
  if (declared?.declaration !== undefined) {
    return { symbol: { kind: 'local', file, binding: declared }, span: declared.declaration };
  }
  const path = pathTo(file.chunk, offset);
  const node = path.at(-1) as Node;
  if (node.kind === 'Name') return { symbol: nameSymbol(file, node), span: node };
  if (node.kind === 'String') return stringPlace(evaluator, file, node, path);
  for (const each of path.toReversed()) {
    if ((each.kind === 'Member' || each.kind === 'MethodCall') && holds(each.nameSpan, offset)) {
      const tables = tablesAmong(evaluator.valuesOf(file, each.object));
      if (tables.length === 0) return undefined;
      return { symbol: { kind: 'field', name: each.name, tables }, span: each.nameSpan };
    }
    if (each.kind === 'NamedField' && holds(each.nameSpan, offset)) {
      const table = path[path.indexOf(each) - 1];
      if (table?.kind !== 'Table') return undefined;
      const value: TableValue = { kind: 'table', file, table };
      return { symbol: { kind: 'field', name: each.name, tables: [value] }, span: each.nameSpan };
    }
  }
  return undefined;
}

/** Every place of the program that names the same, in the order of the files and texts. */
export function occurrencesOf(evaluator: ProgramEvaluator, symbol: PolicySymbol): Occurrence[] {
  switch (symbol.kind) {
    case 'local': {
      const { file, binding } = symbol;
      const { declaration, references } = binding;
      return [
        ...(declaration === undefined ? [] : [{ file, span: declaration, isDefinition: true }]),
        ...references.map(({ name }) => ({ file, span: name, isDefinition: false })),
      ].sort((a, b) => a.span.start - b.span.start);
    }
    case 'global':
      return [...evaluator.program.files.values()].flatMap((file) =>
        (file.bindings.globals.get(symbol.name) ?? []).map(({ name, isWrite }) => ({
          file,
          span: name,
          isDefinition: isWrite,
        })),
      );
    case 'field':
      return fieldOccurrences(evaluator, symbol.name, symbol.tables);
    case 'event':
      return eventOccurrences(evaluator, symbol.name);
    case 'module':
      return [
        { file: symbol.file, span: { start: 0, end: 0 }, isDefinition: true },
        ...requiresOf(evaluator, symbol.file),
      ];
  }
}

function nameSymbol(file: SourceFile, node: Extract<Expression, { kind: 'Name' }>): PolicySymbol {
  const binding = file.bindings.bindingOf(node);
  return binding === undefined
    ? { kind: 'global', name: node.name }
    : { kind: 'local', file, binding };
}

function stringPlace(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  node: StringExpression,
  path: readonly Node[],
): NamedPlace | undefined {
  const parent = path[path.indexOf(node) - 1];
  const span = node.content;
  if (parent?.kind === 'Call' && parent.args[0] === node) {
    const [callee] = evaluator.calleesOf(file, parent);
    if (callee?.kind === 'library' && callee.name === 'require') {
      const target = evaluator.program.moduleFile(node.value);
      return target && { symbol: { kind: 'module', file: target }, span };
    }
  }
  const isNamed = eventOccurrences(evaluator, node.value).some(
    (each) => each.file === file && each.span.start === span.start,
  );
  return isNamed ? { symbol: { kind: 'event', name: node.value }, span } : undefined;
}

function eventOccurrences(evaluator: ProgramEvaluator, name: string): Occurrence[] {
  const found: Occurrence[] = [];
  const registered = evaluator.roles.registrations.filter(
    ({ event, entry }) => event === name && entry === undefined,
  );
  for (const { file, call } of registered) {
    const [text] = call.args;
    if (text?.kind === 'String') found.push({ file, span: text.content, isDefinition: true });
  }
  for (const file of evaluator.program.files.values()) {
    walk(file.chunk, (node) => {
      if (node.kind !== 'NamedField' || node.value.kind !== 'String') return true;
      const { name: field, value } = node;
      if (NAMING_FIELDS.has(field) && value.value === name) {
        found.push({ file, span: value.content, isDefinition: false });
      }
      return true;
    });
  }
  return found;
}

function requiresOf(evaluator: ProgramEvaluator, target: SourceFile): Occurrence[] {
  const found: Occurrence[] = [];
  for (const file of evaluator.program.files.values()) {
    walk(file.chunk, (node) => {
      const [name] = node.kind === 'Call' ? node.args : [];
      if (node.kind !== 'Call' || name?.kind !== 'String') return true;
      if (evaluator.program.moduleFile(name.value) !== target) return true;
      const isRequire = evaluator
        .calleesOf(file, node)
        .some((callee) => callee.kind === 'library' && callee.name === 'require');
      if (isRequire) found.push({ file, span: name.content, isDefinition: false });
      return true;
    });
  }
  return found;
}

function fieldOccurrences(
  evaluator: ProgramEvaluator,
  name: string,
  tables: readonly TableValue[],
): Occurrence[] {
  const isOfThem = (values: readonly Value[]): boolean =>
    tablesAmong(values).some(({ table }) => tables.some((each) => each.table === table));
  const written = new Set(
    (evaluator.writes.byName.get(name) ?? []).flatMap(({ object, file }) =>
      isOfThem(evaluator.valuesOf(file, object)) ? [object] : [],
    ),
  );
  const found: Occurrence[] = [];
  for (const file of evaluator.program.files.values()) {
    walk(file.chunk, (node) => {
      if (node.kind === 'Table' && tables.some(({ table }) => table === node)) {
        for (const field of node.fields) {
          if (field.kind !== 'NamedField' || field.name !== name) continue;
          found.push({ file, span: field.nameSpan, isDefinition: true });
        }
      } else if ((node.kind === 'Member' || node.kind === 'MethodCall') && node.name === name) {
        if (isOfThem(evaluator.valuesOf(file, node.object))) {
          const isDefinition = node.kind === 'Member' && written.has(node.object);
          found.push({ file, span: node.nameSpan, isDefinition });
        }
      } else if (node.kind === 'Index' && knownText(evaluator.valuesOf(file, node.key)) === name) {
        if (node.key.kind === 'String' && isOfThem(evaluator.valuesOf(file, node.object))) {
          found.push({ file, span: node.key.content, isDefinition: written.has(node.object) });
        }
      }
      return true;
    });
  }
  return found;
}

function tablesAmong(values: readonly Value[]): readonly TableValue[] {
  return values.filter((value) => value.kind === 'table');
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
