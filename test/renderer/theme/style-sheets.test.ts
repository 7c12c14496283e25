/** Style sheets are loaded with their panels and stay: a class of one must not mean another thing in the next. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const renderer = path.resolve(import.meta.dirname, '../../../renderer');

/** The classes that a sheet styles by themselves, whatever element they are on. */
function ownClasses(css: string): Set<string> {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g);
  const selectors = [...rules].flatMap(([, list]) => (list ?? '').split(','));
  return new Set(selectors.flatMap((selector) => /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1] ?? []));
}

it('give each class to one sheet, besides what the theme says of all', () => {
  const sheets = new Map<string, string[]>();
  const files = readdirSync(renderer, { encoding: 'utf8', recursive: true }).filter(
    (file) => file.endsWith('.css') && !file.startsWith('theme'),
  );
  for (const file of files) {
    for (const name of ownClasses(readFileSync(path.join(renderer, file), 'utf8'))) {
      sheets.set(name, [...(sheets.get(name) ?? []), file]);
    }
  }
  expect(sheets.size).toBeGreaterThan(100);
  expect([...sheets].filter(([, those]) => those.length > 1)).toEqual([]);
});
