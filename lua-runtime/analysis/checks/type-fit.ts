/**
 * Whether what is written fits a type of the catalogue, with what kumod would say where it does not
 * (facts of KumoMTA crates/config/src/lib.rs 579-613 and serde's messages). Says something only where the
 * text leaves no doubt.
 */
import { findObject } from '../catalogue/catalogue.ts';
import type { TableEntry } from '../catalogue/catalogue-contract.ts';
import { membersOf, resolveType, tablesOf } from '../catalogue/resolve-type.ts';
import { parseType, typeToText, type TypeNode } from '../catalogue/type-text.ts';
import type { Expression, Span, TableExpression } from '../syntax/syntax-tree.ts';
import { ERROR, WARNING, type CheckContext, type Report } from './check.ts';
import { nearestName } from '../../kumo/nearest-name.ts';
import { fieldNotes } from './field-notes.ts';
import { textReport } from './text-fit.ts';
import { wrongKind, type Place } from './value-fit.ts';

export class TypeFit {
  readonly #context: CheckContext;
  readonly #place: Place;

  constructor(context: CheckContext, place: Place) {
    this.#context = context;
    this.#place = place;
  }

  /** What is wrong with an expression of this type; nothing where it fits or cannot be told. */
  problems(expression: Expression, type: TypeNode, what: string): Report[] {
    const resolved = resolveType(type);
    if (expression.kind === 'Parenthesized') return this.problems(expression.inner, type, what);
    if (expression.kind === 'Table') return this.#table(expression, resolved, what);
    const text = this.#text(expression, resolved, what);
    if (text !== undefined) return [text];
    const values = this.#context.evaluator.valuesOf(this.#context.file, expression);
    const wrong = wrongKind(values, resolved, this.#place, expression);
    if (wrong === undefined) return [];
    return [
      {
        code: 'wrong-type',
        at: expression,
        severity: ERROR,
        message: `${what} takes ${describe(type)}, and this is ${wrong}. kumod raises an error.`,
        ...numberFix(expression, resolved),
      },
    ];
  }

  #table(expression: TableExpression, type: TypeNode, what: string): Report[] {
    const tables = tablesOf(type);
    const [only] = tables;
    // Beside a table of any fields nothing can be unknown.
    if (tables.length > 0 && takesAnyTable(type)) return [];
    if (only !== undefined && tables.length === 1) return this.fields(expression, only);
    if (tables.length > 1) return this.#variant(expression, tables, what);
    const array = membersOf(type).find((member) => member.kind === 'array');
    if (array !== undefined) {
      return expression.fields.flatMap((field) =>
        field.kind === 'PositionalField'
          ? new TypeFit(this.#context, 'table').problems(
              field.value,
              array.element,
              `An entry of ${what}`,
            )
          : [],
      );
    }
    const map = membersOf(type).find((member) => member.kind === 'map');
    if (map !== undefined) {
      return expression.fields.flatMap((field) => {
        const name = nameOf(field);
        if (name === undefined) return [];
        return new TypeFit(this.#context, 'table').problems(
          field.value,
          map.value,
          `\`${name.text}\``,
        );
      });
    }
    return takesTable(type)
      ? []
      : [
          {
            code: 'wrong-type',
            at: expression,
            severity: ERROR,
            message: `${what} takes ${describe(type)}, and this is a table. kumod raises an error.`,
          },
        ];
  }

