/** `kumo.serde`: JSON, TOML and YAML. */
import { functionsUnder, module, type CataloguePart } from '../../describe.ts';

const fn = functionsUnder('reference/kumo.serde');
const since = '2024.09.02';

export const serde: CataloguePart = {
  modules: [
    module('kumo.serde', 'Values as JSON, TOML and YAML.', {
      page: 'reference/kumo.serde/_index.md',
      functions: [
        fn(
          'json_encode',
          '(value: any): string',
          'Writes a value as JSON. An empty table is `{}`; the order of keys varies.',
          { since, here: 'runs' },
        ),
        fn(
          'json_encode_pretty',
          '(value: any): string',
          'Writes a value as indented JSON, with keys in order.',
          { since, here: 'runs' },
        ),
        fn(
          'json_load',
          '(file: string): any',
          'Reads a JSON file; comments are allowed, null is nil.',
          { since, here: 'runs' },
        ),
        fn('json_parse', '(text: string): any', 'Reads JSON; comments are allowed, null is nil.', {
          since,
          here: 'runs',
        }),
        fn('toml_encode', '(value: any): string', 'Writes a value as TOML.', { since }),
        fn('toml_encode_pretty', '(value: any): string', 'Writes a value as readable TOML.', {
          since,
        }),
        fn(
          'toml_encode_pretty_compact',
          '(value: any): string',
          'Writes a value as readable TOML with keys in order and empty tables on one line.',
          { since: 'dev' },
        ),
        fn('toml_load', '(file: string): any', 'Reads a TOML file.', { since }),
        fn('toml_parse', '(text: string): any', 'Reads TOML.', { since }),
        fn('yaml_encode', '(value: any): string', 'Writes a value as YAML.', { since }),
        fn('yaml_load', '(file: string): any', 'Reads a YAML file.', { since }),
        fn('yaml_parse', '(text: string): any', 'Reads YAML.', { since }),
      ],
    }),
  ],
};
