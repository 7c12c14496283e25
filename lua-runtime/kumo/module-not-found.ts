/** What `require` says of a module that is in none of its places, in words for a person. */

/** KumoMTA installs its helpers below /opt/kumomta/share (crates/config/src/lib.rs 142-143). */
const SHIPPED = 'policy-extras.';

/** The module that an error is about, told by its first line (Lua 5.4 loadlib.c, findloader). */
function missingModule(firstLine: string): string | undefined {
  return /^module '([^']*)' not found:?/.exec(firstLine)?.[1];
}

/** Whether the error is that a helper which comes with KumoMTA is not in the workspace. */
export function isShippedModuleMissing(summary: string): boolean {
  return missingModule(summary)?.startsWith(SHIPPED) === true;
}

/** The error in one line, for a person; undefined when it is about something else. */
export function moduleNotFoundSummary(firstLine: string): string | undefined {
  const name = missingModule(firstLine);
  if (name === undefined) return undefined;
  return name.startsWith(SHIPPED)
    ? `module '${name}' not found: it comes with KumoMTA's installation; the workbench does not run these helpers`
    : `module '${name}' not found in this folder`;
}
