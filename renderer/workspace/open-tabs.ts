/** Which files were open in a workspace, remembered by its root. */
interface OpenTabs {
  readonly paths: readonly string[];
  readonly active?: string;
}

const prefix = 'workbench.tabs:';

export function readOpenTabs(root: string): OpenTabs | undefined {
  const stored = localStorage.getItem(prefix + root);
  return stored === null ? undefined : (JSON.parse(stored) as OpenTabs);
}

export function rememberOpenTabs(root: string, tabs: OpenTabs): void {
  localStorage.setItem(prefix + root, JSON.stringify(tabs));
}
