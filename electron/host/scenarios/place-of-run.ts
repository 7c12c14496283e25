/** Where the lines of a run stand in the opened folder. */
import type { HostParts } from '../host-parts.ts';
import { relativePath } from '../workspace-path.ts';
import { placeIn } from './placed-recording.ts';
import type { Place } from './placed-recording.ts';

/** Undefined: its recording names files as the window does. */
export function placeOfRun(
  { scenarios, workspace }: Pick<HostParts, 'scenarios' | 'workspace'>,
  runId: string,
): Place | undefined {
  const policyRoot = scenarios.launched(runId)?.policyRoot;
  return policyRoot === undefined ? undefined : placeOfFolder(workspace.root, policyRoot);
}

/** Undefined: it is the opened folder. */
export function placeOfFolder(root: string, policyRoot: string): Place | undefined {
  return policyRoot === root ? undefined : placeIn(relativePath(root, policyRoot));
}
