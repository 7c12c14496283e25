/** What of a file can be folded away: functions, blocks, tables, comments, regions. */
import { LineMap } from '../line-map.ts';
import type { FoldingRange } from '../lsp-types.ts';
import type { Comment, Span } from '../syntax/syntax-tree.ts';
import { walk, type Node } from '../syntax/walk.ts';
import type { SourceFile } from '../values/source-file.ts';

/** Comments between which something is folded, as VS Code's Lua mode has them. */
const REGION_START = /^\s*#?region\b/;
const REGION_END = /^\s*#?endregion\b/;

export function foldingRangesOf({ text, chunk }: SourceFile): FoldingRange[] {
  const lines = new LineMap(text);
  const found: FoldingRange[] = [];
  const lineOf = (offset: number): number => lines.position(offset).line;
  const add = (startLine: number, endLine: number, kind?: FoldingRange['kind']): void => {
    if (endLine <= startLine) return;
    found.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  walk(chunk, (node) => {
    for (const { start, end } of foldable(node, (before) => elseBefore(text, chunk, before))) {
      // The line that closes it stays to be seen.
      add(lineOf(start), lineOf(end) - 1);
    }
    return true;
  });
  const regions: number[] = [];
  for (const { start, end, text: comment } of chunk.comments) {
    if (REGION_START.test(comment)) regions.push(lineOf(start));
    else if (REGION_END.test(comment)) {
      const opened = regions.pop();
      if (opened !== undefined) add(opened, lineOf(start), 'region');
    } else add(lineOf(start), lineOf(end), 'comment');
  }
  for (const run of commentRuns(chunk.comments, lineOf, text)) {
    add(run.start, run.end, 'comment');
  }
  return found.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** @param elseOf where the `else` of a block is that begins at an offset */
function foldable(node: Node, elseOf: (start: number) => number): readonly Span[] {
  switch (node.kind) {
    case 'FunctionExpression':
    case 'Table':
    case 'Do':
    case 'While':
    case 'Repeat':
    case 'NumericFor':
    case 'GenericFor':
      return [node];
    case 'If': {
      // Up to the `elseif`, `else` or `end` that follows each part.
      const otherwise = node.otherwise && elseOf(node.otherwise.start);
      const parts: Span[] = node.clauses.map(({ start }, i) => ({
        start,
        end: node.clauses[i + 1]?.start ?? otherwise ?? node.end,
      }));
      return otherwise === undefined ? parts : [...parts, { start: otherwise, end: node.end }];
    }
    default:
      return [];
  }
}

function elseBefore(text: string, { comments }: SourceFile['chunk'], offset: number): number {
  let at = offset;
  do at = text.lastIndexOf('else', at - 1);
  while (at > 0 && comments.some(({ start, end }) => start <= at && at < end));
  return Math.max(at, 0);
}

/** Several line comments below each other, with nothing else on their lines. */
function commentRuns(
  comments: readonly Comment[],
  lineOf: (offset: number) => number,
  text: string,
): Span[] {
  const runs: { start: number; end: number }[] = [];
  for (const { start, text: comment } of comments) {
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    if (before.trim() !== '' || REGION_START.test(comment) || REGION_END.test(comment)) continue;
    const line = lineOf(start);
    const last = runs.at(-1);
    if (last?.end === line - 1) last.end = line;
    else runs.push({ start: line, end: line });
  }
  return runs;
}
