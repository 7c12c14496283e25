/**
 * Which workspace file a path in a policy means. A policy names files as they lie on a KumoMTA
 * machine; here the same files lie in the workspace.
 */

/** Where kumod's policy lives by default (KumoMTA crates/kumod/src/main.rs 47-49). */
const KUMOD_POLICY_FOLDER = '/opt/kumomta/etc/policy/';
const KUMOD_ETC_FOLDER = '/opt/kumomta/etc/';
const KUMOD_SHARE_FOLDER = '/opt/kumomta/share/';

export interface WorkspaceFile {
  /** Relative to the workspace root, `/` separators. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface WorkspaceFiles {
  /**
   * Finds the file that `path` means. `outside` when no place in the workspace can be meant: an
   * absolute path that is not one of KumoMTA's, or one that climbs out of the root.
   */
  find(path: string): WorkspaceFile | 'missing' | 'outside';
}

/**
 * @param readFile reads by a path relative to the workspace root, and never leaves it
 * @param policyFolder the folder of the policy file relative to the root, '' for the root itself
 */
export function createWorkspaceFiles(
  readFile: (path: string) => Uint8Array | undefined,
  policyFolder: string,
): WorkspaceFiles {
  return {
    find(path) {
      const candidates = candidatePaths(path, policyFolder)
        .map(normalise)
        .filter((candidate) => candidate !== undefined);
      if (candidates.length === 0) return 'outside';
      for (const candidate of new Set(candidates)) {
        const bytes = readFile(candidate);
        if (bytes !== undefined) return { path: candidate, bytes };
      }
      return 'missing';
    },
  };
}

/** The folder part of a path relative to the root; '' for a file in the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function candidatePaths(path: string, policyFolder: string): string[] {
  const inPolicyFolder = (rest: string): string => join(policyFolder, rest);
  if (path.startsWith(KUMOD_POLICY_FOLDER)) {
    return [inPolicyFolder(path.slice(KUMOD_POLICY_FOLDER.length))];
  }
  if (path.startsWith(KUMOD_ETC_FOLDER)) {
    const rest = path.slice(KUMOD_ETC_FOLDER.length);
    return [join(folderOf(policyFolder), rest), rest];
  }
  if (path.startsWith(KUMOD_SHARE_FOLDER)) {
    const rest = path.slice(KUMOD_SHARE_FOLDER.length);
    return [join('share', rest), rest];
  }
  if (path.startsWith('/')) return [];
  return [path, inPolicyFolder(path)];
}

function join(folder: string, rest: string): string {
  return folder === '' ? rest : `${folder}/${rest}`;
}

/** Resolves `.` and `..`; undefined when the path climbs out of the root or is empty. */
function normalise(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join('/');
}
