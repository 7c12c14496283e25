import type { LiveView } from '../../../electron/bridge/contract.ts';
import { formatCount, formatMicroseconds } from '../../wording/quantities.ts';
import { plot } from './Plot.tsx';

/** How many verdicts took how long. */
export function LatencyHistogram({ histogram }: Pick<LiveView, 'histogram'>) {
  const most = Math.max(...histogram.map(({ count }) => count), 1);
  const slot = plot.width / Math.max(histogram.length, 1);
  const all = histogram.reduce((sum, { count }) => sum + count, 0);
  const fullest = histogram.find(({ count }) => count === most);
  const words = fullest
    ? `${formatCount(all)} verdicts; most took ${formatMicroseconds(fullest.fromUs)} to ${formatMicroseconds(fullest.toUs)}`
    : 'no verdict yet';
  return (
    <figure className="plot">
      <figcaption>
        Latencies <span className="num faint">{formatCount(all)} verdicts</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${plot.left + plot.width} ${plot.height + 16}`}
        role="img"
        aria-label={`Histogram of latencies: ${words}`}
      >
        <path className="plot-grid" d={`M${plot.left} ${plot.height}h${plot.width}`} />
        <text x={plot.left - 5} y={11} textAnchor="end">
          {formatCount(most)}
        </text>
        <text x={plot.left - 5} y={plot.height + 3} textAnchor="end">
          0
        </text>
        {histogram.map(({ fromUs, toUs, count }, index) => {
          // A single verdict must be seen beside thousands.
          const height = count === 0 ? 0 : Math.max((count / most) * (plot.height - 8), 1.5);
          return (
            <rect
              key={fromUs}
              className="plot-info"
              x={plot.left + index * slot}
              y={plot.height - height}
              width={Math.max(slot - 1, 0.5)}
              height={height}
            >
              <title>{`${formatMicroseconds(fromUs)} to ${formatMicroseconds(toUs)}: ${formatCount(count)}`}</title>
            </rect>
          );
        })}
        {histogram.length > 0 && (
          <>
            <text x={plot.left} y={plot.height + 13}>
              {formatMicroseconds(histogram[0]?.fromUs ?? 0)}
            </text>
            <text x={plot.left + plot.width} y={plot.height + 13} textAnchor="end">
              {formatMicroseconds(histogram.at(-1)?.toUs ?? 0)}
            </text>
          </>
        )}
      </svg>
    </figure>
  );
}
