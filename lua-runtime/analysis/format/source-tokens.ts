/** The tokens and comments of a text, by where they stand. */
import { tokenize, type Token } from '../syntax/lexer.ts';
import type { Comment, Span } from '../syntax/syntax-tree.ts';

export class SourceTokens {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly #tokens: readonly Token[];

  constructor(text: string) {
    const { tokens, comments } = tokenize(text);
    this.text = text;
    this.#tokens = tokens;
    this.comments = comments;
  }

  /** The first token that begins at `offset` or behind it; the end of the text is one too. */
  from(offset: number): Token {
    let low = 0;
    let high = this.#tokens.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tokens[middle]?.start ?? 0) >= offset) high = middle;
      else low = middle + 1;
    }
    return this.#tokens[low] as Token;
  }

  /** The first token from `offset` on that is written like this. */
  find(offset: number, symbol: string): Token {
    let token = this.from(offset);
    while (token.kind !== 'end' && (token.text !== symbol || token.kind === 'string')) {
      token = this.from(token.end);
    }
    return token;
  }

  commentsIn({ start, end }: Span): readonly Comment[] {
    if (this.comments.length === 0) return this.comments;
    return this.comments.filter((comment) => comment.start >= start && comment.end <= end);
  }

  hasComment(span: Span): boolean {
    return this.comments.some(({ start, end }) => start >= span.start && end <= span.end);
  }

  /** How many line ends are between two offsets. */
  linesBetween(start: number, end: number): number {
    let count = 0;
    for (let i = this.text.indexOf('\n', start); i >= 0 && i < end;) {
      count++;
      i = this.text.indexOf('\n', i + 1);
    }
    return count;
  }

  source({ start, end }: Span): string {
    return this.text.slice(start, end);
  }
}
