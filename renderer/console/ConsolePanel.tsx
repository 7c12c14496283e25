import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { LocationLink } from '../controls/LocationLink.tsx';
import { EvaluateInput } from '../debug/console/EvaluateInput.tsx';
import { useSession } from '../debug/session/session-store.ts';
import { formatClockTime, formatQuantity } from '../wording/quantities.ts';
import { levels, useConsole, type ShownLine } from './console-store.ts';
import './console.css';

/** What stands before a line: who says it, or how bad it is. */
function lead(line: ShownLine): string {
  if (line.dialogue === 'asked') return '>';
  if (line.dialogue === 'answered' && line.level !== 'error') return '=';
  return line.source === 'print' || line.source === 'io' ? line.source : line.level;
}

function Line({ line }: { readonly line: ShownLine }) {
  return (
    <>
      <span className="faint num">{formatClockTime(line.at)}</span>
      <span className={`console-level tone-${line.level}`}>{lead(line)}</span>
      <span className="console-text">{line.text}</span>
      {line.file !== undefined && line.line !== undefined && (
        <LocationLink location={{ file: line.file, line: line.line }} />
      )}
    </>
  );
}

/** What the policy printed and logged, newest at the foot. */
function ConsoleLines() {
  const all = useConsole((state) => state.lines);
  const skipped = useConsole((state) => state.skipped);
  const level = useConsole((state) => state.level);
  const lines = useMemo(() => {
    const least = levels.indexOf(level);
    return all.filter((line) => levels.indexOf(line.level) <= least);
  }, [all, level]);
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 22,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 10,
  });

  useEffect(() => {
    if (following.current && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1);
  }, [lines, virtualizer]);

  if (lines.length === 0) {
    return (
      <p className="empty">
        {all.length === 0
          ? 'Nothing printed yet. What the policy writes with print or kumo.log_info appears here.'
          : 'Nothing at this level. Choose a lower one to see more.'}
      </p>
    );
  }
  return (
    <>
      {skipped > 0 && (
        <p className="console-skipped">
          {formatQuantity(skipped, 'more line')} {skipped === 1 ? 'is' : 'are'} not shown.
          Recordings keep what was printed in their run.
        </p>
      )}
      <div
        ref={scroller}
        className="console-lines"
        role="log"
        aria-label="Console"
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget: at }) => {
          following.current = at.scrollHeight - at.scrollTop - at.clientHeight < 30;
        }}
      >
        <div className="console-height" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return (
              line && (
                <div
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  data-level={line.level}
                  className="console-line"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <Line line={line} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </>
  );
}

/** What the policy says, and while it is debugged what one asks it. */
export function ConsolePanel() {
  const isDebugged = useSession((state) => state.phase !== 'none');
  return (
    <div className="console">
      <ConsoleLines />
      {isDebugged && <EvaluateInput />}
    </div>
  );
}
