/** A place in a text that goes forward, and what was found wrong on the way. */
import type { Span } from '../../syntax/syntax-tree.ts';
import type { DataProblem } from './data-tree.ts';

export class TextReader {
  readonly text: string;
  readonly problems: DataProblem[] = [];
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes behind what a sticky pattern matches here. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }

  takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** An empty place is told on a character beside it, so that it can be seen. */
  problem({ start, end }: Span, message: string): void {
    const from = start === end && start >= this.text.length ? Math.max(0, start - 1) : start;
    this.problems.push({ at: { start: from, end: Math.max(end, from + 1) }, message });
  }

  /** What stands here, for a problem of the text between `start` and here. */
  here(start: number): Span {
    const { at, text } = this;
    const isVisible = at < text.length && !/\s/.test(text[at] ?? '');
    return isVisible
      ? { start: at, end: at + 1 }
      : { start: Math.max(start, at - 1), end: Math.max(start + 1, at) };
  }
}
