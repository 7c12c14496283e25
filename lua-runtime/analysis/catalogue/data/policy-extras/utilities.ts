/** Helpers for helpers: policy_utils, typing, docker_utils. */
import { functionsUnder, member, module, type CataloguePart } from '../../describe.ts';

const describe = functionsUnder(undefined);
const hidden = { undocumented: true } as const;
const fn = (name: string, signature: string, summary: string) =>
  describe(name, signature, summary, hidden);

export const utilities: CataloguePart = {
  modules: [
    module('policy-extras.policy_utils', 'Small functions that helpers share.', {
      ...hidden,
      require: 'policy-extras.policy_utils',
      functions: [
        fn('equals', '(a: any, b: any, ignore_mt?: boolean): boolean', 'Deep equality.'),
        fn('assert_eq', '(a: any, b: any, message?: string)', 'An error unless equal.'),
        fn('assert_ne', '(a: any, b: any, message?: string)', 'An error if equal.'),
        fn(
          'assert_matches',
          '(text: any, pattern: string, message?: string)',
          'An error unless it matches.',
        ),
        fn('merge_into', '(from: table, into: table)', 'Copies the fields of a table.'),
        fn('recursive_merge_into', '(from: table, into: table)', 'The same, in depth.'),
        fn('table_contains', '(list: table, value: any): boolean', 'Whether it has the value.'),
        fn('table_keys', '(from: table): any[]', 'Its keys.'),
        fn('table_is_empty', '(from: table): boolean', 'Whether it has no field.'),
        fn('load_json_or_toml_file', '(file: string|table): any', 'Reads a data file.'),
        fn('starts_with', '(text: string, prefix: string): boolean', 'Whether it begins so.'),
        fn('ends_with', '(text: string, suffix: string): boolean', 'Whether it ends so.'),
        fn('split_ip_port', '(text: string): string, string?', 'An address and its port.'),
        fn('dumps', '(value: any): string?', 'A value as text, for debugging.'),
      ],
      methods: [fn('test', '()', 'Tests of the helper itself.')],
    }),
    module('policy-extras.typing', 'Tables with checked fields.', {
      ...hidden,
      require: 'policy-extras.typing',
      functions: [
        fn(
          'record',
          '(name: string, fields: table<string, any>): table',
          'A type of tables; call it to make one.',
        ),
        fn('list', '(value_type: table): table', 'A type of arrays.'),
        fn('map', '(key_type: table, value_type: table): table', 'A type of maps.'),
        fn('enum', '(name: string, ...: string): table', 'A type of some texts.'),
        fn('default', '(target_type: table, value: any): table', 'A type with a default.'),
        fn('variant', '(...: table): table', 'A type of several.'),
        fn('option', '(target_type: table): table', 'A type that may be nil.'),
        fn('extract_deserialize_error', '(err: any): string', "The core of kumod's text."),
      ],
      fields: [
        member('number', 'table', 'The type of numbers.', hidden),
        member('string', 'table', 'The type of strings.', hidden),
        member('boolean', 'table', 'The type of booleans.', hidden),
        member('Function', 'table', 'The type of functions.', hidden),
        member('any', 'table', 'The type of anything.', hidden),
      ],
      methods: [fn('test', '()', 'Tests of the helper itself.')],
    }),
    module('policy-extras.docker_utils', 'Names and networks of Docker.', {
      ...hidden,
      require: 'policy-extras.docker_utils',
      functions: [
        fn('resolve_docker_name', '(name: string): string[]', 'The addresses of a service.'),
        fn('resolve_docker_network', '(): string', 'The network of this container.'),
        fn('resolve_tsa_endpoints', '(): string[]', 'The URLs of tsa-daemons.'),
      ],
    }),
  ],
};
