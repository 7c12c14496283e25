/**
 * The data files of helpers in a KumoMTA checkout: those of its examples and assets, and those that its
 * documentation and the comments of its helpers print.
 */
import fs from 'node:fs';
import path from 'node:path';
import { DataFile } from '../../lua-runtime/analysis/data-files/data-files.ts';
import {
  HELPER_FILES,
  helperFileNamed,
  type HelperFileKind,
} from '../../lua-runtime/analysis/data-files/helper-file.ts';
import { filesBelow, PROGRAM_FOLDERS, snippetsIn } from './kumomta-programs.ts';

export interface KumoMtaDataFile {
  /** Path in the checkout; of a snippet with the line of its first line behind it. */
  readonly name: string;
  /** Under a name that says whose it is. */
  readonly file: DataFile;
}

const NAMES: Readonly<Record<HelperFileKind, string>> = {
  queue: 'queue',
  sources: 'sources',
  'listener-domains': 'listener_domains',
  'dkim-sign': 'dkim_data',
  shaping: 'shaping',
};

export function kumoMtaDataFiles(checkout: string): KumoMtaDataFile[] {
  return [...writtenFiles(checkout), ...printedFiles(checkout)];
}

function writtenFiles(checkout: string): KumoMtaDataFile[] {
  return PROGRAM_FOLDERS.flatMap((folder) => filesBelow(checkout, folder, '.toml')).flatMap(
    (name) => {
      if (helperFileNamed(name) === undefined) return [];
      const text = fs.readFileSync(path.join(checkout, name), 'utf8');
      return [{ name, file: new DataFile(path.basename(name), text) }];
    },
  );
}

function printedFiles(checkout: string): KumoMtaDataFile[] {
  const pages = [
    ...filesBelow(checkout, 'docs', '.md'),
    ...filesBelow(checkout, 'assets/policy-extras', '.lua'),
  ];
  return pages.flatMap((page) =>
    (['toml', 'json'] as const).flatMap((format) =>
      snippetsIn(checkout, page, format).flatMap(({ name, text, before }) => {
        const kind = kindOf(new DataFile(`a.${format}`, text), `${page}\n${before}`);
        return kind === undefined
          ? []
          : [{ name, file: new DataFile(`${NAMES[kind]}.${format}`, text) }];
      }),
    ),
  );
}

/** @param around what stands before the snippet, with the name of its page */
function kindOf({ document: { root } }: DataFile, around: string): HelperFileKind | undefined {
  if (root.entries.size === 0) return undefined;
  const isOf = (kind: HelperFileKind): boolean =>
    HELPER_FILES.find((helper) => helper.kind === kind)?.isLikely(root) === true;
  if (isOf('queue')) return 'queue';
  // What the HTTP API answers has sources as well.
  if (isOf('sources') && !around.startsWith('docs/reference/http/')) return 'sources';
  if (isOf('dkim-sign') && around.includes('dkim')) return 'dkim-sign';
  if (isOf('listener-domains') && around.includes('listener_domains')) return 'listener-domains';
  return isOf('shaping') && /shaping/i.test(around) ? 'shaping' : undefined;
}
