/**
 * What stands on lines of its own, with the comments around it: the statements of a block, the fields of
 * a table, the arguments of a call.
 */
import type { Comment, Span } from '../syntax/syntax-tree.ts';
import { asOneLine, spaces } from './style.ts';
import type { SourceTokens } from './source-tokens.ts';

export interface LineItem extends Span {
  /** Its text, with what separates it from the next one. */
  readonly text: () => string;
}

export interface Lines {
  /** A comment that stands behind what opens the lines: `function() -- this one`. */
  readonly opening: string;
  /** Each with its indentation; empty ones are empty. */
  readonly lines: readonly string[];
}

/**
 * @param region from behind what opens the lines to the start of what closes them
 * @param isBlankKept whether an empty line between two items stays, as one
 */
export function layLines(
  tokens: SourceTokens,
  region: Span,
  items: readonly LineItem[],
  indent: number,
): Lines {
  const lines: string[] = [];
  let opening = '';
  let last = region.start;
  const between = tokens
    .commentsIn(region)
    .filter(({ start }) => !items.some((item) => item.start <= start && start < item.end));
  const all = [
    ...items.map((item) => ({ ...item, comment: undefined as Comment | undefined })),
    ...between.map((comment) => ({
      start: comment.start,
      end: comment.end,
      comment,
      text: () => textOfComment(tokens, comment),
    })),
  ].sort((a, b) => a.start - b.start);
  for (const { start, end, text, comment } of all) {
    const newLines = tokens.linesBetween(last, start);
    const isBehind = comment !== undefined && newLines === 0;
    if (isBehind && lines.length === 0 && region.start > 0) opening += ` ${text()}`;
    else if (isBehind && lines.length > 0) lines.push(`${lines.pop() ?? ''} ${text()}`);
    else {
      if (newLines > 1 && lines.length > 0) lines.push('');
      lines.push(`${spaces(indent)}${text()}`);
    }
    last = end;
  }
  return { opening, lines };
}

/** Comments stay as they are; a line comment loses what nobody sees at its end. */
function textOfComment(tokens: SourceTokens, comment: Comment): string {
  return asOneLine(tokens.source(comment).trimEnd());
}
