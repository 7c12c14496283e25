/**
 * What a debugged run says, entry by entry. kumod's records are not among it: whoever shows the run
 * makes them of the `record` entries.
 */
import type { DebugOutput } from '../../../lua-runtime/debugger/debug-target.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';

/** @returns undefined for an entry that is not for reading in a console. */
export function outputOf(entry: Entry): DebugOutput | undefined {
  const location = entry.location === undefined ? {} : { location: entry.location };
  switch (entry.kind) {
    case 'print': {
      const category = entry.level === 'error' || entry.level === 'warn' ? 'stderr' : 'stdout';
      // io.write says where its lines end.
      const text = entry.source === 'io' ? entry.text : line(entry.text);
      return { category, text, ...location };
    }
    case 'error': {
      const place = entry.failure.location ?? entry.location;
      return {
        category: 'stderr',
        text: line(entry.failure.text),
        ...(place === undefined ? {} : { location: place }),
      };
    }
    case 'limit':
      return { category: 'stderr', text: line(entry.text), ...location };
    case 'warning': {
      const isLoss = entry.code === 'silent-loss' || entry.code === 'possible-loss';
      return { category: isLoss ? 'important' : 'stderr', text: line(entry.text), ...location };
    }
    default:
      return undefined;
  }
}

function line(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
