import { useSession } from '../session/session-store.ts';
import { LogPointValues } from '../readings/LogPointValues.tsx';
import { BreakpointList } from './BreakpointList.tsx';
import { CallStack } from './CallStack.tsx';
import { NothingDebugged } from './NothingDebugged.tsx';
import { Variables } from './Variables.tsx';
import { WatchList } from './WatchList.tsx';
import './debug.css';

/** Where the script stands, what it knows, and how it goes on. */
export function DebuggerPanel() {
  const isOn = useSession((state) => state.phase !== 'none');
  return (
    <div className="debugger">
      <div className="debugger-columns">
        <div className="debugger-column">
          {isOn && <CallStack />}
          <BreakpointList />
        </div>
        {isOn ? (
          <>
            <div className="debugger-column">
              <Variables />
            </div>
            <div className="debugger-column">
              <WatchList />
              <LogPointValues />
            </div>
          </>
        ) : (
          <div className="debugger-column rest">
            <NothingDebugged />
          </div>
        )}
      </div>
    </div>
  );
}
