/**
 * Whether a data file holds what its helper reads: the records of KumoMTA's typing helper and serde's
 * structures, which refuse a whole file for one wrong field (assets/policy-extras/typing.lua).
 */
import type { TableEntry } from '../catalogue/catalogue-contract.ts';
import { membersOf, resolveType, tablesOf, resolvedType } from '../catalogue/resolve-type.ts';
import type { TypeNode } from '../catalogue/type-text.ts';
import { ERROR, WARNING, type FixReport, type Report } from '../checks/check.ts';
import { fieldNotes } from '../checks/field-notes.ts';
import { textReport } from '../checks/text-fit.ts';
import { nearestName } from '../../kumo/nearest-name.ts';
import type { HelperFile } from './helper-file.ts';
import {
  called,
  describeType,
  fitsScalar,
  fitsString,
  meantValue,
  takesAnything,
} from './value-kinds.ts';
import type { DataArray, DataKey, DataString, DataTable, DataValue } from './syntax/data-tree.ts';

export class DataFit {
  readonly #refusal: string;
  readonly #checkedLate: ReadonlySet<string>;
  readonly #kumomta: string | undefined;

  constructor({ refusal, checkedLate }: HelperFile, kumomta: string | undefined) {
    this.#refusal = refusal;
    this.#checkedLate = checkedLate ?? new Set();
    this.#kumomta = kumomta;
  }

