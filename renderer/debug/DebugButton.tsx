import { useSimulate } from '../simulate/simulate-store.ts';
import { endSession } from './session/session.ts';
import { useSession } from './session/session-store.ts';
import { debugForm } from './session/start-debugging.ts';

/** In the title bar: delivers the form's message under the debugger, or ends that. */
export function DebugButton() {
  const isOn = useSession((state) => state.phase !== 'none');
  const refused = useSimulate((state) => state.simulation?.notDeliverable);
  if (isOn) {
    return (
      <button
        type="button"
        className="button"
        title="End the debugged run (Shift+F5)"
        onClick={() => void endSession()}
      >
        Stop{' '}
        <span className="key" aria-hidden>
          ⇧F5
        </span>
      </button>
    );
  }
  return (
    <button
      type="button"
      className="button"
      disabled={refused !== undefined}
      title={refused ?? 'Deliver the message under the debugger (F5)'}
      onClick={() => void debugForm()}
    >
      Debug{' '}
      <span className="key" aria-hidden>
        F5
      </span>
    </button>
  );
}
