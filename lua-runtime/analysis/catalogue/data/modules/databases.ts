/** `redis` and `sqlite`, modules of their own. */
import {
  field,
  functionsUnder,
  module,
  object,
  table,
  type CataloguePart,
} from '../../describe.ts';

const describe = functionsUnder(undefined);
const redisPage = 'reference/redis/open.md';
const sqlitePage = 'reference/sqlite/open.md';

export const databases: CataloguePart = {
  modules: [
    module('redis', "Redis: `local redis = require 'redis'`.", {
      page: 'reference/redis/_index.md',
      require: 'redis',
      functions: [
        functionsUnder('reference/redis')(
          'open',
          '(params: RedisParameters): RedisConnection',
          'A connection from a pool.',
        ),
      ],
    }),
    module('sqlite', "SQLite: `local sqlite = require 'sqlite'`.", {
      page: 'reference/sqlite/_index.md',
      require: 'sqlite',
      functions: [
        functionsUnder('reference/sqlite')(
          'open',
          '(path: string, busy_timeout_ms?: integer): SqliteConnection',
          'Opens a database, waiting up to 500 ms for locks unless told otherwise.',
        ),
      ],
    }),
  ],
  objects: [
    object('RedisConnection', 'A connection to Redis.', {
      page: redisPage,
      methods: [
        describe('query', '(command: string, ...: any): any', 'Runs a command.', {
          page: redisPage,
        }),
      ],
    }),
    object('SqliteConnection', 'An open database.', {
      page: sqlitePage,
      methods: [
        describe(
          'execute',
          '(sql: string, ...: any): any',
          'Runs a statement: an array of values for one column, of tables for several, else how many rows it changed.',
          { page: sqlitePage },
        ),
        describe('close', '()', 'Closes the database.', { page: sqlitePage, since: '2024.09.02' }),
      ],
    }),
  ],
  tables: [
    table(
      'RedisParameters',
      'Which Redis. Unknown fields are ignored without a word.',
      [
        field('node', 'string|string[]', 'URL, or those of a cluster.', { required: true }),
        field('pool_size', 'integer', 'How many spare connections are kept.', {
          default: '10',
        }),
        field('read_from_replicas', 'boolean', 'Reads from replicas of a cluster.', {
          default: 'false',
        }),
        field('username', 'string', 'User for a cluster.', { default: 'nil' }),
        field('password', 'string', 'Password for a cluster.', { default: 'nil' }),
        field('connect_timeout', 'duration', 'How long connecting may take.', {
          default: '30s',
          since: '2024.06.10',
        }),
        field('wait_timeout', 'duration', 'How long to wait for a free connection.', {
          default: '30s',
          since: '2024.09.02',
        }),
        field('response_timeout', 'duration', 'How long an answer may take.', {
          default: 'nil',
          since: '2024.09.02',
        }),
        field('recycle_timeout', 'duration', 'How long the test of a connection may take.', {
          default: 'nil',
          since: '2024.09.02',
        }),
        field('cluster', 'boolean', 'It is a cluster; so are several nodes.', {
          default: 'nil',
          since: '2024.09.02',
        }),
      ],
      { page: redisPage, unknownFields: 'ignored' },
    ),
  ],
};
