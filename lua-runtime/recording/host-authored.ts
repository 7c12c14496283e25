/**
 * Which entries come from outside the Lua context: from the broker, the run, its messages' ends
 * and the person who debugs.
 * They arrive when they arrive, so a replay puts them where the recording has them; everything else
 * it has to produce itself.
 */
import type { EntryBody, WarningCode } from './entries.ts';

const LOSS_WARNINGS: ReadonlySet<WarningCode> = new Set([
  'silent-loss',
  'possible-loss',
  'possible-duplicate',
]);

export function isHostAuthored(entry: EntryBody): boolean {
  switch (entry.kind) {
    case 'run':
    case 'publish':
    case 'verdict':
    case 'record':
    case 'limit':
    case 'intervention':
    case 'summary':
    case 'end':
      return true;
    case 'warning':
      return LOSS_WARNINGS.has(entry.code);
    default:
      return false;
  }
}
