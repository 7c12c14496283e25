import type { BreakpointPlace, LineBreakpoint } from './breakpoints-store.ts';

/**
 * The breakpoints after their text has moved them. Of two that have come together on one line the
 * first stays.
 *
 * @param places where a session has put some: those have moved only when they left that place
 * @param moved the lines on which they are now, by id
 * @returns the same list when nothing has moved
 */
export function moveLines(
  lines: readonly LineBreakpoint[],
  places: ReadonlyMap<number, BreakpointPlace>,
  moved: ReadonlyMap<number, number>,
): readonly LineBreakpoint[] {
  const taken = new Set<string>();
  const next = lines.flatMap((breakpoint) => {
    const line = moved.get(breakpoint.id);
    const stood = places.get(breakpoint.id)?.line ?? breakpoint.line;
    const now =
      line === undefined || line === stood
        ? breakpoint
        : { ...breakpoint, line: Math.max(breakpoint.line + line - stood, 1) };
    const key = `${now.file}:${now.line}`;
    if (taken.has(key)) return [];
    taken.add(key);
    return [now];
  });
  const isSame = next.length === lines.length && next.every((b, index) => b === lines[index]);
  return isSame ? lines : next;
}
