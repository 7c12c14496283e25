/** What stands between a Lua context and its host while somebody looks into the context. */
import { asideHost } from '../kumod/aside-host.ts';
import type { RuntimeHost } from '../kumod/runtime-contract.ts';
import type { EntryBody } from '../recording/entries.ts';

/** What looks at a context from within: a debugger, or a search. */
export interface ContextObserver {
  readonly tick: number;
  /** Something is evaluated that must leave no trace. */
  readonly isLooking: boolean;
  observe(entry: EntryBody): void;
}

/** The host with ticks on all entries; what is only looked at leaves no trace in it. */
export function observedContextHost(
  host: RuntimeHost,
  observer: () => ContextObserver | undefined,
): RuntimeHost {
  const isAside = (): boolean => observer()?.isLooking ?? false;
  const aside = asideHost(host, isAside);
  return {
    ...aside,
    entersEngine: (L) => host.entersEngine?.(L),
    emit: (entry) => {
      (entry as { tick?: number }).tick = observer()?.tick ?? 0;
      aside.emit(entry);
      if (!isAside()) observer()?.observe(entry);
    },
  };
}
