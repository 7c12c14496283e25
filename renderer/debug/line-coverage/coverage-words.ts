import { formatCount, formatQuantity } from '../../wording/quantities.ts';
import type { CoveredLine, Share } from './sum-coverage.ts';

/** `12 of 14`, `none`. */
export function shareWords({ hit, all }: Share): string {
  return all === 0 ? 'none' : `${formatCount(hit)} of ${formatCount(all)}`;
}

/** Whole percent, but 100 only when nothing is missing. */
export function percentOf({ hit, all }: Share): number {
  if (all === 0 || hit === all) return 100;
  return Math.min(Math.round((hit / all) * 100), 99);
}

const ways = {
  into: 'Its condition was never true.',
  past: 'Its condition was always true.',
};

/** What became of a line, in sentences: `Ran 12 times. Its condition was always true.` */
export function lineWords({ hits, missedWays }: CoveredLine): string {
  const ran = hits === 0 ? 'Never ran.' : `Ran ${formatQuantity(hits, 'time')}.`;
  // Several conditionals on a line are told apart only by where they stand in it.
  const missed =
    missedWays.length > 1
      ? ['Some of its conditions went one way only.']
      : missedWays.map((way) => ways[way]);
  return [ran, ...missed].join(' ');
}

/** The values that variables took on a line, one variable a line: `domain = 'amqp', 'example.com'`. */
export function valueLines({ values }: CoveredLine): string[] {
  return values.map(({ name, values: taken, more }) => {
    const before = more > 0 ? `${formatCount(more)} more, ` : '';
    return `${name} = ${before}${taken.join(', ')}`;
  });
}
