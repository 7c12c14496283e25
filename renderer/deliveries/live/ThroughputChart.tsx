import { useId } from 'react';
import type { LivePoint } from '../../../electron/bridge/contract.ts';
import { formatCount } from '../../wording/quantities.ts';
import { verdictLook } from '../verdict-words.ts';
import { Plot, type Area } from './Plot.tsx';
import { roundUp, totalOf } from './time-line.ts';

/** From the bottom up. */
const layers = ['acked', 'none', 'unconfirmed', 'unroutable', 'nacked', 'failed'] as const;

export interface TimeChartProps {
  readonly area: Area;
  readonly line: readonly LivePoint[];
  readonly bucketMs: number;
  readonly cursor: number | undefined;
  readonly onCursor: (index: number | undefined) => void;
  readonly onChoose: (at: number) => void;
}

/** What became of a point's deliveries, in words: `1,204 acked, 3 nacked`. */
export function countWords(point: LivePoint): string {
  const told = layers
    .filter((layer) => point[layer] > 0)
    .map((layer) => {
      const { word } = verdictLook(layer === 'none' ? undefined : layer);
      return `${formatCount(point[layer])} ${word}`;
    });
  if (point.silentLoss > 0) told.push(`${formatCount(point.silentLoss)} lost silently`);
  return told.length === 0 ? 'nothing delivered' : told.join(', ');
}

/** Deliveries a second over time, by what the broker did. */
export function ThroughputChart({ area, line, bucketMs, ...rest }: TimeChartProps) {
  const hatch = useId();
  const perSecond = (count: number): number => (count * 1000) / bucketMs;
  const most = roundUp(Math.max(...line.map((point) => perSecond(totalOf(point))), 1));
  const slot = area.width / Math.max(line.length, 1);
  const y = (rate: number): number => area.height - (rate / most) * (area.height - 8);
  const all = line.reduce((sum, point) => sum + totalOf(point), 0);
  const mean = line.length === 0 ? 0 : perSecond(all) / line.length;
  const shown = line[rest.cursor ?? line.length - 1];

  const bases = line.map(() => 0);
  const shapes = layers.map((layer) => {
    const parts = line.map((point, index) => {
      const count = point[layer];
      const base = bases[index] ?? 0;
      bases[index] = base + count;
      if (count === 0) return '';
      const top = y(perSecond(base + count));
      const height = y(perSecond(base)) - top;
      return `M${(index * slot).toFixed(2)} ${top.toFixed(2)}h${Math.max(slot - 0.25, 0.4).toFixed(2)}v${height.toFixed(2)}h-${Math.max(slot - 0.25, 0.4).toFixed(2)}z`;
    });
    return { layer, path: parts.join('') };
  });

  return (
    <Plot
      {...rest}
      area={area}
      line={line}
      bucketMs={bucketMs}
      title="Throughput"
      figure={`${formatCount(Math.round(mean))}/s on average`}
      summary={`${formatCount(all)} deliveries, ${formatCount(Math.round(mean))} a second on average.`}
      told={shown ? countWords(shown) : 'nothing delivered'}
      ticks={[
        { y: y(most), text: `${formatCount(most)}/s` },
        { y: y(most / 2), text: formatCount(most / 2) },
        { y: y(0), text: '0' },
      ]}
    >
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" className="plot-fail" />
          <path d="M-1 1 1-1M0 4 4 0M3 5 5 3" className="plot-hatch" />
        </pattern>
      </defs>
      {shapes.map(({ layer, path }) => {
        const { tone } = verdictLook(layer === 'none' ? undefined : layer);
        const fill = tone === 'fail' ? `url(#${hatch})` : undefined;
        return path && <path key={layer} d={path} className={`plot-${tone}`} style={{ fill }} />;
      })}
    </Plot>
  );
}
