/** Names that other data files of the policy define, where one of them can be written. */
import { definedNames, usedNames, type NameKind } from './defined-names.ts';
import type { DataFiles, HelperFiles } from './data-files.ts';
import type { HelperFile } from './helper-file.ts';
import type { DataPath } from './syntax/data-tree.ts';

export type KnownNames = Readonly<Record<NameKind, ReadonlySet<string>>>;

export function knownNames(files: DataFiles, helpers: HelperFiles): KnownNames {
  const known: Record<NameKind, Set<string>> = {
    tenant: new Set(),
    source: new Set(),
    pool: new Set(),
    signature: new Set(),
  };
  for (const { path, document } of files.values()) {
    const helper = helpers.of(path);
    if (helper === undefined) continue;
    for (const [kind, names] of Object.entries(definedNames(helper.kind, [document]))) {
      for (const name of names) known[kind as NameKind].add(name);
    }
    for (const { kind, name } of usedNames(helper.kind, document)) known[kind].add(name);
  }
  return known;
}

/** What a key in a table can be the name of. */
export function namesOfKeys(
  { kind }: HelperFile,
  parent: DataPath,
  known: KnownNames,
): ReadonlySet<string> {
  const [top] = parent;
  const at = `${kind} ${typeof top === 'string' ? top : ''} ${parent.length}`;
  switch (at) {
    case 'queue tenant 1':
    case 'queue queue 2':
      return known.tenant;
    case 'sources source 1':
    case 'sources pool 2':
      return known.source;
    case 'sources pool 1':
      return known.pool;
    case 'dkim-sign signature 1':
      return known.signature;
  }
  return kind === 'shaping' && parent.at(-1) === 'sources' ? known.source : new Set();
}

/** What the text of a field can be the name of. */
export function namesOfValue(path: DataPath, known: KnownNames): ReadonlySet<string> {
  const fields = path.filter((step) => typeof step === 'string');
  switch (fields.at(-1) ?? '') {
    case 'egress_pool':
      return known.pool;
    case 'default_tenant':
      return known.tenant;
    case 'additional_signatures':
      return known.signature;
  }
  return new Set();
}
