import { RotateCcw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  continueRun,
  pauseRun,
  runBack,
  stepBack,
  stepInto,
  stepOut,
  stepOver,
} from '../session/run-control.ts';
import { endSession } from '../session/session.ts';
import { useSession } from '../session/session-store.ts';
import { debugAgain } from '../session/start-debugging.ts';
import { ChangedTextNote } from './ChangedTextNote.tsx';
import { RunPosition } from './RunPosition.tsx';
import './debug-toolbar.css';

interface ToolProps {
  readonly name: string;
  readonly title: string;
  readonly keys: string;
  readonly disabled?: boolean;
  readonly onPress: () => unknown;
  readonly icon?: ReactNode;
}

function Tool({ name, title, keys, disabled, onPress, icon }: ToolProps) {
  return (
    <button
      type="button"
      className={icon ? 'button quiet icon' : 'button'}
      title={`${title} (${keys})`}
      aria-label={icon ? name : undefined}
      // Not `disabled`: the focus would be lost whenever the script runs for a moment.
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      {icon ?? (
        <>
          {name}{' '}
          <span className="key" aria-hidden>
            {shortKeys(keys)}
          </span>
        </>
      )}
    </button>
  );
}

/** As the drawings write them: `⇧F11`, `⌥F10`. */
function shortKeys(keys: string): string {
  return keys.replace('Shift+', '⇧').replace('Alt+', '⌥').replace('Ctrl+', '⌃');
}

function GoOn() {
  const runs = useSession((state) => state.looksRunning || state.phase === 'starting');
  const atEnd = useSession((state) => state.stop?.reason === 'end' && !state.looksRunning);
  if (runs) {
    return <Tool name="Pause" title="Stand still at the next line" keys="F5" onPress={pauseRun} />;
  }
  if (atEnd) {
    return (
      <Tool name="Restart" title="Run it again from its start" keys="F5" onPress={debugAgain} />
    );
  }
  return (
    <Tool
      name="Continue"
      title="Run to the next breakpoint or the end"
      keys="F5"
      onPress={continueRun}
    />
  );
}

/** How the run goes on, back and forth; above whatever the lower panel shows. */
export function DebugToolbar() {
  const runs = useSession((state) => state.looksRunning || state.phase === 'starting');
  const atEnd = useSession((state) => state.stop?.reason === 'end');
  const noForward = runs || atEnd;
  return (
    <div className="debug-toolbar" role="toolbar" aria-label="Debugger">
      <div className="debug-tools">
        <GoOn />
        <Tool
          name="Over"
          title="To the next line of this function"
          keys="F10"
          disabled={noForward}
          onPress={stepOver}
        />
        <Tool
          name="Into"
          title="Into the function that is called"
          keys="F11"
          disabled={noForward}
          onPress={stepInto}
        />
        <Tool
          name="Out"
          title="Out of this function"
          keys="Shift+F11"
          disabled={noForward}
          onPress={stepOut}
        />
        <span className="debug-separator" aria-hidden />
        <Tool
          name="Back"
          title="To the line before; nothing is published twice"
          keys="Alt+F10"
          disabled={runs}
          onPress={stepBack}
        />
        <Tool
          name="Run back"
          title="Back to the breakpoint before, or to the start"
          keys="Alt+F5"
          disabled={runs}
          onPress={runBack}
        />
        <span className="debug-separator" aria-hidden />
        {!(atEnd && !runs) && (
          <Tool
            name="Restart"
            title="Run it again from its start"
            keys="Ctrl+Shift+F5"
            onPress={debugAgain}
            icon={<RotateCcw size={13} aria-hidden />}
          />
        )}
        <Tool
          name="Stop"
          title="End the run"
          keys="Shift+F5"
          onPress={endSession}
          icon={<Square size={13} aria-hidden />}
        />
      </div>
      <ChangedTextNote />
      <RunPosition />
    </div>
  );
}
