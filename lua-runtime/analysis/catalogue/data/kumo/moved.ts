/** Functions of `kumo` that moved to a sub-module and still work in the old place. */
import { functionsUnder, module, type CataloguePart } from '../../describe.ts';

const fn = functionsUnder('reference/kumo');

const serde = [
  ['json_encode', '(value: any): string', 'Writes a value as JSON.', 'runs'],
  ['json_encode_pretty', '(value: any): string', 'Writes a value as indented JSON.', 'runs'],
  ['json_load', '(file: string): any', 'Reads a JSON file; comments are allowed.', 'runs'],
  ['json_parse', '(text: string): any', 'Reads JSON; comments are allowed.', 'runs'],
  ['toml_encode', '(value: any): string', 'Writes a value as TOML.', 'refused'],
  ['toml_encode_pretty', '(value: any): string', 'Writes a value as readable TOML.', 'refused'],
  ['toml_load', '(file: string): any', 'Reads a TOML file.', 'refused'],
  ['toml_parse', '(text: string): any', 'Reads TOML.', 'refused'],
] as const;

export const kumoMoved: CataloguePart = {
  modules: [
    module('kumo', '', {
      functions: [
        ...serde.map(([name, signature, summary, here]) =>
          fn(name, signature, summary, {
            here,
            deprecated: { since: '2024.09.02', use: `kumo.serde.${name}` },
          }),
        ),
        fn('sleep', '(seconds: number)', 'Waits without blocking other work.', {
          since: '2024.06.10',
          deprecated: { since: '2025.01.23', use: 'kumo.time.sleep' },
        }),
        fn(
          'glob',
          '(pattern: string, relative_to?: string, ttl_seconds?: integer): string[]',
          'The files that a pattern matches, from a cache.',
          {
            since: '2024.06.10',
            deprecated: { since: '2025.10.06', use: 'kumo.fs.glob' },
          },
        ),
        fn(
          'uncached_glob',
          '(pattern: string, relative_to?: string): string[]',
          'The files that a pattern matches now.',
          {
            since: '2024.06.10',
            deprecated: { since: '2025.10.06', use: 'kumo.fs.uncached_glob' },
          },
        ),
        fn('read_dir', '(path: string): string[]', 'The names in a directory.', {
          since: '2024.06.10',
          deprecated: { since: '2025.10.06', use: 'kumo.fs.read_dir' },
        }),
      ],
    }),
  ],
};
