import { expect, it } from 'vitest';
import { rankPaths } from '../../../renderer/shell/rank-paths.ts';

const paths = ['lib/init.lua', 'init.lua', 'routes/eu.lua', 'queues.toml'];

it('prefers a name that begins with the letters', () => {
  expect(rankPaths(paths, 'eu')[0]).toBe('routes/eu.lua');
  expect(rankPaths(paths, 'que')).toEqual(['queues.toml', ...rankPaths(paths, 'que').slice(1)]);
});

it('finds letters that are apart, in order', () => {
  expect(rankPaths(paths, 'rteu')).toEqual(['routes/eu.lua']);
  expect(rankPaths(paths, 'ueter')).toEqual([]);
});

it('lists everything while nothing is typed', () => {
  expect(rankPaths(paths, '')).toHaveLength(paths.length);
});
