/**
 * The tokens of a Lua 5.4 text (Lua 5.4 manual §3.1). Never fails: what is no token becomes one of
 * kind `error`, and an unfinished string or comment ends where a person would say it does.
 */
import type { Comment } from './syntax-tree.ts';
import { readEscapes } from './string-escapes.ts';

export type TokenKind = 'name' | 'keyword' | 'string' | 'number' | 'symbol' | 'error' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The name, keyword or symbol as written; the value of a string; digits of a number. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** First token of its line: broken blocks are mended by indentation. */
  readonly startsLine: boolean;
  /** For strings: between the quotes or brackets. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** A string that was not closed, a character that is no token. */
  readonly broken: boolean;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

export const KEYWORDS: ReadonlySet<string> = new Set([
  ...['and', 'break', 'do', 'else', 'elseif', 'end', 'false', 'for', 'function', 'goto', 'if'],
  ...['in', 'local', 'nil', 'not', 'or', 'repeat', 'return', 'then', 'true', 'until', 'while'],
]);

const SYMBOLS_3 = new Set(['...']);
const SYMBOLS_2 = new Set(['==', '~=', '<=', '>=', '<<', '>>', '//', '..', '::']);
const SYMBOLS_1 = new Set('+-*/%^#&~|<>=(){}[];:,.');

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPACE = /[ \t\v\f]+/y;
const NUMBER =
  /0[xX][0-9A-Fa-f]*(?:\.[0-9A-Fa-f]*)?(?:[pP][+-]?[0-9]+)?|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;

export function tokenize(text: string): Tokens {
  return new Lexer(text).all();
}

class Lexer {
  private readonly text: string;
  private readonly tokens: Token[] = [];
  private readonly comments: Comment[] = [];
  private at = 0;
  private startsLine = true;

  constructor(text: string) {
    this.text = text;
  }

  all(): Tokens {
    // Lua's loader skips a first line that starts with `#`.
    if (this.text.startsWith('#')) this.at = this.lineEnd(0);
    while (this.at < this.text.length) this.next();
    this.add('end', '', this.text.length, this.text.length);
    return { tokens: this.tokens, comments: this.comments };
  }

  private next(): void {
    const { text, at } = this;
    const c = text.charCodeAt(at);
    if (c === 10 || c === 13) {
      this.at++;
      this.startsLine = true;
      return;
    }
    const space = this.match(SPACE);
    if (space !== '') {
      this.at += space.length;
      return;
    }
    const name = this.match(NAME);
    if (name !== '') {
      this.add(KEYWORDS.has(name) ? 'keyword' : 'name', name, at, at + name.length);
      return;
    }
    if (c === 45 && text.charCodeAt(at + 1) === 45) this.comment();
    else if (c === 34 || c === 39) this.quoted(c);
    else if (c === 91 && this.bracketLevel(at) >= 0) this.longString(this.bracketLevel(at));
    else this.numberOrSymbol();
  }

  private numberOrSymbol(): void {
    const { text, at } = this;
    const number = this.match(NUMBER);
    if (number !== '') {
      this.add('number', number, at, at + number.length);
      return;
    }
    for (const [size, known] of [
      [3, SYMBOLS_3],
      [2, SYMBOLS_2],
      [1, SYMBOLS_1],
    ] as const) {
      const symbol = text.slice(at, at + size);
      if (known.has(symbol)) {
        this.add('symbol', symbol, at, at + size);
        return;
      }
    }
    this.add('error', text.charAt(at), at, at + 1, at, at + 1, true);
  }

  private comment(): void {
    const { text, at } = this;
    const level = this.bracketLevel(at + 2);
    if (level >= 0) {
      const open = at + 4 + level;
      const close = text.indexOf(`]${'='.repeat(level)}]`, open);
      const end = close < 0 ? text.length : close;
      this.at = close < 0 ? end : close + level + 2;
      this.comments.push({ start: at, end: this.at, text: text.slice(open, end) });
      return;
    }
    this.at = this.lineEnd(at);
    this.comments.push({ start: at, end: this.at, text: text.slice(at + 2, this.at) });
  }

  /** A string in quotes; without its closing quote it ends with the line. */
  private quoted(quote: number): void {
    const { text, at } = this;
    let end = at + 1;
    let escaped = false;
    for (; end < text.length; end++) {
      const c = text.charCodeAt(end);
      if (c === quote) break;
      if (c === 10 || c === 13) break;
      if (c !== 92) continue;
      escaped = true;
      end++;
      // `\z` skips line ends too, and an escaped line end is part of the string.
      if (text[end] === 'z') while (/\s/.test(text.charAt(end + 1))) end++;
      else if (text[end] === '\r' && text[end + 1] === '\n') end++;
    }
    end = Math.min(end, text.length);
    const closed = text.charCodeAt(end) === quote;
    const content = text.slice(at + 1, end);
    const value = escaped ? readEscapes(content) : content;
    this.add('string', value, at, closed ? end + 1 : end, at + 1, end, !closed);
  }

  private longString(level: number): void {
    const { text, at } = this;
    let open = at + 2 + level;
    const close = text.indexOf(`]${'='.repeat(level)}]`, open);
    const end = close < 0 ? text.length : close;
    const first = /\r\n|\n\r|\n|\r/y;
    first.lastIndex = open;
    open += first.exec(text)?.[0].length ?? 0;
    const stop = close < 0 ? end : close + level + 2;
    this.add('string', text.slice(open, end), at, stop, open, end, close < 0);
  }

  /** How many `=` are between the brackets of `[==[` at `at`, or -1 when there is no such bracket. */
  private bracketLevel(at: number): number {
    const { text } = this;
    if (text[at] !== '[') return -1;
    let end = at + 1;
    while (text[end] === '=') end++;
    return text[end] === '[' ? end - at - 1 : -1;
  }

  private lineEnd(from: number): number {
    const { text } = this;
    let end = from;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
    return end;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0] ?? '';
  }

  private add(
    kind: TokenKind,
    text: string,
    start: number,
    end: number,
    contentStart = start,
    contentEnd = end,
    broken = false,
  ): void {
    const { startsLine } = this;
    this.tokens.push({ kind, text, start, end, startsLine, contentStart, contentEnd, broken });
    this.startsLine = false;
    this.at = Math.max(end, this.at + 1);
  }
}
