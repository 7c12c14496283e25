import { useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { entryWords } from '../../recording/entry-words.ts';
import { formatCount } from '../../wording/quantities.ts';
import { placeOf, tickAt, visibleMarks, type RunMark } from '../session/run-marks.ts';
import { scrubTo, scrubToMark } from '../session/scrub.ts';
import { useSession } from '../session/session-store.ts';
import './run-slider.css';

function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

function Marks({ marks, last, width }: { marks: readonly RunMark[]; last: number; width: number }) {
  return visibleMarks(marks, last, width).map((mark) => {
    const { tone, text } = entryWords(mark.entry);
    return (
      <span
        key={mark.entry.seq}
        className="run-slider-mark"
        data-tone={tone}
        title={`Line ${formatCount(mark.tick)}: ${text.replaceAll('`', '')}`}
        style={{ left: `${placeOf(mark.tick, last) * 100}%` }}
      />
    );
  });
}

/**
 * The run from its first line to its newest. Moving the knob moves text, values and recording with
 * it: arrows by a line, with Ctrl to the next mark, Page keys by a tenth.
 */
export function RunSlider() {
  const position = useSession((state) => state.position);
  const marks = useSession((state) => state.marks);
  const runs = useSession((state) => state.looksRunning);
  const [element, width] = useWidth();
  const [dragged, setDragged] = useState<number>();
  const last = position?.last ?? 0;
  const tick = dragged ?? position?.tick ?? 0;

  function tickOf(event: PointerEvent): number {
    const { left = 0, width: wide = 1 } = element.current?.getBoundingClientRect() ?? {};
    return tickAt((event.clientX - left) / wide, last);
  }
  function drag(event: PointerEvent): void {
    const to = tickOf(event);
    setDragged(to);
    scrubTo(to);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(Math.round(last / 10), 1);
    if (runs || last === 0) return;
    if (event.ctrlKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      void scrubToMark(event.key === 'ArrowLeft' ? -1 : 1);
      return;
    }
    const to: Record<string, number> = {
      ArrowLeft: tick - 1,
      ArrowDown: tick - 1,
      ArrowRight: tick + 1,
      ArrowUp: tick + 1,
      PageDown: tick - page,
      PageUp: tick + page,
      Home: 1,
      End: last,
    };
    const wanted = to[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    scrubTo(Math.min(Math.max(wanted, 1), last));
  }

  const words =
    position === undefined
      ? 'not begun'
      : `line ${formatCount(tick)} of ${formatCount(last)}${position.live ? '' : ', in the past'}`;
  return (
    <div
      ref={element}
      className="run-slider"
      role="slider"
      tabIndex={0}
      aria-label="Position in the run"
      aria-valuemin={1}
      aria-valuemax={Math.max(last, 1)}
      aria-valuenow={Math.max(tick, 1)}
      aria-valuetext={words}
      aria-disabled={runs || last === 0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0 || last === 0 || runs) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (dragged !== undefined) drag(event);
      }}
      onPointerUp={() => setDragged(undefined)}
      onPointerCancel={() => setDragged(undefined)}
    >
      <Marks marks={marks} last={last} width={width} />
      {last > 0 && (
        <span className="run-slider-knob" style={{ left: `${placeOf(tick, last) * 100}%` }} />
      )}
    </div>
  );
}
