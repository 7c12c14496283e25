/** Types of text that many settings share; the checks know how they are written. */
import { alias, field, table, type CataloguePart } from '../describe.ts';

const page = 'reference/keysource.md';

export const aliases: CataloguePart = {
  aliases: [
    alias(
      'duration',
      'string|number',
      "A span of time: seconds as a number, or text with units such as `20m`, `1h 30m`, `'4.2s'`, `7 days`. Text without a unit is an error.",
    ),
    alias(
      'throttle',
      'string',
      'A rate: `[local:]LIMIT/[N]UNIT[,max_burst=BURST]`, such as `100/h`, `local:20/30min`, `1_000/d,max_burst=10`. Units: s, sec, second, m, min, minute, h, hr, hour, d, day.',
      { page: 'reference/kumo/make_throttle.md' },
    ),
    alias('limit', 'integer|string', 'A number, or text `[local:]NUMBER`, above zero.', {
      page: 'reference/kumo/make_egress_path/connection_limit.md',
    }),
    alias(
      'keysource',
      'string|KeySourceData|KeySourceVault|KeySourceEvent',
      'Where a key comes from: the path of a file, or a table. The first shape that fits is taken.',
      { page },
    ),
  ],
  tables: [
    table(
      'KeySourceData',
      'A key in the table itself.',
      [field('key_data', 'string', 'The bytes of the key.', { required: true })],
      { page, unknownFields: 'ignored' },
    ),
    table(
      'KeySourceVault',
      'A key in HashiCorp Vault.',
      [
        field('vault_mount', 'string', 'Mount of a KV version 2 engine.', { required: true }),
        field('vault_path', 'string', 'Path in the mount.', { required: true }),
        field('vault_key', 'string', 'Which value there.', {
          default: 'key',
          since: '2025.10.06',
        }),
        field('vault_address', 'string', 'URL of the vault; `VAULT_ADDR` unless set.'),
        field('vault_token', 'string', 'Token for the vault; `VAULT_TOKEN` unless set.'),
      ],
      { page, unknownFields: 'ignored' },
    ),
    table(
      'KeySourceEvent',
      'A key that a handler of the policy gives.',
      [
        field('event_name', 'string', 'Name of the event.', { required: true }),
        field('event_args', 'any[]', 'Its arguments.', { required: true }),
      ],
      { page, since: '2025.12.02', unknownFields: 'ignored' },
    ),
  ],
};
