/** A finished run for the debugger: from a file that `deliver --json` wrote, or from the history. */
import { readFile } from 'node:fs/promises';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { threadsOf } from '../../../lua-runtime/recording/recording-threads.ts';

/** Throws an Error with a sentence for the person. */
export async function readRecordingFile(path: string): Promise<Entry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The recording ${path} cannot be read (${why}).`);
  }
  const entries: Entry[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const entry = parsed(line);
    if (!isEntry(entry)) {
      throw new Error(
        `Line ${i + 1} of ${path} is no entry of a recording; use what \`deliver --json\` printed.`,
      );
    }
    entries.push(entry);
  });
  return entries;
}

/** The same entries with the contexts numbered from 1, in the order in which they began. */
export function withNumberedContexts(entries: readonly Entry[]): Entry[] {
  const numbers = new Map<number, number>();
  for (const { context } of threadsOf(entries)) {
    if (context !== undefined) numbers.set(context, numbers.size + 1);
  }
  return entries.map((entry) =>
    entry.context === undefined ? entry : { ...entry, context: numbers.get(entry.context) ?? 0 },
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, seq, at } = value as { kind?: unknown; seq?: unknown; at?: unknown };
  return typeof kind === 'string' && typeof seq === 'number' && typeof at === 'number';
}
