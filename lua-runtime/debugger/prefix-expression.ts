/**
 * What stands before the caret in an unfinished text, where a field or method is being written: the
 * expression that it is taken from (Lua 5.4 manual §3.2 and §3.4.10, `prefixexp`).
 */
import { tokenize } from '../analysis/syntax/lexer.ts';
import type { Token } from '../analysis/syntax/lexer.ts';

export interface WrittenMember {
  /** The expression, as written. */
  readonly prefix: string;
  readonly separator: '.' | ':';
  /** As much of the name as is there. */
  readonly name: string;
}

const OPENS: { readonly [close: string]: string } = { ')': '(', ']': '[', '}': '{' };

/** @returns undefined where no member is being written. */
export function writtenMember(before: string): WrittenMember | undefined {
  const tokens = tokenize(before).tokens.filter(({ kind }) => kind !== 'end');
  let at = tokens.length - 1;
  const last = tokens[at];
  // The beginning of a name may be a keyword: `string.for`.
  const isName = last?.kind === 'name' || last?.kind === 'keyword';
  const name = isName && last.end === before.length ? last : undefined;
  if (name !== undefined) at--;
  const separator = tokens[at];
  if (separator === undefined || (!isSymbol(separator, '.') && !isSymbol(separator, ':'))) {
    return undefined;
  }
  const start = startOfPrefix(tokens, at - 1);
  if (start === undefined) return undefined;
  return {
    prefix: before.slice(start, separator.start).trimEnd(),
    separator: separator.text === ':' ? ':' : '.',
    name: name?.text ?? '',
  };
}

/** Whether the caret is within a string or behind something that is no Lua. */
export function isInString(before: string): boolean {
  const last = tokenize(before).tokens.findLast(({ kind }) => kind !== 'end');
  return last?.kind === 'string' && last.broken;
}

/** Where the prefix expression begins whose last token this is. */
function startOfPrefix(tokens: readonly Token[], last: number): number | undefined {
  let at = last;
  for (;;) {
    const token = tokens[at];
    if (token === undefined || token.broken) return undefined;
    if (token.kind === 'name') {
      const before = tokens[at - 1];
      if (before === undefined || !(isSymbol(before, '.') || isSymbol(before, ':'))) {
        return token.start;
      }
      at -= 2;
      continue;
    }
    const opens = token.kind === 'symbol' ? OPENS[token.text] : undefined;
    if (opens === undefined && token.kind !== 'string') return undefined;
    const first = opens === undefined ? at : openingOf(tokens, at, token.text, opens);
    if (first === undefined) return undefined;
    // Without something to call or to index before it, only parentheses are an expression.
    if (!endsPrefix(tokens[first - 1])) {
      return opens === '(' ? tokens[first]?.start : undefined;
    }
    at = first - 1;
  }
}

function endsPrefix(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'name' || token.kind === 'string') return true;
  return token.kind === 'symbol' && OPENS[token.text] !== undefined;
}

function openingOf(
  tokens: readonly Token[],
  from: number,
  closing: string,
  opening: string,
): number | undefined {
  let depth = 0;
  for (let at = from; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (isSymbol(token, closing)) depth++;
    else if (isSymbol(token, opening) && --depth === 0) return at;
  }
  return undefined;
}

function isSymbol({ kind, text }: Token, symbol: string): boolean {
  return kind === 'symbol' && text === symbol;
}
