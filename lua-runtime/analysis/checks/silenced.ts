/**
 * Findings that somebody has looked at: `-- workbench: ignore CODE: why` on the line or on the one
 * above it. Without a reason it silences nothing, because nobody could judge it later.
 */
import type { LineMap } from '../line-map.ts';
import type { Comment } from '../syntax/syntax-tree.ts';

const SILENCER = /^\s*workbench:\s*ignore\s+([a-z-]+)\s*(?::\s*(\S.*))?$/;

/** @returns whether a finding of a code on a line (from 0) is silenced. */
export function silencersOf(
  comments: readonly Comment[],
  lines: LineMap,
): (code: string, line: number) => boolean {
  const silenced = new Set<string>();
  for (const { text, start, end } of comments) {
    const [, code, reason] = SILENCER.exec(text) ?? [];
    if (code === undefined || reason === undefined) continue;
    silenced.add(`${code}@${lines.position(start).line}`);
    silenced.add(`${code}@${lines.position(end).line + 1}`);
  }
  return (code, line) => silenced.has(`${code}@${line}`);
}
