import { StepBack, StepForward } from 'lucide-react';
import { Menu } from '../../controls/Menu.tsx';
import { PositionWords } from '../panel/RunPosition.tsx';
import { RunSlider } from '../panel/RunSlider.tsx';
import { runBackToLastChange, stepBack, stepInto } from '../session/run-control.ts';
import { useSession } from '../session/session-store.ts';
import { useValues } from '../values/values-store.ts';

/** Goes back to where one of the frame's variables got its value. */
function LastChange() {
  const scopes = useValues((state) => state.scopes);
  const children = useValues((state) => state.children);
  const variables = ['Locals', 'Arguments', 'Upvalues'].flatMap((name) => {
    const scope = scopes.find((one) => one.name === name);
    const nodes = children.get(name)?.nodes ?? [];
    return scope ? nodes.map((node) => ({ node, ref: scope.ref })) : [];
  });
  if (variables.length === 0) return null;
  return (
    <Menu
      button="Last change of"
      label="Last change of a variable"
      items={variables.map(({ node, ref }, index) => ({
        id: `${index}`,
        label: (
          <span className="menu-row mono">
            <span>{node.name}</span>
            <span className="faint clip">{node.value}</span>
          </span>
        ),
        onChoose: () => void runBackToLastChange(ref, node.name),
      }))}
    />
  );
}

/** Moves the run that this recording is of. */
export function RunControls() {
  const atEnd = useSession((state) => state.stop?.reason === 'end');
  const runs = useSession((state) => state.looksRunning);
  return (
    <section className="recording-run" aria-label="Position in the run">
      <h3 className="section-title">
        Position in the run
        <small>
          <PositionWords />
        </small>
      </h3>
      <RunSlider />
      <div className="callout-actions">
        <button
          type="button"
          className="button"
          aria-disabled={runs}
          onClick={() => void stepBack()}
        >
          <StepBack size={12} aria-hidden /> Step back
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={runs || atEnd}
          onClick={() => void stepInto()}
        >
          Step <StepForward size={12} aria-hidden />
        </button>
        <LastChange />
      </div>
    </section>
  );
}
