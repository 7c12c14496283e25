import type { LiveView } from '../../../electron/bridge/contract.ts';
import { formatCount, formatMicroseconds } from '../../wording/quantities.ts';
import { labels, type Area } from './Plot.tsx';

interface HistogramProps extends Pick<LiveView, 'histogram'> {
  readonly area: Area;
}

/** How many verdicts took how long. */
export function LatencyHistogram({ area, histogram }: HistogramProps) {
  const most = Math.max(...histogram.map(({ count }) => count), 1);
  const slot = area.width / Math.max(histogram.length, 1);
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
        width={area.left + area.width}
        height={area.height + labels}
        role="img"
        aria-label={`Histogram of latencies: ${words}`}
      >
        <path className="plot-grid" d={`M${area.left} ${area.height}h${area.width}`} />
        <text x={area.left - 5} y={11} textAnchor="end">
          {formatCount(most)}
        </text>
        <text x={area.left - 5} y={area.height + 3} textAnchor="end">
          0
        </text>
        {histogram.map(({ fromUs, toUs, count }, index) => {
          // A single verdict must be seen beside thousands.
          const height = count === 0 ? 0 : Math.max((count / most) * (area.height - 8), 1.5);
          return (
            <rect
              key={fromUs}
              className="plot-info"
              x={area.left + index * slot}
              y={area.height - height}
              width={Math.max(slot - 1, 0.5)}
              height={height}
            >
              <title>{`${formatMicroseconds(fromUs)} to ${formatMicroseconds(toUs)}: ${formatCount(count)}`}</title>
            </rect>
          );
        })}
        {histogram.length > 0 && (
          <>
            <text x={area.left} y={area.height + 13}>
              {formatMicroseconds(histogram[0]?.fromUs ?? 0)}
            </text>
            <text x={area.left + area.width} y={area.height + 13} textAnchor="end">
              {formatMicroseconds(histogram.at(-1)?.toUs ?? 0)}
            </text>
          </>
        )}
      </svg>
    </figure>
  );
}
