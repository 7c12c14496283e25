/** Looks for a text in all files of a workspace; an editor's unsaved text counts before the disk's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundFile, FoundPlace, SearchAnswer, SearchQuestion } from '../bridge/search.ts';
import type { WorkspaceFile } from '../bridge/workspace.ts';
import { matchingOf } from './line-matches.ts';
import type { FindMatches } from './line-matches.ts';

/** More are not looked through by anybody. */
const MOST_PLACES = 2_000;
/** A larger file is data, not a policy. */
const MOST_BYTES = 1024 * 1024;
const READ_AT_ONCE = 32;
/** What is shown of a line around what was found. */
const PREVIEW_BEFORE = 30;
const PREVIEW_LENGTH = 200;

/** Rejects for what is no regular expression, or for one that takes too long. */
export async function searchFiles(
  root: string,
  files: readonly WorkspaceFile[],
  question: SearchQuestion,
): Promise<SearchAnswer> {
  const matching = matchingOf(question);
  if (matching === undefined) return { files: [], places: 0, isCut: false };
  const edited = new Map(question.texts.map(({ path, text }) => [path, text]));
  const searched = files.filter(
    ({ kind, size, path }) => kind === 'file' && (size <= MOST_BYTES || edited.has(path)),
  );
  const found: FoundFile[] = [];
  let places = 0;
  for (let i = 0; i < searched.length && places < MOST_PLACES; i += READ_AT_ONCE) {
    const some = await Promise.all(
      searched.slice(i, i + READ_AT_ONCE).map(async ({ path }) => {
        const text = edited.get(path) ?? (await textOf(join(root, path)));
        return { path, places: text === undefined ? [] : placesIn(text, matching.find) };
      }),
    );
    for (const file of some) {
      const kept = file.places.slice(0, MOST_PLACES - places);
      if (kept.length > 0) found.push({ path: file.path, places: kept });
      places += kept.length;
    }
  }
  const { source, flags } = matching.pattern;
  return { files: found, places, pattern: { source, flags }, isCut: places >= MOST_PLACES };
}

function placesIn(text: string, find: FindMatches): FoundPlace[] {
  const lines = text.split(/\r?\n/);
  return find(lines, MOST_PLACES).map(({ line, index, length }) => {
    const from = Math.max(0, index - PREVIEW_BEFORE);
    return {
      line: line + 1,
      column: index + 1,
      length,
      preview: (lines[line] ?? '').slice(from, from + PREVIEW_LENGTH),
      previewColumn: index - from,
    };
  });
}

/** Undefined for what is no text, or is gone. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch {
    return undefined;
  }
}
