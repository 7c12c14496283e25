/** The names that the data files of a policy define, and those that they use. */
import type { HelperFileKind } from './helper-file.ts';
import type { DataDocument, DataString, DataTable, DataValue } from './syntax/data-tree.ts';

export type NameKind = 'tenant' | 'source' | 'pool' | 'signature';

/** A text that has to be the name of something. */
export interface NameUse {
  readonly kind: NameKind;
  readonly name: string;
  readonly at: { readonly start: number; readonly end: number };
}

/** @param documents of one helper */
export function definedNames(
  helper: HelperFileKind,
  documents: readonly DataDocument[],
): Readonly<Partial<Record<NameKind, ReadonlySet<string>>>> {
  const names = (...keys: readonly string[]): ReadonlySet<string> =>
    new Set(
      documents.flatMap(({ root }) =>
        keys.flatMap((key) => [...(tableIn(root, key)?.entries.keys() ?? [])]),
      ),
    );
  switch (helper) {
    case 'queue':
      return { tenant: names('tenant', 'tenants') };
    case 'sources':
      return { source: names('source'), pool: names('pool') };
    case 'dkim-sign':
      return { signature: names('signature') };
    default:
      return {};
  }
}

/** Uses of names of the helper's own files, and of pools of the sources helper. */
export function usedNames(helper: HelperFileKind, { root }: DataDocument): NameUse[] {
  switch (helper) {
    case 'queue':
      return [
        ...used('tenant', root.entries.get('default_tenant')?.value),
        ...everyTable(root).flatMap((table) =>
          used('pool', table.entries.get('egress_pool')?.value),
        ),
      ];
    case 'sources':
      return tablesOf(tableIn(root, 'pool')).flatMap((pool) =>
        [...pool.entries.values()].map(({ key }) => ({ kind: 'source', name: key.text, at: key })),
      );
    case 'dkim-sign': {
      const list = tableIn(root, 'base')?.entries.get('additional_signatures')?.value;
      return list?.kind === 'array' ? list.items.flatMap((item) => used('signature', item)) : [];
    }
    default:
      return [];
  }
}

function used(kind: NameKind, value: DataValue | undefined): NameUse[] {
  return value?.kind === 'string' ? [{ kind, name: value.value, at: placeOf(value) }] : [];
}

function placeOf({ start, end }: DataString): NameUse['at'] {
  return { start, end };
}

export function tableIn({ entries }: DataTable, name: string): DataTable | undefined {
  const value = entries.get(name)?.value;
  return value?.kind === 'table' ? value : undefined;
}

export function tablesOf(table: DataTable | undefined): DataTable[] {
  return [...(table?.entries.values() ?? [])].flatMap(({ value }) =>
    value.kind === 'table' ? [value] : [],
  );
}

function everyTable(table: DataTable): DataTable[] {
  return [table, ...tablesOf(table).flatMap(everyTable)];
}
