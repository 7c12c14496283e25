import type { LivePoint } from '../../../electron/bridge/contract.ts';
import { formatMicroseconds } from '../../wording/quantities.ts';
import { Plot } from './Plot.tsx';
import type { TimeChartProps } from './ThroughputChart.tsx';
import { decades } from './time-line.ts';

const lines = [
  ['maxUs', 'max'],
  ['p99Us', 'p99'],
  ['p95Us', 'p95'],
  ['p50Us', 'p50'],
] as const;

/** `p50 0.6 ms, p95 …` of a point, or that no broker answered then. */
export function latencyWords(point: LivePoint): string {
  if (point.p50Us === undefined) return 'no verdict';
  return lines
    .toReversed()
    .map(([field, name]) => `${name} ${formatMicroseconds(point[field] ?? 0)}`)
    .join(', ');
}

/** How long the broker took for its verdicts over time, on a logarithmic scale. */
export function LatencyChart({ area, line, ...rest }: TimeChartProps) {
  const values = line.flatMap((point) => lines.flatMap(([field]) => point[field] ?? []));
  const { from, to } = decades(values.length === 0 ? [1000] : values);
  const slot = area.width / Math.max(line.length, 1);
  const y = (us: number): number =>
    area.height - (Math.log(Math.max(us, from) / from) / Math.log(to / from)) * (area.height - 8);
  const shown = line[rest.cursor ?? line.length - 1];
  const worst = Math.max(...values, 0);

  const ticks = [];
  for (let us = from; us <= to; us *= 10) ticks.push({ y: y(us), text: formatMicroseconds(us) });

  return (
    <Plot
      {...rest}
      area={area}
      line={line}
      title="Confirm latency"
      // One of the four, because the head of a narrow chart has room for no more.
      figure={shown?.p99Us === undefined ? '' : `p99 ${formatMicroseconds(shown.p99Us)}`}
      summary={`At most ${formatMicroseconds(worst)}.`}
      told={shown ? latencyWords(shown) : 'no verdict'}
      ticks={ticks}
    >
      {lines.map(([field, name]) => {
        let pen = 'M';
        const path = line.map((point, index) => {
          const us = point[field];
          if (us === undefined) {
            pen = 'M';
            return '';
          }
          const part = `${pen}${(index * slot).toFixed(2)} ${y(us).toFixed(2)}h${slot.toFixed(2)}`;
          pen = 'L';
          return part;
        });
        return <path key={field} className={`plot-line plot-${name}`} d={path.join('')} />;
      })}
    </Plot>
  );
}
