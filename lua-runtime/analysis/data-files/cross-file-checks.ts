/**
 * What only all files of a helper together tell: names that are used and defined nowhere. Said only where the
 * policy hands over files that are all in the workspace.
 */
import { ERROR, WARNING, type Report, type TextOfFile } from '../checks/check.ts';
import { nearestName } from '../../kumo/nearest-name.ts';
import { definedNames, tableIn, tablesOf, usedNames, type NameKind } from './defined-names.ts';
import type { HandedFiles } from './handed-files.ts';
import type { DataDocument } from './syntax/data-tree.ts';

export interface FileReport {
  readonly file: TextOfFile;
  readonly report: Report;
}

type ReadFile = TextOfFile & { readonly document: DataDocument };

const WHAT_IF: Readonly<Record<NameKind, { readonly message: string; readonly isError: boolean }>> =
  {
    tenant: {
      message:
        'is no tenant of this file or another, so the queue helper rejects messages with 500',
      isError: true,
    },
    source: {
      message: 'is no source of these files, so connections from it fail',
      isError: false,
    },
    pool: {
      message:
        'is no pool of the files of the sources helper, so messages of this queue are not sent',
      isError: false,
    },
    signature: {
      message: 'is no signature of these files. The DKIM helper refuses them with an error',
      isError: true,
    },
  };

/** A pool and a source that kumod has itself. */
const BUILT_IN = new Set(['unspecified']);

/** @param read the files of a path, those that cannot be read left out */
export function crossFileChecks(
  handed: readonly HandedFiles[],
  read: (path: string) => ReadFile | undefined,
): FileReport[] {
  const sets = handed.map(({ helper, paths, isComplete }) => {
    const files = paths.flatMap((path) => read(path) ?? []);
    return { helper, files, isWhole: isComplete && files.length === paths.length };
  });
  const known: Partial<Record<NameKind, ReadonlySet<string>>> = {};
  for (const kind of new Set(sets.map(({ helper }) => helper.kind))) {
    // Where a policy has several sets to choose from, any of them may define a name.
    const same = sets.filter(({ helper }) => helper.kind === kind);
    if (!same.every(({ isWhole }) => isWhole)) continue;
    const documents = same.flatMap(({ files }) => files.map(({ document }) => document));
    Object.assign(known, definedNames(kind, documents));
  }
  return sets.flatMap(({ helper, files }) => [
    ...files.flatMap((file) =>
      usedNames(helper.kind, file.document).flatMap(({ kind, name, at }): FileReport[] => {
        const names = known[kind];
        if (names === undefined || names.has(name) || BUILT_IN.has(name)) return [];
        const near = nearestName(name, names);
        const { message, isError } = WHAT_IF[kind];
        return [
          {
            file,
            report: {
              code: 'undefined-name',
              at,
              severity: isError ? ERROR : WARNING,
              message: `\`${name}\` ${message}.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
            },
          },
        ];
      }),
    ),
    ...(helper.kind === 'dkim-sign' && known.signature !== undefined ? dkimSelectors(files) : []),
  ]);
}

/** A domain without a selector, and none for all. */
function dkimSelectors(files: readonly ReadFile[]): FileReport[] {
  const hasDefault = files.some(({ document }) =>
    tableIn(document.root, 'base')?.entries.has('selector'),
  );
  if (hasDefault) return [];
  const withSelector = new Set(
    files.flatMap(({ document }) =>
      [...(tableIn(document.root, 'domain')?.entries ?? [])].flatMap(([name, { value }]) =>
        value.kind === 'table' && value.entries.has('selector') ? [name] : [],
      ),
    ),
  );
  return files.flatMap((file) =>
    tablesOf(tableIn(file.document.root, 'domain')).flatMap((domain): FileReport[] => {
      const name = String(domain.path.at(-1));
      if (withSelector.has(name)) return [];
      const report: Report = {
        code: 'missing-field',
        at: domain.name,
        severity: ERROR,
        message: `\`${name}\` has no \`selector\`, and \`[base]\` has none for all. The DKIM helper refuses the files with an error.`,
      };
      return [{ file, report }];
    }),
  );
}
