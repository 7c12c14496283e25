import type { BreakpointPlace, LineBreakpoint } from './breakpoints-store.ts';

interface Standing {
  readonly lines: readonly LineBreakpoint[];
  /** Where a session has put some: those have moved only when they left that place. */
  readonly places: ReadonlyMap<number, BreakpointPlace>;
}

/**
 * The breakpoints after their text has moved them, and their places with them. Of two that have come
 * together on one line the first stays.
 *
 * @param moved the lines on which they are now, by id
 * @returns the same lists when nothing has moved
 */
export function moveLines(
  { lines, places }: Standing,
  moved: ReadonlyMap<number, number>,
): Standing {
  const taken = new Set<string>();
  const movedPlaces = new Map(places);
  const next = lines.flatMap((breakpoint) => {
    const place = places.get(breakpoint.id);
    const stood = place?.line ?? breakpoint.line;
    const stands = moved.get(breakpoint.id) ?? stood;
    if (place?.line !== undefined && stands !== stood) {
      movedPlaces.set(breakpoint.id, { ...place, line: stands });
    }
    const now =
      stands === stood
        ? breakpoint
        : { ...breakpoint, line: Math.max(breakpoint.line + stands - stood, 1) };
    const key = `${now.file}:${now.line}`;
    if (taken.has(key)) return [];
    taken.add(key);
    return [now];
  });
  const isSame = next.length === lines.length && next.every((b, index) => b === lines[index]);
  return isSame ? { lines, places } : { lines: next, places: movedPlaces };
}
