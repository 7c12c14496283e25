export interface ChangedPart {
  /** Offsets in the old text. */
  readonly start: number;
  readonly end: number;
  /** What stands there in the new one. */
  readonly text: string;
}

/**
 * Where two texts differ, in whole lines, so that what marks the lines before and after keeps its
 * place when only that part is replaced.
 *
 * @returns undefined when they are the same
 */
export function changedPart(before: string, after: string): ChangedPart | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  // Back to the beginning of the line.
  start = start === 0 ? 0 : before.lastIndexOf('\n', start - 1) + 1;
  let same = 0;
  while (
    same < shorter - start &&
    before[before.length - 1 - same] === after[after.length - 1 - same]
  ) {
    same += 1;
  }
  const begins = (text: string): boolean =>
    text.length === same || text[text.length - 1 - same] === '\n';
  if (!begins(before) || !begins(after)) {
    // Forth to the beginning of the next line.
    const lineEnd = before.indexOf('\n', before.length - same);
    same = lineEnd < 0 ? 0 : before.length - lineEnd - 1;
  }
  return {
    start,
    end: before.length - same,
    text: after.slice(start, after.length - same),
  };
}
