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
}
