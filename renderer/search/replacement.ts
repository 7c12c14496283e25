import type { FoundPlace, SearchAnswer } from '../../electron/bridge/search.ts';

interface Replacing {
  /** What was looked for. */
  readonly pattern: NonNullable<SearchAnswer['pattern']>;
  readonly replacement: string;
  /** `$1` and the like in the replacement stand for groups of the pattern. */
  readonly hasGroups: boolean;
}

/**
 * What takes the place of a match.
 *
 * @param line as it is now
 * @returns undefined when it does not match there any more
 */
export function replacementAt(
  line: string,
  { column, length }: Pick<FoundPlace, 'column' | 'length'>,
  { pattern: { source, flags }, replacement, hasGroups }: Replacing,
): string | undefined {
  const from = column - 1;
  // In its line, because what stands around it may be part of the question.
  const pattern = new RegExp(source, flags.replace('g', 'y'));
  pattern.lastIndex = from;
  if (pattern.exec(line)?.[0].length !== length) return undefined;
  if (!hasGroups) return replacement;
  pattern.lastIndex = from;
  const whole = line.replace(pattern, replacement);
  return whole.slice(from, whole.length - (line.length - from - length));
}
