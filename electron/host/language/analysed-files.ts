/** Which files of a folder the analysis reads. */
import type { WorkspaceFile } from '../../bridge/workspace.ts';
import { isDataFile } from '../../../lua-runtime/analysis/data-files/data-files.ts';

/** Data files of helpers are written by people; what is larger is somebody's export. */
const MAX_DATA_BYTES = 2 * 1024 * 1024;

/** The paths of policies, and of data files that a helper may read. */
export function analysedFiles(files: readonly WorkspaceFile[]): string[] {
  return files.flatMap(({ kind, path, size }) =>
    kind === 'file' && (path.endsWith('.lua') || (isDataFile(path) && size <= MAX_DATA_BYTES))
      ? [path]
      : [],
  );
}
