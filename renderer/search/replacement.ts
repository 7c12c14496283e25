import type { FoundPlace } from '../../electron/bridge/search.ts';

interface Replacing {
  readonly text: string;
  readonly replacement: string;
  readonly matchCase: boolean;
  readonly regularExpression: boolean;
}

/**
 * What takes the place of a match; with a regular expression `$1` and the like stand for its groups.
 *
 * @param line as it is now
 * @returns undefined when it does not match there any more
 */
export function replacementAt(
  line: string,
  { column, length }: Pick<FoundPlace, 'column' | 'length'>,
  { text, replacement, matchCase, regularExpression }: Replacing,
): string | undefined {
  const from = column - 1;
  const found = line.slice(from, from + length);
  if (!regularExpression) {
    const isAlike = matchCase ? found === text : found.toLowerCase() === text.toLowerCase();
    return isAlike ? replacement : undefined;
  }
  // In its line, because what stands around it may be part of the question.
  const pattern = new RegExp(text, matchCase ? 'y' : 'iy');
  pattern.lastIndex = from;
  if (pattern.exec(line)?.[0].length !== length) return undefined;
  pattern.lastIndex = from;
  const whole = line.replace(pattern, replacement);
  return whole.slice(from, whole.length - (line.length - from - length));
}
