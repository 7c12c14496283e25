/**
 * Findings of a text that was changed since and cannot be read now: those beside the change stay and move
 * with their text, those that touch it are gone. Somebody is typing; nothing is known of the new text yet.
 */
import type { Finding, Position, Range } from '../analysis-contract.ts';
import { LineMap } from '../line-map.ts';

/** @param before the text that the findings are of, `after` the one that they shall be shown in */
export function carryFindings(
  findings: readonly Finding[],
  file: string,
  before: string,
  after: string,
): Finding[] {
  if (before === after) return [...findings];
  const move = moverOf(before, after);
  return findings.flatMap((finding) => {
    const range = move(finding.range);
    if (range === undefined) return [];
    const { fixes, related, ...rest } = finding;
    const moved = (place: { readonly file: string; readonly range: Range }): Range | undefined =>
      place.file === file ? move(place.range) : place.range;
    const movedFixes = fixes?.flatMap((fix) => {
      const edits = fix.edits.flatMap((edit) => {
        const to = moved(edit);
        return to === undefined ? [] : [{ ...edit, range: to }];
      });
      return edits.length === fix.edits.length ? [{ ...fix, edits }] : [];
    });
    const movedRelated = related?.flatMap((place) => {
      const to = moved(place);
      return to === undefined ? [] : [{ ...place, range: to }];
    });
    return [
      {
        ...rest,
        range,
        ...(movedFixes === undefined ? {} : { fixes: movedFixes }),
        ...(movedRelated === undefined ? {} : { related: movedRelated }),
      },
    ];
  });
}

/** Where a range of the text before is in the text after; undefined when the change touches it. */
function moverOf(before: string, after: string): (range: Range) => Range | undefined {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  let tail = 0;
  while (
    tail < shorter - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  const [from, to] = [new LineMap(before), new LineMap(after)];
  const changedEnd = before.length - tail;
  const shift = after.length - before.length;
  return ({ start, end }) => {
    const [first, last] = [from.offset(start), from.offset(end)];
    if (last < head || (last === head && !isWord(after[head]))) return { start, end };
    if (first < changedEnd || (first === changedEnd && isWord(after[first + shift - 1]))) {
      return undefined;
    }
    const moved = (offset: number): Position => to.position(offset + shift);
    return { start: moved(first), end: moved(last) };
  };
}

/** Typed next to a name it makes another name of it. */
function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}
