/** The parser's place in the tokens, and what it noted there. */
import { type Token, tokenize } from './lexer.ts';
import type { Comment, Span } from './syntax-tree.ts';

export class TokenStream {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly errors: Span[] = [];
  /** Set when the text ended inside of a block. */
  endIsMissing = false;
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(text: string) {
    const { tokens, comments } = tokenize(text);
    this.text = text;
    this.tokens = tokens;
    this.comments = comments;
  }

  get token(): Token {
    return this.tokens[this.index] as Token;
  }

  get following(): Token {
    return this.tokens[Math.min(this.index + 1, this.tokens.length - 1)] as Token;
  }

  /** Where the token before ended: nodes end there, not at the white space behind. */
  get lastEnd(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }

  get atEnd(): boolean {
    return this.token.kind === 'end';
  }

  /** The keyword or symbol is next; names and strings of the same text are not meant. */
  is(text: string): boolean {
    const { kind, text: next } = this.token;
    return next === text && (kind === 'keyword' || kind === 'symbol');
  }

  advance(): Token {
    const { token } = this;
    if (token.broken) this.errors.push({ start: token.start, end: token.end });
    if (this.index < this.tokens.length - 1) this.index++;
    return token;
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.advance();
    return true;
  }

  /** The same; its absence is noted where it should have been. */
  expect(text: string): boolean {
    if (this.accept(text)) return true;
    this.missing();
    return false;
  }

  acceptName(): Token | undefined {
    return this.token.kind === 'name' ? this.advance() : undefined;
  }

  /** Notes that something is missing behind the token before. */
  missing(): Span {
    const span = { start: this.lastEnd, end: this.lastEnd };
    this.errors.push(span);
    return span;
  }

  /** Columns of white space before the line that `offset` is in. */
  indentationAt(offset: number): number {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    let end = start;
    while (this.text[end] === ' ' || this.text[end] === '\t') end++;
    return end - start;
  }
}
