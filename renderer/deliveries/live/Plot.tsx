import { useId, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { LivePoint } from '../../../electron/bridge/contract.ts';
import { formatClockTime } from '../../wording/quantities.ts';

/** In pixels: the plot itself, and the room for figures on its left. */
export interface Area {
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

interface PlotProps {
  readonly area: Area;
  readonly title: string;
  readonly figure: string;
  /** The whole chart in one sentence, for those who do not see it. */
  readonly summary: string;
  readonly line: readonly LivePoint[];
  readonly bucketMs: number;
  readonly cursor: number | undefined;
  /** What the chart shows at the cursor, in words. */
  readonly told: string;
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  readonly onCursor: (index: number | undefined) => void;
  /** Shows the deliveries of that time. */
  readonly onChoose: (at: number) => void;
  readonly children: ReactNode;
}

/** Under the plot, for the times. */
export const labels = 16;

/** A chart over time. The arrows move a cursor, Enter shows the deliveries of its time. */
export function Plot(props: PlotProps) {
  const { area, line, cursor, bucketMs } = props;
  const titleId = useId();
  const last = line.length - 1;
  const slot = area.width / Math.max(line.length, 1);

  function onKeyDown(event: KeyboardEvent): void {
    const at = cursor ?? last;
    const steps: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at + 10,
      PageDown: at - 10,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    const point = line[at];
    if (to !== undefined) props.onCursor(Math.min(Math.max(to, 0), last));
    else if (event.key === 'Enter' && point) props.onChoose(point.at);
    else if (event.key === 'Escape') props.onCursor(undefined);
    else return;
    event.preventDefault();
  }
  function pointed(event: PointerEvent<SVGSVGElement>): number {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * (area.left + area.width) - area.left;
    return Math.min(Math.max(Math.floor(x / slot), 0), last);
  }

  const first = line[0];
  const end = line[last];
  return (
    <figure className="plot">
      <figcaption id={titleId}>
        {props.title} <span className="num faint">{props.figure}</span>
      </figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-labelledby={titleId}
        aria-description={`${props.summary} Arrow keys move through time; Enter shows the deliveries of that time.`}
        aria-valuemin={0}
        aria-valuemax={Math.max(last, 0)}
        aria-valuenow={cursor ?? Math.max(last, 0)}
        aria-valuetext={props.told}
        onKeyDown={onKeyDown}
        onBlur={() => props.onCursor(undefined)}
      >
        <svg
          width={area.left + area.width}
          height={area.height + labels}
          aria-hidden
          onPointerMove={(event) => props.onCursor(pointed(event))}
          onPointerLeave={() => props.onCursor(undefined)}
          onClick={() => {
            const point = cursor === undefined ? undefined : line[cursor];
            if (point) props.onChoose(point.at);
          }}
        >
          {props.ticks.map(({ y, text }) => (
            <g key={text}>
              <path className="plot-grid" d={`M${area.left} ${y}h${area.width}`} />
              <text x={area.left - 5} y={y + 3} textAnchor="end">
                {text}
              </text>
            </g>
          ))}
          <g transform={`translate(${area.left} 0)`}>
            {props.children}
            {cursor !== undefined && (
              <path className="plot-cursor" d={`M${(cursor + 0.5) * slot} 0v${area.height}`} />
            )}
          </g>
          {first && end && (
            <>
              <text x={area.left} y={area.height + 13}>
                {formatClockTime(first.at).slice(0, 10)}
              </text>
              <text x={area.left + area.width} y={area.height + 13} textAnchor="end">
                {formatClockTime(end.at + bucketMs).slice(0, 10)}
              </text>
            </>
          )}
        </svg>
      </div>
    </figure>
  );
}
