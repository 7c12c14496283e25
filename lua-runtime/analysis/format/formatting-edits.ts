import type { TextEdit } from '../analysis-contract.ts';
import { LineMap } from '../line-map.ts';
import type { SourceFile } from '../values/source-file.ts';
import { formatLua } from './format-lua.ts';

/** So many lines further on it is looked whether the texts go on alike. */
const MOST_LINES_APART = 60;

/**
 * What has to be changed of a file so that it is in KumoMTA's style. Lines that stay are left alone, and
 * with them the breakpoints and the cursor on them.
 *
 * @throws FormatProblem for a text that cannot be formatted now
 */
export function formattingEdits({ path, text }: SourceFile): TextEdit[] {
  const formatted = formatLua(text);
  if (formatted === text) return [];
  const [before, after] = [linesOf(text), linesOf(formatted)];
  const lines = new LineMap(text);
  const edits: TextEdit[] = [];
  let [i, j, offset] = [0, 0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      offset += before[i]?.length ?? 0;
      i++;
      j++;
      continue;
    }
    const [toI, toJ] = alikeAgain(before, after, i, j);
    const removed = before.slice(i, toI).join('');
    const range = lines.range({ start: offset, end: offset + removed.length });
    edits.push({ file: path, range, newText: after.slice(j, toJ).join('') });
    offset += removed.length;
    [i, j] = [toI, toJ];
  }
  return edits;
}

/** The nearest lines where both texts go on alike; their ends when they do not. */
function alikeAgain(
  before: readonly string[],
  after: readonly string[],
  i: number,
  j: number,
): readonly [number, number] {
  for (let apart = 1; apart <= MOST_LINES_APART; apart++) {
    for (let skipped = 0; skipped <= apart; skipped++) {
      const [toI, toJ] = [i + skipped, j + apart - skipped];
      const line = before[toI];
      // Two that are only an `end` alike say nothing.
      if (line !== undefined && line === after[toJ] && line.trim().length > 3) return [toI, toJ];
    }
  }
  return [before.length, after.length];
}

/** Each with its line end. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
