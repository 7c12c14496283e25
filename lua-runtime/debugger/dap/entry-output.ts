import type { Entry } from '../../recording/entries.ts';

export interface EntryOutput {
  readonly text: string;
  readonly data: unknown;
}

/**
 * The log record that kumod would write, as it would write it (one line of JSON), and as data for a
 * client that can show more. Everything else that is for reading comes as the target's own output.
 */
export function entryOutput(entry: Entry): EntryOutput | undefined {
  if (entry.kind !== 'record') return undefined;
  return { text: `kumod logs: ${JSON.stringify(entry.record)}\n`, data: entry.record };
}
