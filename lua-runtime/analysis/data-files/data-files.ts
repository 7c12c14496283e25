/** The TOML and JSON files of a workspace, each read once while its text stays the same. */
import type { TextOfFile } from '../checks/check.ts';
import type { Evaluator } from '../values/evaluator.ts';
import { handedFiles, type HandedFiles } from './handed-files.ts';
import { helperFileNamed, type HelperFile } from './helper-file.ts';
import type { DataDocument } from './syntax/data-tree.ts';
import { readJson } from './syntax/json-document.ts';
import { readToml } from './syntax/toml-document.ts';

export class DataFile implements TextOfFile {
  readonly path: string;
  readonly text: string;
  /** By its name alone. */
  readonly named: HelperFile | undefined;
  #document: DataDocument | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.named = helperFileNamed(path);
  }

  get document(): DataDocument {
    return (this.#document ??= this.path.endsWith('.json')
      ? readJson(this.text)
      : readToml(this.text));
  }
}

export function isDataFile(path: string): boolean {
  return path.endsWith('.toml') || path.endsWith('.json');
}

export type DataFiles = ReadonlyMap<string, DataFile>;

/** Whose file each is: what the policy says, else what its name and content do. */
export class HelperFiles {
  readonly handed: readonly HandedFiles[];
  readonly #files: DataFiles;
  readonly #byPath = new Map<string, HelperFile>();

  constructor(evaluator: Evaluator, files: DataFiles) {
    this.#files = files;
    this.handed = handedFiles(evaluator, files.keys());
    for (const { paths, helper } of this.handed) {
      for (const path of paths) this.#byPath.set(path, helper);
    }
  }

  of(path: string): HelperFile | undefined {
    const handed = this.#byPath.get(path);
    if (handed !== undefined) return handed;
    const file = this.#files.get(path);
    return file?.named?.isLikely(file.document.root) === true ? file.named : undefined;
  }
}
