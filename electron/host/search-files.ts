/** Looks for a text in all files of a workspace; an editor's unsaved text counts before the disk's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundFile, FoundPlace, SearchAnswer, SearchQuestion } from '../bridge/search.ts';
import type { WorkspaceFile } from '../bridge/workspace.ts';

/** More are not looked through by anybody. */
const MOST_PLACES = 2_000;
/** A larger file is data, not a policy. */
const MOST_BYTES = 1024 * 1024;
const READ_AT_ONCE = 32;
/** What is shown of a line around what was found. */
const PREVIEW_BEFORE = 30;
const PREVIEW_LENGTH = 200;

export async function searchFiles(
  root: string,
  files: readonly WorkspaceFile[],
  question: SearchQuestion,
): Promise<SearchAnswer> {
  const pattern = patternOf(question);
  if (pattern === undefined) return { files: [], places: 0, isCut: false };
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
        return { path, places: text === undefined ? [] : placesIn(text, pattern) };
      }),
    );
    for (const file of some) {
      const kept = file.places.slice(0, MOST_PLACES - places);
      if (kept.length > 0) found.push({ path: file.path, places: kept });
      places += kept.length;
    }
  }
  return { files: found, places, isCut: places >= MOST_PLACES };
}

/** Undefined for a question that asks for nothing. */
function patternOf({ text, matchCase, wholeWord }: SearchQuestion): RegExp | undefined {
  if (text === '') return undefined;
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const isWord = (character: string): boolean => /\w/.test(character);
  const before = wholeWord && isWord(text.charAt(0)) ? String.raw`\b` : '';
  const behind = wholeWord && isWord(text.charAt(text.length - 1)) ? String.raw`\b` : '';
  return new RegExp(before + literal + behind, matchCase ? 'g' : 'gi');
}

function placesIn(text: string, pattern: RegExp): FoundPlace[] {
  return text.split(/\r?\n/).flatMap((line, i) =>
    [...line.matchAll(pattern)].map(({ index, 0: { length } }) => {
      const from = Math.max(0, index - PREVIEW_BEFORE);
      return {
        line: i + 1,
        column: index + 1,
        length,
        preview: line.slice(from, from + PREVIEW_LENGTH),
        previewColumn: index - from,
      };
    }),
  );
}

/** Undefined for what is no text, or is gone. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch {
    return undefined;
  }
}
