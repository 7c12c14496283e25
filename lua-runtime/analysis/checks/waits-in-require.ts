/**
 * Waiting while a module is loaded: kumod's functions that wait suspend the coroutine of their caller
 * (mlua 0.11 src/state/raw.rs, create_async_callback), and Lua suspends nothing that `require` calls
 * (Lua 5.4 loadlib.c, ll_require: lua_call without a continuation). At run time: suspension.ts of kumo/.
 */
import { nodesOf } from '../syntax/node-index.ts';
import { apiCallsOf } from '../values/api-calls.ts';
import { isPolicy, requiredFilesOf } from '../values/required-files.ts';
import { ERROR, type Check } from './check.ts';

const READS = 'reads a file';
const ASKS = 'asks a name server';
const CONNECTS = 'waits for the other side';
const SLEEPS = 'sleeps';

/** What each waits for. Those that wait only now and then (a cache, a pool) are left out. */
const WAITS: ReadonlyMap<string, string> = new Map([
  ['kumo.amqp.build_client', CONNECTS],
  ['kumo.http.connect_websocket', CONNECTS],
  ['kumo.nats.connect', CONNECTS],
  ...['lookup_addr', 'lookup_mx', 'lookup_ptr', 'lookup_txt', 'rbl_lookup'].map(
    (name): [string, string] => [`kumo.dns.${name}`, ASKS],
  ),
  ['kumo.spf.check_host', ASKS],
  ...['metadata_for_path', 'open', 'read_dir', 'symlink_metadata_for_path', 'uncached_glob'].map(
    (name): [string, string] => [`kumo.fs.${name}`, READS],
  ),
  ['kumo.read_dir', READS],
  ['kumo.uncached_glob', READS],
  ...['json_load', 'toml_load', 'yaml_load'].map((name): [string, string] => [
    `kumo.serde.${name}`,
    READS,
  ]),
  ['kumo.json_load', READS],
  ['kumo.toml_load', READS],
  ['kumo.shaping.load', READS],
  ['kumo.sleep', SLEEPS],
  ['kumo.time.sleep', SLEEPS],
]);

export const waitsInRequire: Check = ({ evaluator, file, report }) => {
  const { program } = evaluator;
  if (isPolicy(program, file) || !requiredFilesOf(program).has(file)) return;
  const nodes = nodesOf(file.chunk);
  for (const { call, fullName, entry } of apiCallsOf(evaluator).in(file)) {
    const why = WAITS.get(fullName);
    if (why === undefined || nodes.functionAround(call) !== undefined) continue;
    report({
      code: 'waits-in-require',
      at: call,
      severity: ERROR,
      message: `\`${fullName}\` ${why}, and kumod cannot wait while \`require\` loads a module: it raises "attempt to yield across a C-call boundary". Call it in a function of the module, or in the main chunk of the policy.`,
      page: entry.page,
    });
  }
};
