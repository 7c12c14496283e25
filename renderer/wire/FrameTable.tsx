import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { WireFrameRow } from '../../electron/bridge/contract.ts';
import { useUniformRows } from '../deliveries/use-uniform-rows.ts';
import { formatClockTime } from '../wording/quantities.ts';
import { frameTone } from './frame-look.ts';
import { useWire, wantFrames } from './wire-store.ts';

const rowHeight = 24;
const headHeight = 24;
const rowId = (index: number): string => `wire-frame-${index}`;

function FrameCells({ frame }: { readonly frame: WireFrameRow }) {
  const isSent = frame.direction === 'sent';
  const Arrow = isSent ? ArrowRight : ArrowLeft;
  return (
    <>
      <span role="gridcell" className="num dim">
        {formatClockTime(frame.at)}
      </span>
      <span role="gridcell" className="dim">
        <Arrow size={11} aria-hidden /> {frame.direction}
      </span>
      <span role="gridcell" className="num dim">
        {frame.kind === 'socket' || frame.kind === 'protocol-header' ? '' : frame.channel}
      </span>
      <span role="gridcell" className={`tone-${frameTone(frame)}`}>
        {frame.name}
      </span>
      <span role="gridcell">{frame.text}</span>
    </>
  );
}

/** The frames that match, oldest first: an ARIA grid of which only the visible rows are on the page. */
export function FrameTable() {
  const rows = useWire((state) => state.rows);
  const matching = useWire((state) => state.matching);
  const selected = useWire((state) => state.selected);
  const sought = useWire((state) => state.sought);
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const { first, last, show } = useUniformRows({
    scroller,
    count: matching,
    rowHeight,
    headHeight,
    overscan: 10,
  });
  const onPage = Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i);
  const at = [...rows].find(([, { number }]) => number === selected?.number)?.[0];

  useEffect(() => {
    wantFrames(first, Math.max(last, first + 30));
  }, [first, last]);
  useEffect(() => {
    const element = scroller.current;
    if (following.current && element) element.scrollTo({ top: element.scrollHeight });
  }, [matching]);

  useEffect(() => {
    if (sought === undefined || sought >= matching) return;
    following.current = false;
    show(sought);
    useWire.setState({ sought: undefined });
  });

  function move(to: number): void {
    const index = Math.min(Math.max(to, 0), matching - 1);
    show(index);
    const selected = rows.get(index);
    if (selected) useWire.setState({ selected });
  }
  function onKeyDown(event: KeyboardEvent): void {
    const now = at ?? first;
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2, 1);
    const steps: Record<string, number> = {
      ArrowDown: at === undefined ? first : now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: matching - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'Escape') useWire.setState({ selected: undefined });
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={scroller}
      className="wire-frames"
      role="grid"
      aria-label="AMQP frames"
      aria-rowcount={matching + 1}
      aria-activedescendant={at === undefined ? undefined : rowId(at)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: element }) => {
        following.current =
          element.scrollHeight - element.scrollTop - element.clientHeight < rowHeight;
      }}
    >
      <div role="row" aria-rowindex={1} className="wire-frame head">
        {['Time', 'Direction', 'Ch', 'Frame', 'What it says'].map((name) => (
          <span key={name} role="columnheader" title={name === 'Ch' ? 'Channel' : undefined}>
            {name}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: matching * rowHeight }}>
        {onPage.map((index) => {
          const frame = rows.get(index);
          return (
            <div
              key={index}
              id={rowId(index)}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === at}
              className="wire-frame"
              style={{ top: headHeight + index * rowHeight }}
              onClick={() => frame && useWire.setState({ selected: frame })}
            >
              {frame ? <FrameCells frame={frame} /> : <span role="gridcell" />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
