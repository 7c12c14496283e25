import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Profile } from '../../../electron/bridge/debug.ts';
import { goToLocation } from '../../editor/go-to-location.ts';
import { formatMicroseconds, formatQuantity } from '../../wording/quantities.ts';
import { boxBeside, flameBoxes, flameRows, nodeAt, type FlameBox } from './flame-layout.ts';
import { useProfile } from './profile-store.ts';

const rowHeight = 20;

function boxWords({ node }: FlameBox): string {
  const own = node.children.length > 0 ? `, ${formatMicroseconds(node.selfUs)} of its own` : '';
  const calls = node.count > 0 ? `, ${formatQuantity(node.count, 'call')}` : '';
  return `${node.name}: ${formatMicroseconds(node.totalUs)}${own}${calls}`;
}

function zoom(path: string): void {
  useProfile.setState({ zoomed: path });
}

/**
 * Where the time went: a box is a function, as wide as it took time, above what it called. A click or
 * Enter gives one the whole width, Escape gives it back; with Ctrl it goes to the line.
 */
export function FlameChart({ profile }: { readonly profile: Profile }) {
  const zoomed = useProfile((state) => state.zoomed);
  const root = nodeAt(profile, zoomed) ?? profile.root;
  const boxes = useMemo(() => flameBoxes(root, zoomed), [root, zoomed]);
  const [focused, setFocused] = useState<string>();
  const chart = useRef<HTMLDivElement>(null);
  const current = boxes.find((box) => box.path === focused) ?? boxes[0];

  function open(box: FlameBox, toLine: boolean): void {
    setFocused(box.path);
    if (toLine && box.node.location) void goToLocation(box.node.location);
    else zoom(box.path === zoomed ? '' : box.path);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!current) return;
    if (event.key === 'Enter') open(current, event.ctrlKey || event.metaKey);
    else if (event.key === 'Escape' && zoomed !== '') zoom('');
    else {
      const next = boxBeside(boxes, current, event.key);
      if (!next) return;
      setFocused(next.path);
      chart.current?.querySelector<HTMLElement>(`[data-path="${next.path}"]`)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={chart}
      className="flame"
      role="group"
      aria-label="Flame chart"
      style={{ height: flameRows(boxes) * rowHeight + 2 }}
      onKeyDown={onKeyDown}
    >
      {boxes.map((box) => (
        <button
          key={box.path}
          type="button"
          className="flame-box"
          data-kind={box.node.kind}
          data-path={box.path}
          tabIndex={box === current ? 0 : -1}
          title={boxWords(box)}
          aria-label={boxWords(box)}
          style={{
            left: `${box.left * 100}%`,
            width: `${box.width * 100}%`,
            top: box.depth * rowHeight,
          }}
          onClick={(event) => open(box, event.ctrlKey || event.metaKey)}
        >
          <span className="clip">{box.node.name}</span>
        </button>
      ))}
    </div>
  );
}
