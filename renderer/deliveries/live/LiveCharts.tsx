import { useEffect, useState } from 'react';
import type { LiveView } from '../../../electron/bridge/contract.ts';
import { workbench } from '../../bridge/workbench-bridge.ts';
import { formatClockTime } from '../../wording/quantities.ts';
import { goToDelivery } from '../go-to-delivery.ts';
import { LatencyChart, latencyWords } from './LatencyChart.tsx';
import { LatencyHistogram } from './LatencyHistogram.tsx';
import { countWords, ThroughputChart } from './ThroughputChart.tsx';
import { timeLine } from './time-line.ts';
import './live.css';

/** Often enough to watch, seldom enough to cost nothing beside the deliveries. */
const refreshEveryMs = 500;

/** Asks for the charts' data while they are on the page and deliveries arrive. */
function useLiveView(total: number): LiveView | undefined {
  const [view, setView] = useState<{ readonly of: number; readonly live: LiveView }>();
  const isOld = view?.of !== total;
  const isFirst = view === undefined;
  useEffect(() => {
    if (!isOld) return undefined;
    let isGone = false;
    const timer = setTimeout(
      () => {
        workbench.call('deliveries.live', {}).then(
          (live) => {
            if (!isGone) setView({ of: total, live });
          },
          // The banner of the lost connection says it; the next delivery asks again.
          () => undefined,
        );
      },
      isFirst ? 0 : refreshEveryMs,
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
    // A change of `total` while the timer runs must not start it anew, or a stream never paints.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOld, isFirst]);
  return view?.live;
}

/** The traffic over time, read from the recording: throughput, confirm latency, their distribution. */
export function LiveCharts({ total }: { readonly total: number }) {
  const live = useLiveView(total);
  const [cursor, setCursor] = useState<number>();
  if (!live) return null;
  if (live.points.length === 0) {
    return (
      <div className="empty">
        <p>
          Nothing delivered yet. Enter how many messages, or for how many seconds, and press
          Deliver: throughput and confirm latency are drawn here as they come.
        </p>
      </div>
    );
  }
  const line = timeLine(live);
  const shown = cursor === undefined ? undefined : line[Math.min(cursor, line.length - 1)];
  const charts = {
    line,
    bucketMs: live.bucketMs,
    cursor,
    onCursor: setCursor,
    onChoose: (at: number) => void goToDelivery({ kind: 'time', at }),
  };
  return (
    <div className="live">
      <div className="live-charts">
        <ThroughputChart {...charts} />
        <LatencyChart {...charts} />
        <LatencyHistogram histogram={live.histogram} />
      </div>
      <p className="live-told num" aria-live="polite">
        {shown
          ? `${formatClockTime(shown.at).slice(0, 10)}: ${countWords(shown)}; ${latencyWords(shown)}`
          : `Each bar is ${live.bucketMs < 1000 ? `${live.bucketMs} ms` : `${live.bucketMs / 1000} s`}. Click a time to see its deliveries.`}
      </p>
    </div>
  );
}
