/** A data file with `|` where the cursor is, for tests of what is known there. */
import { LineMap } from '../../../../lua-runtime/analysis/line-map.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';
import { ask, type AtCursor } from '../language/at-cursor.ts';
import type { CompletionItem } from '../../../../lua-runtime/analysis/lsp-types.ts';

/** @param others files beside it, by path */
export function inDataFile(
  path: string,
  text: string,
  others: Readonly<Record<string, string>> = {},
): AtCursor {
  const offset = text.indexOf('|');
  if (offset < 0) throw new Error('The text has no cursor.');
  const without = text.slice(0, offset) + text.slice(offset + 1);
  const service = new LanguageService();
  for (const [other, content] of Object.entries(others)) service.setText(other, content);
  service.setText(path, without);
  return { service, path, position: new LineMap(without).position(offset) };
}

export function proposed(...given: Parameters<typeof inDataFile>): CompletionItem[] {
  return [...ask('completion', inDataFile(...given))];
}

/** The text of the file after choosing the proposal of that label; its cursor is not kept. */
export function chosen(label: string, ...given: Parameters<typeof inDataFile>): string {
  const [, text] = given;
  const item = proposed(...given).find((each) => each.label === label);
  if (item === undefined) throw new Error(`${label} is not proposed.`);
  const without = text.replace('|', '');
  const lines = new LineMap(without);
  const { range, newText } = item.textEdit;
  return (
    without.slice(0, lines.offset(range.start)) + newText + without.slice(lines.offset(range.end))
  );
}
