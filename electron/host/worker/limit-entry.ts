/** The recording entry that says which limit ended a script, and where the script was. */
import type { LimitEntry, SourceLocation } from '../../../lua-runtime/recording/entries.ts';
import type { PolicyLimits } from './worker-contract.ts';

export type ReachedLimit = LimitEntry['limit'];

const MEGABYTE = 1024 * 1024;

/**
 * @param during the event or method whose handler reached it
 * @param location where, if that is known
 */
export function limitEntry(
  limit: ReachedLimit,
  limits: PolicyLimits,
  during: string,
  location: SourceLocation | undefined,
): LimitEntry {
  const where = location === undefined ? during : `${during}, at ${location.file}:${location.line}`;
  const value = limit === 'deadline' ? limits.deadlineMs : limits.memoryBytes;
  const text =
    limit === 'deadline'
      ? `The script ran for more than ${value / 1000} s (${where}) and was ended.`
      : `The script used more than ${Math.round(value / MEGABYTE)} MB of memory (${where}) and was ended.`;
  return {
    kind: 'limit',
    at: performance.timeOrigin + performance.now(),
    limit,
    value,
    during,
    text,
    ...(location === undefined ? {} : { location }),
  };
}
