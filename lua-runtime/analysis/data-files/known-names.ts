/** Names that other data files of the policy define, where one of them can be written. */
import { definedNames, usedNames, type NameKind } from './defined-names.ts';
import type { DataFiles, HelperFiles } from './data-files.ts';
import type { HelperFile } from './helper-file.ts';
import type { DataPath } from './syntax/data-tree.ts';

export interface KnownNames {
  readonly defined: Readonly<Record<NameKind, ReadonlySet<string>>>;
  /** Where they have to be defined. */
  readonly used: Readonly<Record<NameKind, ReadonlySet<string>>>;
}

export function knownNames(files: DataFiles, helpers: HelperFiles): KnownNames {
  const known = { defined: noNames(), used: noNames() };
  for (const { path, document } of files.values()) {
    const helper = helpers.of(path);
    if (helper === undefined) continue;
    for (const [kind, names] of Object.entries(definedNames(helper.kind, [document]))) {
      for (const name of names) known.defined[kind as NameKind].add(name);
    }
    for (const { kind, name } of usedNames(helper.kind, document)) {
      if (name !== '') known.used[kind].add(name);
    }
  }
  return known;
}

function noNames(): Record<NameKind, Set<string>> {
  return { tenant: new Set(), source: new Set(), pool: new Set(), signature: new Set() };
}

/** What a key in a table can be the name of: where it is defined, what is used; elsewhere, what is defined. */
export function namesOfKeys(
  { kind }: HelperFile,
  parent: DataPath,
  { defined, used }: KnownNames,
): ReadonlySet<string> {
  const [top] = parent;
  const at = `${kind} ${typeof top === 'string' ? top : ''} ${parent.length}`;
  switch (at) {
    case 'queue tenant 1':
      return used.tenant;
    case 'sources source 1':
      return used.source;
    case 'sources pool 1':
      return used.pool;
    case 'dkim-sign signature 1':
      return used.signature;
    case 'queue queue 2':
      return defined.tenant;
    case 'sources pool 2':
      return defined.source;
  }
  return kind === 'shaping' && parent.at(-1) === 'sources' ? defined.source : new Set();
}

/** What the text of a field can be the name of. */
export function namesOfValue(path: DataPath, { defined }: KnownNames): ReadonlySet<string> {
  const fields = path.filter((step) => typeof step === 'string');
  switch (fields.at(-1) ?? '') {
    case 'egress_pool':
      return defined.pool;
    case 'default_tenant':
      return defined.tenant;
    case 'additional_signatures':
      return defined.signature;
  }
  return new Set();
}
