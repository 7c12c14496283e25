import { Unplug } from 'lucide-react';
import { useLayout } from './layout-store.ts';

/** Says that the host is gone; what is typed stays meanwhile. */
export function ConnectionBanner() {
  const connected = useLayout((state) => state.connected);
  if (connected) return null;
  return (
    <div className="connection-banner" role="alert">
      <Unplug size={14} aria-hidden />
      The connection to the workbench’s host is lost. Your text stays here; saving and delivering
      work again when it is back. If it was stopped, start it with npm start.
    </div>
  );
}
