import type { Entry } from '../../recording/entries.ts';

export interface EntryOutput {
  readonly category: 'console' | 'important';
  readonly text: string;
  readonly data?: unknown;
}

/**
 * The entries that a person at a debugger must hear of although no line of the script says them: what
 * kumod would log, with the whole record as data, losses and limits. Prints come as output anyway.
 */
export function entryOutput(entry: Entry): EntryOutput | undefined {
  switch (entry.kind) {
    case 'record': {
      const { type, response, queue } = entry.record;
      const what = `${type} ${response.code} ${response.content}`.trimEnd();
      const data = entry.record;
      return { category: 'console', text: `kumod logs ${what} (queue ${queue})`, data };
    }
    case 'warning':
      return {
        category: entry.code === 'silent-loss' ? 'important' : 'console',
        text: `${entry.code}: ${entry.text}`,
      };
    case 'limit':
      return { category: 'important', text: entry.text };
    default:
      return undefined;
  }
}
