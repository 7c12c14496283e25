import { expect, it } from 'vitest';
import { visibleRows } from '../../../renderer/workspace/file-tree.ts';

const files = [
  { path: 'init.lua', kind: 'file', size: 1 },
  { path: 'a.lua', kind: 'file', size: 1 },
  { path: 'routes', kind: 'folder', size: 0 },
  { path: 'routes/eu', kind: 'folder', size: 0 },
  { path: 'routes/eu/de.lua', kind: 'file', size: 1 },
] as const;

it('shows folders before files, each below its parent', () => {
  expect(visibleRows(files, new Set()).map((row) => [row.depth, row.name])).toEqual([
    [0, 'routes'],
    [1, 'eu'],
    [2, 'de.lua'],
    [0, 'a.lua'],
    [0, 'init.lua'],
  ]);
});

it('hides what is in a collapsed folder', () => {
  const rows = visibleRows(files, new Set(['routes']));
  expect(rows.map((row) => row.name)).toEqual(['routes', 'a.lua', 'init.lua']);
  expect(rows[0]?.open).toBe(false);
});

it('collapses the folders among many files until a person expands one', () => {
  const many = Array.from({ length: 400 }, (_, n) => ({
    path: `routes/eu/${n}.lua`,
    kind: 'file' as const,
    size: 1,
  }));
  const names = (toggled: readonly string[]): string[] =>
    visibleRows([...files, ...many], new Set(toggled)).map((row) => row.name);
  expect(names([])).toEqual(['routes', 'a.lua', 'init.lua']);
  expect(names(['routes'])).toEqual(['routes', 'eu', 'a.lua', 'init.lua']);
  expect(names(['routes', 'routes/eu'])).toHaveLength(405);
});
