/** What can be written at a place, with where it goes and what it means. */
import type { Position } from '../analysis-contract.ts';
import { LineMap } from '../line-map.ts';
import { resolveType, tablesOf } from '../catalogue/resolve-type.ts';
import { parseType, type TypeNode } from '../catalogue/type-text.ts';
import type { CompletionItem } from '../lsp-types.ts';
import { KEYWORDS } from '../syntax/lexer.ts';
import type { Expression, Span, TableExpression } from '../syntax/syntax-tree.ts';
import { pathTo, walk } from '../syntax/walk.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import { LUA_GLOBALS } from '../values/library-results.ts';
import type { SourceFile } from '../values/source-file.ts';
import { cursorAt, type Cursor, type OpenBracket } from './cursor.ts';
import { describeField } from './describe-entry.ts';
import { argumentType, expectedType } from './expected-type.ts';
import { CompletionKind } from '../lsp-types.ts';
import { memberProposals } from './member-proposals.ts';
import { itemOf, literals, type Proposal } from './proposal.ts';
import { isConstructorName, namesForText } from './text-proposals.ts';

type Call = Extract<Expression, { kind: 'Call' | 'MethodCall' }>;

/** @param kumomta the release that the policy is for */
export function completionsAt(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  position: Position,
  kumomta: string | undefined,
): CompletionItem[] {
  const lines = new LineMap(file.text);
  const cursor = cursorAt(file.text, lines.offset(position));
  if (cursor.isComment || cursor.touched?.kind === 'number') return [];
  const at: Span = replaced(cursor);
  return new Proposals(evaluator, file, cursor, kumomta)
    .all()
    .map((proposal, i) => itemOf(proposal, i, lines, at));
}

/** What of the text a completion replaces: the name or the string's content up to the cursor. */
function replaced({ touched, offset }: Cursor): Span {
  if (touched === undefined) return { start: offset, end: offset };
  if (touched.kind === 'string') {
    return { start: touched.contentStart, end: Math.max(offset, touched.contentEnd) };
  }
  return { start: touched.start, end: offset };
}

class Proposals {
  readonly #evaluator: ProgramEvaluator;
  readonly #file: SourceFile;
  readonly #cursor: Cursor;
  readonly #kumomta: string | undefined;

  constructor(
    evaluator: ProgramEvaluator,
    file: SourceFile,
    cursor: Cursor,
    kumomta: string | undefined,
  ) {
    this.#evaluator = evaluator;
    this.#file = file;
    this.#cursor = cursor;
    this.#kumomta = kumomta;
  }

