/** Style sheets are loaded with the parts of the window that import them, and stay from then on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = path.resolve(import.meta.dirname, '../../../renderer');
const read = (file: string): string => readFileSync(file, 'utf8');
const relative = (file: string): string => path.relative(renderer, file);

function filesOf(extension: string): string[] {
  return readdirSync(renderer, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith(extension))
    .map((file) => path.join(renderer, file));
}

function selectorsOf(sheet: string): string[] {
  const rules = read(sheet)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .matchAll(/([^{}]+)\{/g);
  return [...rules].flatMap(([, list]) => (list ?? '').split(','));
}

/** The classes that a sheet styles by themselves, whatever element they are on. */
function ownClasses(sheet: string): Set<string> {
  return new Set(
    selectorsOf(sheet).flatMap((selector) => /^\s*\.([\w-]+)\s*$/.exec(selector)?.[1] ?? []),
  );
}

const importsOf = (file: string, pattern: RegExp): string[] =>
  [...read(file).matchAll(pattern)]
    .map(([, name]) => path.resolve(path.dirname(file), name ?? ''))
    .filter((imported) => existsSync(imported));

/** Everything that is loaded before a file runs. */
function loadedWith(root: string): Set<string> {
  const loaded = new Set<string>();
  const open = [root];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    if (!file.endsWith('.css'))
      open.push(...importsOf(file, /^(?:import|export|\}).*'(\.[^']+)';/gm));
  }
  return loaded;
}

/** What a component gives its elements as classes, as far as it stands there as text. */
function classesOf(component: string): string[] {
  return [...read(component).matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g)].flatMap(
    ([, text, expression = '']) =>
      text?.split(/\s+/) ??
      [...expression.matchAll(/['"`]([^'"`]*)['"`]/g)].flatMap(
        ([, part]) => part?.split(/\s+/) ?? [],
      ),
  );
}

describe('the style sheets', () => {
  it('give each class to one sheet, besides what the theme says of all', () => {
    const sheets = new Map<string, string[]>();
    for (const sheet of filesOf('.css')) {
      if (relative(sheet).startsWith('theme')) continue;
      for (const name of ownClasses(sheet)) {
        sheets.set(name, [...(sheets.get(name) ?? []), relative(sheet)]);
      }
    }
    expect(sheets.size).toBeGreaterThan(100);
    expect([...sheets].filter(([, those]) => those.length > 1)).toEqual([]);
  });

  it('are there when a part of the window is shown that was not shown before', () => {
    const sheetOf = new Map(
      filesOf('.css').flatMap((sheet) => [...ownClasses(sheet)].map((name) => [name, sheet])),
    );
    const main = path.join(renderer, 'main.tsx');
    const atFirst = loadedWith(main);
    const parts = [...filesOf('.tsx'), ...filesOf('.ts')].flatMap((file) =>
      importsOf(file, /import\('(\.[^']+)'\)/g),
    );
    expect(parts.length).toBeGreaterThan(10);
    const missing = [...new Set([main, ...parts])].flatMap((part) => {
      const loaded = loadedWith(part);
      return [...loaded]
        .filter((file) => file.endsWith('.tsx'))
        .flatMap((component) =>
          classesOf(component).flatMap((name) => {
            const sheet = sheetOf.get(name);
            if (sheet === undefined || atFirst.has(sheet) || loaded.has(sheet)) return [];
            return [`${relative(component)}: ${name} of ${relative(sheet)}, in ${relative(part)}`];
          }),
        );
    });
    expect(missing).toEqual([]);
  });
});
