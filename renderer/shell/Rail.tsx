import { Files, ListChecks, Search, Server, Settings } from 'lucide-react';
import { useBrokers } from '../brokers/brokers-store.ts';
import { countScenarios } from '../scenarios/scenario-counts.ts';
import { useScenarios } from '../scenarios/scenarios-store.ts';
import { showDialog, showSide, useLayout, type SideView } from './layout-store.ts';

const views = [
  { id: 'files', name: 'Files', icon: Files },
  { id: 'search', name: 'Search', icon: Search },
  { id: 'scenarios', name: 'Scenarios', icon: ListChecks },
  { id: 'brokers', name: 'Brokers', icon: Server },
] as const satisfies readonly { id: SideView; name: string; icon: typeof Files }[];

/** The activities. Pressed is what the left side shows. */
export function Rail() {
  const side = useLayout((state) => state.side);
  const fault = useBrokers((state) => state.broker?.fault);
  const failed = useScenarios(
    ({ files, progress }) => countScenarios(files ?? [], progress).failed,
  );
  const marks: Partial<Record<SideView, string>> = {
    ...(fault === undefined ? {} : { brokers: `fault ${fault}` }),
    ...(failed === 0 ? {} : { scenarios: `${failed} failed` }),
  };
  return (
    <nav className="rail" aria-label="Activities">
      {views.map(({ id, name, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={side === id}
          aria-label={marks[id] === undefined ? name : `${name}, ${marks[id]}`}
          title={marks[id] === undefined ? name : `${name}, ${marks[id]}`}
          onClick={() => showSide(id)}
        >
          <Icon size={18} strokeWidth={1.6} aria-hidden />
          {marks[id] !== undefined && <span className="rail-mark" aria-hidden />}
        </button>
      ))}
      <button
        type="button"
        className="rail-last"
        aria-label="Settings"
        title="Settings (Ctrl+,)"
        onClick={() => showDialog('settings')}
      >
        <Settings size={18} strokeWidth={1.6} aria-hidden />
      </button>
    </nav>
  );
}
