import { ArrowUp } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore, type KeyboardEvent } from 'react';
import { openRecording } from '../recording/open-recording.ts';
import { useSimulate } from '../simulate/simulate-store.ts';
import { formatCount } from '../wording/quantities.ts';
import { deliveryWindow, useDeliveries } from './deliveries-store.ts';
import { goToProblem } from './go-to-delivery.ts';
import { DeliveryCells } from './DeliveryCells.tsx';
import { useUniformRows } from './use-uniform-rows.ts';

const rowHeight = 26;
const headHeight = 24;
const columns = [
  { name: 'Time' },
  { name: 'Queue' },
  { name: 'Try', title: 'Attempt' },
  { name: 'Routing key', title: 'Exchange and routing key' },
  { name: 'Script was told', truth: true },
  { name: 'Broker did', truth: true },
  { name: 'kumod logs', truth: true },
];
const rowId = (id: number): string => `delivery-${id}`;

function select(id: number): void {
  // A chosen row must not run away under new ones.
  if (useSimulate.getState().run?.state === 'running') deliveryWindow.hold();
  useDeliveries.setState({ selected: id });
}

/** The live table: an ARIA grid of which only the visible rows are on the page. */
export function DeliveryTable() {
  const view = useSyncExternalStore(deliveryWindow.subscribe, deliveryWindow.getView);
  const selected = useDeliveries((state) => state.selected);
  const paused = useDeliveries((state) => state.paused);
  const scroller = useRef<HTMLDivElement>(null);
  const aim = useRef<number>(undefined);
  const { first, last, show } = useUniformRows({
    scroller,
    count: view.matching,
    rowHeight,
    headHeight,
    overscan: 8,
  });
  const onPage = Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i);

  useEffect(() => {
    deliveryWindow.want(first, Math.max(last, first + 20));
  }, [first, last]);

  const goal = useDeliveries((state) => state.aim);
  useEffect(() => {
    if (!goal) return;
    show(goal.index);
    useDeliveries.setState({ aim: undefined });
    scroller.current?.focus();
  }, [goal, show]);

  useEffect(() => {
    const row = aim.current === undefined ? undefined : deliveryWindow.rowAt(aim.current);
    if (!row) return;
    aim.current = undefined;
    select(row.id);
  }, [view]);

  function onScroll(): void {
    const top = scroller.current?.scrollTop ?? 0;
    if (top > rowHeight / 2) deliveryWindow.hold();
    else if (!paused && useDeliveries.getState().selected === undefined) deliveryWindow.release();
  }
  function showNewest(): void {
    useDeliveries.setState({ selected: undefined, paused: false });
    deliveryWindow.release();
    scroller.current?.scrollTo({ top: 0 });
  }
  function move(to: number): void {
    const index = Math.min(Math.max(to, 0), view.matching - 1);
    const row = deliveryWindow.rowAt(index);
    show(index);
    if (row) select(row.id);
    // It is selected when it has been fetched.
    aim.current = row ? undefined : index;
  }
  function onKeyDown(event: KeyboardEvent): void {
    const at = selected === undefined ? -1 : (deliveryWindow.indexOf(selected) ?? -1);
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2, 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? first : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: view.matching - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'F8') goToProblem(event.shiftKey ? 'newer' : 'older');
    else if (event.key === 'Enter' && selected !== undefined) void openRecording(selected);
    else if (event.key === 'Escape') showNewest();
    else return;
    event.preventDefault();
  }

  return (
    <div className="deliveries-table">
      <div
        ref={scroller}
        className="deliveries-scroller"
        role="grid"
        aria-label="Deliveries"
        aria-rowcount={view.matching + 1}
        aria-activedescendant={selected === undefined ? undefined : rowId(selected)}
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className="delivery head">
          {columns.map(({ name, title, truth }) => (
            <span key={name} role="columnheader" className={truth ? 'truth' : ''} title={title}>
              {name}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: view.matching * rowHeight }}>
          {onPage.map((index) => {
            const row = deliveryWindow.rowAt(index);
            return (
              <div
                // By place, not by row: while rows stream in, texts change and elements stay.
                key={index}
                id={row && rowId(row.id)}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={row !== undefined && row.id === selected}
                className="delivery"
                data-loss={row?.warning}
                style={{ top: headHeight + index * rowHeight }}
                onClick={() => {
                  if (!row) return;
                  select(row.id);
                  void openRecording(row.id);
                }}
              >
                {row ? <DeliveryCells row={row} /> : <span role="gridcell" />}
              </div>
            );
          })}
        </div>
      </div>
      {view.heldAt !== undefined && (view.newRows > 0 || paused) && (
        <button type="button" className="button small deliveries-new" onClick={showNewest}>
          <ArrowUp size={12} aria-hidden />
          <span className="num">
            {view.newRows > 0 ? `${formatCount(view.newRows)} new` : 'Paused'}
          </span>
        </button>
      )}
    </div>
  );
}
