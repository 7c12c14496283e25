import { useEffect, useRef, useState } from 'react';
import type { LiveView } from '../../../electron/bridge/contract.ts';
import { workbench } from '../../bridge/workbench-bridge.ts';
import { formatClockTime } from '../../wording/quantities.ts';
import { goToDelivery } from '../go-to-delivery.ts';
import { LatencyChart, latencyWords } from './LatencyChart.tsx';
import { LatencyHistogram } from './LatencyHistogram.tsx';
import type { Area } from './Plot.tsx';
import { countWords, ThroughputChart } from './ThroughputChart.tsx';
import { timeLine } from './time-line.ts';
import './live.css';

/** Often enough to watch, seldom enough to cost nothing beside the deliveries. */
const refreshEveryMs = 500;

/** The charts' data, asked for again while deliveries arrive. */
function useLiveView(total: number): LiveView | undefined {
  const [live, setLive] = useState<LiveView>();
  const newest = useRef(total);
  useEffect(() => {
    newest.current = total;
  }, [total]);
  useEffect(() => {
    let asked = -1;
    let isGone = false;
    async function ask(): Promise<void> {
      if (asked === newest.current) return;
      asked = newest.current;
      try {
        const view = await workbench.call('deliveries.live', {});
        if (!isGone) setLive(view);
      } catch {
        // The banner of the lost connection says it; the next round asks again.
        asked = -1;
      }
    }
    void ask();
    const timer = setInterval(() => void ask(), refreshEveryMs);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, []);
  return live;
}

const gap = 16;
const leastHeight = 70;
const mostHeight = 220;

/** What each chart's lines may fill, in pixels, in a panel of this size. */
function plotArea({ width, height }: { readonly width: number; readonly height: number }): Area {
  const columns = width < 560 ? 2 : 3;
  const left = 44;
  const room = Math.max((width - gap * (columns - 1)) / columns - left - 2, 40);
  const tall = height / Math.ceil(3 / columns) - 56;
  return { left, width: room, height: Math.min(Math.max(tall, leastHeight), mostHeight) };
}

/** The size of an element, followed as it changes. */
function useSize(element: HTMLElement | null): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 700, height: 200 });
  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** The traffic over time, read from the recording: throughput, confirm latency, their distribution. */
export function LiveCharts({ total }: { readonly total: number }) {
  const live = useLiveView(total);
  const [cursor, setCursor] = useState<number>();
  const [panel, setPanel] = useState<HTMLDivElement | null>(null);
  const area = plotArea(useSize(panel));
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
    area,
    line,
    bucketMs: live.bucketMs,
    cursor,
    onCursor: setCursor,
    onChoose: (at: number) => void goToDelivery({ kind: 'time', at }),
  };
  return (
    <div className="live">
      <div className="live-charts" ref={setPanel}>
        <ThroughputChart {...charts} />
        <LatencyChart {...charts} />
        <LatencyHistogram area={area} histogram={live.histogram} />
      </div>
      <p className="live-told num" aria-live="polite">
        {shown
          ? `${formatClockTime(shown.at).slice(0, 10)}: ${countWords(shown)}; ${latencyWords(shown)}`
          : `Each bar is ${live.bucketMs < 1000 ? `${live.bucketMs} ms` : `${live.bucketMs / 1000} s`}. Click a time to see its deliveries.`}
      </p>
    </div>
  );
}
