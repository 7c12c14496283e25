/**
 * A profile as a .cpuprofile file, which Chrome's and VS Code's viewers and speedscope open
 * (Chrome DevTools Protocol, Profiler.Profile).
 *
 * The format is one of samples over time, and a call tree knows no order: each node gets one stretch
 * of its own time, callers before what they called. So the widths are right and the order says nothing.
 */
import type { Profile, ProfileNode } from './run-reading.ts';

export interface CpuProfile {
  readonly nodes: readonly CpuProfileNode[];
  /** Microseconds. */
  readonly startTime: number;
  readonly endTime: number;
  /** Node ids, and the microseconds from the sample before: a sample lasts until the next one. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CpuProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    /** From 0; -1 for what is in no file. */
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly hitCount: number;
  readonly children?: readonly number[];
}

/** @param urlOf the URL or path to write for a workspace file; default: as it is. */
export function writeCpuProfile(
  profile: Profile,
  urlOf: (file: string) => string = (file) => file,
): CpuProfile {
  const nodes: CpuProfileNode[] = [];
  const samples: number[] = [];
  const timeDeltas: number[] = [];
  let before = 0;
  let total = 0;
  let lastId = 0;
  const add = (node: ProfileNode): number => {
    const id = ++lastId;
    const { name, location, kind, children, selfUs } = node;
    if (selfUs > 0) {
      samples.push(id);
      timeDeltas.push(before);
      before = selfUs;
      total += selfUs;
    }
    const at = nodes.length;
    const callFrame = {
      functionName: kind === 'root' ? '(root)' : name,
      scriptId: '0',
      url: location === undefined ? '' : urlOf(location.file),
      lineNumber: location === undefined ? -1 : location.line - 1,
      columnNumber: -1,
    };
    const hitCount = selfUs > 0 ? 1 : 0;
    nodes.push({ id, callFrame, hitCount });
    const ids = children.map(add);
    if (ids.length > 0) nodes[at] = { id, callFrame, hitCount, children: ids };
    return id;
  };
  const root = add(profile.root);
  // The last sample ends where the profile does.
  samples.push(root);
  timeDeltas.push(before);
  return { nodes, startTime: 0, endTime: total, samples, timeDeltas };
}
