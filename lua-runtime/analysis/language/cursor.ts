/** What stands around a place of a text, by its tokens: they are there also where nothing can be parsed. */
import { tokenize, type Token } from '../syntax/lexer.ts';

export interface Cursor {
  readonly offset: number;
  /** The name, keyword, string or number that the place is in or behind of. */
  readonly touched: Token | undefined;
  /** The token before that, or before the place. */
  readonly before: Token | undefined;
  /** In a comment. */
  readonly isComment: boolean;
  /** The innermost bracket that is open here. */
  readonly opener: OpenBracket | undefined;
}

export interface OpenBracket {
  readonly token: Token;
  /** Commas since it was opened. */
  readonly separators: number;
}

/** A bracket that is open there cannot be the one: statements do not stand in tables and arguments. */
const STATEMENTS = new Set([
  ...['local', 'if', 'for', 'while', 'repeat', 'return', 'break', 'goto', 'do', 'then', 'else'],
]);

export function cursorAt(text: string, offset: number): Cursor {
  const { tokens, comments } = tokenize(text);
  const isComment = comments.some(({ start, end, text: content }) => {
    const isLine = text.slice(start, end) === `--${content}`;
    return start < offset && (isLine ? offset <= end : offset < end);
  });
  let index = tokens.length - 1;
  while (index >= 0 && (tokens[index] as Token).start >= offset) index--;
  const last = tokens[index];
  const isTouched =
    last !== undefined &&
    last.end >= offset &&
    ['name', 'keyword', 'string', 'number'].includes(last.kind) &&
    // Behind a closed string something else begins.
    (last.kind !== 'string' || offset <= last.contentEnd);
  const before = isTouched ? index - 1 : index;
  return {
    offset,
    touched: isTouched ? last : undefined,
    before: tokens[before],
    isComment,
    opener: openerBefore(tokens, before),
  };
}

function openerBefore(tokens: readonly Token[], from: number): OpenBracket | undefined {
  let depth = 0;
  let blocks = 0;
  let separators = 0;
  for (let i = from; i >= 0; i--) {
    const token = tokens[i] as Token;
    const { kind, text } = token;
    if (kind === 'keyword') {
      if (text === 'end') blocks++;
      else if (text === 'function') {
        if (blocks === 0 && depth === 0) return undefined;
        blocks--;
      } else if (['if', 'do'].includes(text) && blocks > 0) blocks--;
      else if (blocks === 0 && depth === 0 && STATEMENTS.has(text)) return undefined;
    }
    if (kind !== 'symbol' || blocks > 0) continue;
    if (text === ')' || text === '}' || text === ']') depth++;
    else if (text === '(' || text === '{' || text === '[') {
      if (depth === 0) return { token, separators };
      depth--;
    } else if ((text === ',' || text === ';') && depth === 0) separators++;
  }
  return undefined;
}
