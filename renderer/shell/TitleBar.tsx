import { Search } from 'lucide-react';
import { DebugButton } from '../debug/DebugButton.tsx';
import { deliverWords } from '../simulate/deliver-words.ts';
import { cancelRun, deliver } from '../simulate/deliver.ts';
import { useSimulate } from '../simulate/simulate-store.ts';
import { formatCount } from '../wording/quantities.ts';
import { useWorkspace } from '../workspace/workspace-store.ts';
import { showDialog } from './layout-store.ts';

function DeliverButton() {
  const words = useSimulate(deliverWords);
  const running = useSimulate((state) => state.run?.state === 'running');
  const done = useSimulate((state) => (state.run?.state === 'running' ? state.run.done : 0));
  const total = useSimulate((state) => state.run?.total ?? 0);
  const refused = useSimulate((state) => state.simulation?.notDeliverable);
  if (running && total > 1) {
    return (
      <button type="button" className="button" onClick={() => void cancelRun()}>
        Cancel <span className="num faint">{formatCount(done)}</span>
      </button>
    );
  }
  return (
    <button
      type="button"
      className="button primary"
      disabled={refused !== undefined}
      title={refused ?? 'Send the message through the policy'}
      onClick={() => void deliver()}
    >
      {words}{' '}
      <span className="key" aria-hidden>
        Ctrl ⏎
      </span>
    </button>
  );
}

export function TitleBar() {
  const name = useWorkspace((state) => state.workspace?.name);
  const root = useWorkspace((state) => state.workspace?.root);
  return (
    <header className="title-bar">
      <h1 className="brand">
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden>
          <path
            d="M2 13c3.5 0 4-8 7.5-8H16M12.8 2 16 5l-3.2 3M2 13h14"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.9"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        <span>Kumo Policy Workbench</span>
      </h1>
      <button
        type="button"
        className="button quiet clip"
        title={`${root ?? ''}\nOpen another folder (Ctrl+O)`}
        onClick={() => showDialog('open-folder')}
      >
        {name ?? 'Opening'}
      </button>
      <button type="button" className="go-to-file" onClick={() => showDialog('quick-open')}>
        <Search size={13} aria-hidden />
        <span>Go to file</span>
        <span className="key" aria-hidden>
          Ctrl P
        </span>
      </button>
      <DebugButton />
      <DeliverButton />
    </header>
  );
}