  /** @param type resolved */
  problems(value: DataValue, type: TypeNode, what: string): Report[] {
    switch (value.kind) {
      case 'unreadable':
      case 'null':
        return [];
      case 'table':
        return this.#table(value, type, what);
      case 'array':
        return this.#array(value, type, what);
      case 'string': {
        const problem = fitsString(type)
          ? this.#text(value, type, what)
          : this.#wrong(value, type, what);
        return problem === undefined ? [] : [problem];
      }
      default:
        return fitsScalar(value, type) ? [] : [this.#wrong(value, type, what)];
    }
  }

  /** The fields of a table against what the catalogue knows. */
  fields(table: DataTable, entry: TableEntry): Report[] {
    const reports: Report[] = [];
    const meant = new Set<string>();
    for (const [name, { key, value }] of table.entries) {
      const known = entry.fields.find((field) => field.name === name);
      if (known !== undefined) {
        reports.push(...fieldNotes(known, key, this.#kumomta));
        reports.push(...this.problems(value, resolvedType(known.type), `\`${name}\``));
        continue;
      }
      if (name === '') continue;
      const other = entry.otherFields === undefined ? undefined : resolvedType(entry.otherFields);
      // What is no table is no tenant, domain or campaign of its own name.
      if (other !== undefined && (value.kind === 'table' || tablesOf(other).length === 0)) {
        reports.push(...this.problems(value, other, `\`${name}\``));
        continue;
      }
      if (value.kind === 'unreadable') continue;
      const near = nearestName(
        name,
        entry.fields.map((field) => field.name),
      );
      if (near !== undefined) meant.add(near);
      reports.push(this.#unknown(entry, key, near));
    }
    for (const { name, required } of entry.fields) {
      // A misspelt one is told once.
      if (required !== true || table.entries.has(name) || meant.has(name)) continue;
      reports.push({
        code: 'missing-field',
        at: table.name,
        severity: ERROR,
        message: `The field \`${name}\` is required here. ${this.#refusal}.`,
        page: entry.page,
      });
    }
    return reports;
  }

  #table(table: DataTable, type: TypeNode, what: string): Report[] {
    if (takesAnything(type)) return [];
    const tables = tablesOf(type);
    const [only] = tables;
    if (only !== undefined)
      return tables.length === 1 ? this.fields(table, only) : this.#variant(table, tables, what);
    const map = membersOf(type).find((member) => member.kind === 'map');
    if (map?.kind === 'map') {
      return [...table.entries].flatMap(([name, { value }]) =>
        this.problems(value, resolveType(map.value), `\`${name}\``),
      );
    }
    // Lua does not tell an empty list from an empty table.
    if (table.entries.size === 0 && membersOf(type).some(({ kind }) => kind === 'array')) return [];
    if (membersOf(type).some((member) => member.kind === 'name' && member.name === 'keysource'))
      return [];
    return [this.#wrong(table, type, what)];
  }

  /** The first table that fits is taken, as serde does with untagged enums. */
  #variant(table: DataTable, tables: readonly TableEntry[], what: string): Report[] {
    const isComplete = ({ fields }: TableEntry): boolean =>
      fields.every(({ name, required }) => required !== true || table.entries.has(name));
    const takesAll = ({ fields, otherFields, unknownFields }: TableEntry): boolean =>
      unknownFields === 'ignored' ||
      otherFields !== undefined ||
      [...table.entries.keys()].every((name) => fields.some((field) => field.name === name));
    const chosen =
      tables.find((each) => isComplete(each) && takesAll(each)) ?? tables.find(isComplete);
    if (chosen !== undefined) return this.fields(table, chosen);
    const keys = tables.flatMap(({ fields }) =>
      fields.flatMap(({ name, required }) => (required === true ? [name] : [])),
    );
    const [written] = table.entries.values();
    const near = written && nearestName(written.key.text, keys);
    return [
      {
        code: 'no-variant',
        at: near === undefined ? table.name : (written?.key ?? table.name),
        severity: ERROR,
        message: `${what} needs one of ${keys.map((key) => `\`${key}\``).join(', ')}. ${this.#refusal}.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
        ...(near === undefined || written === undefined
          ? {}
          : { fixes: [rename(written.key, near)] }),
      },
    ];
  }

  #array(array: DataArray, type: TypeNode, what: string): Report[] {
    if (takesAnything(type)) return [];
    const element = membersOf(type).find((member) => member.kind === 'array');
    if (element?.kind === 'array') {
      const inner = resolveType(element.element);
      return array.items.flatMap((item) => this.problems(item, inner, `An entry of ${what}`));
    }
    const isEmptyTable =
      array.items.length === 0 &&
      (tablesOf(type).length > 0 || membersOf(type).some(({ kind }) => kind === 'map'));
    return isEmptyTable ? [] : [this.#wrong(array, type, what)];
  }

  #text(value: DataString, type: TypeNode, what: string): Report | undefined {
    return textReport(
      value,
      type,
      ({ expected, hint }) => `${what} takes ${expected}. ${this.#whenText(what)}.${hint}`,
    );
  }

  /** What happens for a text of the wrong form. */
  #whenText(what: string): string {
    return this.#checkedLate.has(what.replaceAll('`', ''))
      ? 'The helper takes any text, and an error is raised for every message that it is for'
      : this.#refusal;
  }

  #wrong(value: DataValue, type: TypeNode, what: string): Report {
    const fix = meantValue(value, type);
    return {
      code: 'wrong-type',
      at: value.kind === 'table' ? value.name : value,
      severity: ERROR,
      message: `${what} takes ${describeType(type)}, and this is ${called(value)}. ${this.#refusal}.`,
      ...(fix === undefined ? {} : { fixes: [fix] }),
    };
  }

  #unknown(entry: TableEntry, key: DataKey, near: string | undefined): Report {
    const isDenied = entry.unknownFields === 'denied';
    const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
    return {
      code: isDenied ? 'unknown-field' : 'ignored-field',
      at: key,
      severity: isDenied ? ERROR : WARNING,
      message: isDenied
        ? `There is no field \`${key.text}\` here. ${this.#refusal}.${hint}`
        : `\`${key.text}\` is ignored without a word: there is no such field here.${hint}`,
      page: entry.page,
      ...(near === undefined ? {} : { fixes: [rename(key, near)] }),
    };
  }
}

function rename({ content }: DataKey, newText: string): FixReport {
  return { title: `Change to ${newText}`, preferred: true, edits: [{ at: content, newText }] };
}
