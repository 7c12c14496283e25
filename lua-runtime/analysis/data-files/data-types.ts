/** Which type of the catalogue a place of a data file has. */
import type { FieldEntry, TableEntry } from '../catalogue/catalogue-contract.ts';
import { findTable } from '../catalogue/catalogue.ts';
import { membersOf, resolveType, tablesOf, resolvedType } from '../catalogue/resolve-type.ts';
import type { TypeNode } from '../catalogue/type-text.ts';
import type { HelperFile } from './helper-file.ts';
import type { DataPath } from './syntax/data-tree.ts';

/** @throws Error when the catalogue lacks the table of a helper */
export function rootTable({ root }: HelperFile): TableEntry {
  const table = findTable(root);
  if (table === undefined) throw new Error(`no table ${root} in the catalogue`);
  return table;
}

/** The resolved type of a value; undefined where anything may stand or nothing is known. */
export function typeAt(helper: HelperFile, path: DataPath): TypeNode | undefined {
  let type: TypeNode | undefined = { kind: 'name', name: helper.root };
  for (const step of path) {
    if (type === undefined) return undefined;
    type = typeof step === 'number' ? elementOf(type) : memberOf(type, step);
  }
  return type;
}

/** The field of that name in one of the tables that a type allows. */
export function fieldAt(
  helper: HelperFile,
  parent: DataPath,
  name: string,
): { readonly field: FieldEntry; readonly table: TableEntry } | undefined {
  const type = typeAt(helper, parent);
  if (type === undefined) return undefined;
  for (const table of tablesOf(type)) {
    const field = table.fields.find((each) => each.name === name);
    if (field !== undefined) return { field, table };
  }
  return undefined;
}

function memberOf(type: TypeNode, name: string): TypeNode | undefined {
  for (const { fields, otherFields } of tablesOf(type)) {
    const field = fields.find((each) => each.name === name);
    if (field !== undefined) return resolvedType(field.type);
    if (otherFields !== undefined) return resolvedType(otherFields);
  }
  const map = membersOf(type).find((member) => member.kind === 'map');
  return map?.kind === 'map' ? resolveType(map.value) : undefined;
}

function elementOf(type: TypeNode): TypeNode | undefined {
  const array = membersOf(type).find((member) => member.kind === 'array');
  return array?.kind === 'array' ? resolveType(array.element) : undefined;
}