  /** The first table type that fits is taken, as serde does with untagged enums. */
  #variant(expression: TableExpression, tables: readonly TableEntry[], what: string): Report[] {
    const names = namesIn(expression);
    if (names === undefined) return [];
    const isComplete = ({ fields }: TableEntry): boolean =>
      fields.every(({ name, required }) => required !== true || names.has(name));
    const takesAll = ({ fields, otherFields, unknownFields }: TableEntry): boolean =>
      unknownFields === 'ignored' ||
      otherFields !== undefined ||
      [...names].every((name) => fields.some((field) => field.name === name));
    const chosen =
      tables.find((table) => isComplete(table) && takesAll(table)) ?? tables.find(isComplete);
    if (chosen !== undefined) return this.fields(expression, chosen);
    const keys = tables.flatMap(({ fields }) =>
      fields.filter((f) => f.required).map((f) => f.name),
    );
    const [written] = names;
    const meant = written === undefined ? undefined : nearestName(written, keys);
    return [
      {
        code: 'no-variant',
        at: expression,
        severity: ERROR,
        message:
          `${what} needs one of ${keys.map((key) => `\`${key}\``).join(', ')}: kumod raises "data did not match any variant of untagged enum" and says no more.` +
          (meant === undefined ? '' : ` Did you mean \`${meant}\`?`),
      },
    ];
  }

  /** The fields of a table against what the catalogue knows. */
  fields(expression: TableExpression, entry: TableEntry): Report[] {
    const reports: Report[] = [];
    const inner = new TypeFit(this.#context, 'table');
    for (const field of expression.fields) {
      const name = nameOf(field);
      if (name === undefined) continue;
      const known = entry.fields.find((each) => each.name === name.text);
      if (known === undefined) reports.push(...unknownField(entry, name));
      else {
        reports.push(...fieldNotes(known, name.at, this.#context.kumomta));
        reports.push(...inner.problems(field.value, parseType(known.type), `\`${known.name}\``));
      }
    }
    const names = namesIn(expression);
    if (names === undefined) return reports;
    for (const { name, required } of entry.fields) {
      if (required !== true || names.has(name)) continue;
      reports.push({
        code: 'missing-field',
        at: { start: expression.start, end: expression.start + 1 },
        severity: ERROR,
        message: `The field \`${name}\` is required: kumod raises "missing field \`${name}\`".`,
        page: entry.page,
      });
    }
    return reports;
  }

  /** Texts with a grammar, and texts of which only some are known. */
  #text(expression: Expression, type: TypeNode, what: string): Report | undefined {
    if (expression.kind !== 'String') return undefined;
    return textReport(
      expression,
      type,
      ({ expected, said, hint }) => `${what} takes ${expected}: kumod raises "${said}".${hint}`,
    );
  }
}

function unknownField(entry: TableEntry, { text, at }: { text: string; at: Span }): Report[] {
  if (entry.otherFields !== undefined) return [];
  const meant = nearestName(
    text,
    entry.fields.map(({ name }) => name),
  );
  const isDenied = entry.unknownFields === 'denied';
  const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return [
    {
      code: isDenied ? 'unknown-field' : 'ignored-field',
      at,
      severity: isDenied ? ERROR : WARNING,
      message: isDenied
        ? `There is no field \`${text}\`: kumod raises "unknown field \`${text}\`".${hint}`
        : `kumod ignores \`${text}\` here without a word: there is no such field.${hint}`,
      page: entry.page,
      ...(meant === undefined
        ? {}
        : {
            fixes: [
              {
                title: `Change to ${meant}`,
                preferred: true as const,
                edits: [{ at, newText: meant }],
              },
            ],
          }),
    },
  ];
}

function nameOf(field: TableExpression['fields'][number]): { text: string; at: Span } | undefined {
  if (field.kind === 'NamedField') return { text: field.name, at: field.nameSpan };
  if (field.kind !== 'KeyedField' || field.key.kind !== 'String') return undefined;
  return { text: field.key.value, at: field.key.content };
}

/** The names of all fields; undefined when some are not written as text. */
function namesIn({ fields }: TableExpression): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const field of fields) {
    const name = nameOf(field);
    if (name !== undefined) names.add(name.text);
    else if (field.kind === 'KeyedField') return undefined;
  }
  return names;
}

/** The whole number that a text or a float stands for, where one is wanted. */
function numberFix(expression: Expression, type: TypeNode): Pick<Report, 'fixes'> {
  const wants = membersOf(type).some(
    (m) => m.kind === 'name' && (m.name === 'integer' || m.name === 'number'),
  );
  const value =
    expression.kind === 'Number' || expression.kind === 'String'
      ? Number(expression.value)
      : Number.NaN;
  if (
    !wants ||
    !Number.isSafeInteger(value) ||
    (expression.kind === 'String' && !/\d/.test(expression.value))
  ) {
    return {};
  }
  return {
    fixes: [
      {
        title: `Write ${value}`,
        preferred: true,
        edits: [{ at: expression, newText: String(value) }],
      },
    ],
  };
}

function takesAnyTable(type: TypeNode): boolean {
  return membersOf(type).some(
    (member) => member.kind === 'name' && (member.name === 'table' || member.name === 'any'),
  );
}

function takesTable(type: TypeNode): boolean {
  return membersOf(type).some(
    (member) =>
      member.kind === 'map' ||
      member.kind === 'array' ||
      (member.kind === 'name' &&
        (['table', 'any', 'keysource'].includes(member.name) ||
          findObject(member.name) !== undefined)),
  );
}

function describe(type: TypeNode): string {
  return `\`${typeToText(type)}\``;
}
