import type {
  DebugEvents,
  DebugLaunch,
  DebugTarget,
} from '../../../lua-runtime/debugger/debug-target.ts';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import type { DebugParts } from './debug-parts.ts';
import { readRecordingFile, withNumberedContexts } from './recording-file.ts';
import { RunDebugTarget } from './run-debug-target.ts';

/**
 * Makes a run that can be debugged; `start` starts it.
 *
 * @param launch what is to be run. Paths of `data` and `recording` are as `fs` takes them.
 * @param events told as they happen, also while one of the target's promises is pending
 * @throws Error with a sentence for the person when a recording cannot be read.
 */
export async function createDebugTarget(
  launch: DebugLaunch,
  events: DebugEvents,
  parts: DebugParts,
): Promise<DebugTarget> {
  const entries =
    parts.entries ??
    (launch.recording === undefined ? undefined : await readRecordingFile(launch.recording));
  if (entries === undefined) return new RunDebugTarget(launch, events, parts);
  const engine = entriesOfKind(entries, 'run')[0]?.engine ?? parts.policy.engine;
  return new RunDebugTarget(launch, events, {
    ...parts,
    policy: { ...parts.policy, engine },
    entries: withNumberedContexts(entries),
  });
}
