import { Files, Search, Server, Settings } from 'lucide-react';
import { useBrokers } from '../brokers/brokers-store.ts';
import { showDialog, showSide, useLayout, type SideView } from './layout-store.ts';

const views = [
  { id: 'files', name: 'Files', icon: Files },
  { id: 'search', name: 'Search', icon: Search },
  { id: 'brokers', name: 'Brokers', icon: Server },
] as const satisfies readonly { id: SideView; name: string; icon: typeof Files }[];

/** The activities. Pressed is what the left side shows. */
export function Rail() {
  const side = useLayout((state) => state.side);
  const fault = useBrokers((state) => state.broker?.fault);
  return (
    <nav className="rail" aria-label="Activities">
      {views.map(({ id, name, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={side === id}
          aria-label={id === 'brokers' && fault ? `${name}, fault ${fault}` : name}
          title={id === 'brokers' && fault ? `${name}, fault ${fault}` : name}
          onClick={() => showSide(id)}
        >
          <Icon size={18} strokeWidth={1.6} aria-hidden />
          {id === 'brokers' && fault && <span className="rail-mark" aria-hidden />}
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
