/**
 * Paths between the two worlds: the window names files relative to the workspace's root with `/`,
 * DAP by the system's absolute paths (DAP, "Source": `path`).
 */

/** Joins with the separator that the root itself uses. */
export function absolutePath(root: string, file: string): string {
  const separator = root.includes('\\') && !root.includes('/') ? '\\' : '/';
  const base = root.endsWith(separator) ? root.slice(0, -1) : root;
  return `${base}${separator}${file.replaceAll('/', separator)}`;
}

/** @returns undefined for a path outside the workspace */
export function workspaceFile(root: string, path: string): string | undefined {
  const slashes = (text: string): string => text.replaceAll('\\', '/').replace(/\/+$/, '');
  const windows = root.includes('\\') && !root.includes('/');
  const base = `${windows ? slashes(root) : root.replace(/\/+$/, '')}/`;
  const full = windows ? slashes(path) : path;
  const same = windows ? full.toLowerCase().startsWith(base.toLowerCase()) : full.startsWith(base);
  return same ? full.slice(base.length) : undefined;
}