  all(): readonly Proposal[] {
    const { touched, before, opener } = this.#cursor;
    if (touched?.kind === 'string') return this.#inString(touched.start);
    if (before?.kind === 'symbol' && (before.text === '.' || before.text === ':')) {
      return this.#members(before.start, before.text === ':');
    }
    if (isNewName(before)) return [];
    if (opener?.token.text === '{') {
      const inTable = this.#inTable(opener);
      if (inTable !== undefined) return inTable;
    }
    if (opener?.token.text === '(' && (before === opener.token || before?.text === ',')) {
      return [...this.#argument(opener), ...this.#names()];
    }
    return this.#names();
  }

  /** Behind a dot or colon. */
  #members(separator: number, isMethod: boolean): readonly Proposal[] {
    let object: Expression | undefined;
    walk(this.#file.chunk, (node) => {
      if (node.kind !== 'Member' && node.kind !== 'MethodCall') return holds(node, separator);
      const isIt = node.object.end <= separator && separator <= node.nameSpan.start;
      if (isIt) object = node.object;
      return holds(node, separator);
    });
    if (object === undefined) return [];
    return this.#evaluator
      .valuesOf(this.#file, object)
      .flatMap((value) => memberProposals(this.#evaluator, value, isMethod, this.#kumomta));
  }

  /** In the table that begins there; undefined: an expression is written, of which nothing is known. */
  #inTable(opener: OpenBracket): readonly Proposal[] | undefined {
    const { before } = this.#cursor;
    const table = this.#tableAt(opener.token.start);
    const expected = table && expectedType(this.#evaluator, this.#file, table);
    if (table === undefined || expected === undefined) return undefined;
    if (before === opener.token || before?.text === ',' || before?.text === ';') {
      const fields = this.#fields(table, expected);
      return fields.length > 0 ? fields : undefined;
    }
    if (before?.text !== '=') return undefined;
    const name = this.#nameBeforeEquals(before.start);
    const field = tablesOf(expected)
      .flatMap(({ fields }) => fields)
      .find((each) => each.name === name);
    if (field === undefined) return undefined;
    return [
      ...quoted(
        isConstructorName(tablesOf(expected), field.name)
          ? namesForText({ kind: 'constructor' }, this.#evaluator, this.#kumomta)
          : literals(resolveType(parseType(field.type))),
      ),
      ...this.#names(),
    ];
  }

  #fields(table: TableExpression, expected: TypeNode): readonly Proposal[] {
    const { touched } = this.#cursor;
    const written = new Set(
      table.fields.flatMap((field) =>
        field.kind === 'NamedField' && field.nameSpan.start !== touched?.start ? [field.name] : [],
      ),
    );
    const known = tablesOf(expected).flatMap(({ fields }) => fields);
    const missing = known.filter(
      ({ name }, i) => !written.has(name) && known.findIndex((each) => each.name === name) === i,
    );
    const equals = /^\s*=(?!=)/.test(this.#file.text.slice(touched?.end ?? this.#cursor.offset));
    return [
      ...missing.filter(({ required }) => required === true),
      ...missing.filter(
        ({ required, deprecated }) => required !== true && deprecated === undefined,
      ),
      ...missing.filter(({ deprecated }) => deprecated !== undefined),
    ].map((field) => ({
      label: field.name,
      kind: CompletionKind.property,
      detail: `${field.type}${field.required === true ? ', required' : ''}${field.default === undefined ? '' : `, default ${field.default}`}`,
      documentation: describeField(field, this.#kumomta),
      deprecated: field.deprecated !== undefined,
      ...(equals ? {} : { insert: `${field.name} = ` }),
    }));
  }

  /** As an argument: what only this parameter takes. */
  #argument({ token, separators }: OpenBracket): readonly Proposal[] {
    const call = this.#callAt(token.start);
    if (call === undefined) return [];
    const names = this.#textOfArgument(call, separators);
    return quoted(names);
  }

  #inString(start: number): readonly Proposal[] {
    const path = pathTo(this.#file.chunk, this.#cursor.offset);
    const node = path.find((each) => each.kind === 'String' && each.start === start);
    if (node?.kind !== 'String') return [];
    const parent = path[path.indexOf(node) - 1];
    if (parent?.kind === 'Call' || parent?.kind === 'MethodCall') {
      return this.#textOfArgument(parent, parent.args.indexOf(node));
    }
    if (parent?.kind === 'NamedField') {
      const table = path[path.indexOf(node) - 2];
      const expected =
        table?.kind === 'Table' ? expectedType(this.#evaluator, this.#file, table) : undefined;
      if (expected !== undefined && isConstructorName(tablesOf(expected), parent.name)) {
        return namesForText({ kind: 'constructor' }, this.#evaluator, this.#kumomta);
      }
    }
    const type = expectedType(this.#evaluator, this.#file, node);
    return type === undefined ? [] : literals(type);
  }

  #textOfArgument(call: Call, i: number): readonly Proposal[] {
    const [callee] = this.#evaluator.calleesOf(this.#file, call);
    if (i === 0 && callee?.kind === 'api-function' && callee.fullName === 'kumo.on') {
      return namesForText({ kind: 'event' }, this.#evaluator, this.#kumomta);
    }
    if (i === 0 && callee?.kind === 'library' && callee.name === 'require') {
      return namesForText({ kind: 'module', from: this.#file }, this.#evaluator, this.#kumomta);
    }
    const type = argumentType(this.#evaluator, this.#file, call, i);
    return type === undefined ? [] : literals(type);
  }

  #names(): readonly Proposal[] {
    const locals = this.#file.bindings.visibleAt(this.#cursor.offset).map(({ name }) => name);
    const own = [...this.#file.bindings.globals]
      .filter(([, references]) => references.some(({ isWrite }) => isWrite))
      .map(([name]) => name);
    const variable = (label: string): Proposal => ({ label, kind: CompletionKind.variable });
    return [
      ...locals.map(variable),
      ...own.filter((name) => !locals.includes(name)).map(variable),
      ...[...LUA_GLOBALS].filter((name) => !locals.includes(name)).map(variable),
      ...[...KEYWORDS].map((label) => ({ label, kind: CompletionKind.keyword })),
    ];
  }

  #tableAt(start: number): TableExpression | undefined {
    let found: TableExpression | undefined;
    walk(this.#file.chunk, (node) => {
      if (node.kind === 'Table' && node.start === start) found = node;
      return holds(node, start);
    });
    return found;
  }

  #callAt(argsStart: number): Call | undefined {
    let found: Call | undefined;
    walk(this.#file.chunk, (node) => {
      if (
        (node.kind === 'Call' || node.kind === 'MethodCall') &&
        node.argsSpan.start === argsStart
      ) {
        found = node;
      }
      return holds(node, argsStart);
    });
    return found;
  }

  #nameBeforeEquals(equals: number): string | undefined {
    return /([A-Za-z_]\w*)\s*$/.exec(this.#file.text.slice(0, equals))?.[1];
  }
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Behind these a name is made up, not chosen. */
function isNewName(before: Cursor['before']): boolean {
  return before?.kind === 'keyword' && ['local', 'function', 'for', 'goto'].includes(before.text);
}

/** The same outside of quotes. */
function quoted(proposals: readonly Proposal[]): readonly Proposal[] {
  return proposals.map(({ isBare, ...rest }) =>
    isBare === true ? rest : { ...rest, insert: `'${rest.label}'` },
  );
}
