import { formatCount } from '../../wording/quantities.ts';
import { useSession } from '../session/session-store.ts';
import { RunSlider } from './RunSlider.tsx';
import './run-position.css';

/** `line 37 of 58`; empty before the first line. */
export function PositionWords() {
  const position = useSession((state) => state.position);
  if (position === undefined) return '';
  return `line ${formatCount(position.tick)} of ${formatCount(position.last)}`;
}

/** The slider and where it stands. */
export function RunPosition() {
  return (
    <div className="run-position">
      <RunSlider />
      <span className="run-position-words num">
        <PositionWords />
      </span>
    </div>
  );
}
