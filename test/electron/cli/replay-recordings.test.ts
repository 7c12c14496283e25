/** Recordings of real runs, worker threads, broker and all, repeat exactly in another process. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareRecordings } from '../../../lua-runtime/recording/compare-recordings.ts';
import type { Entry } from '../../../lua-runtime/recording/entries.ts';
import { replayRecording } from '../../../lua-runtime/recording/replayer.ts';
import { ENGINES, startVm } from '../../lua-runtime/kumod/policy-run.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { runCli } from './run-cli.ts';

function policyFolder(files: { readonly [name: string]: string }): string {
  const folder = join(temporaryFolder(), 'policy');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What `deliver --json` printed. */
async function recorded(folder: string, args: readonly string[]): Promise<Entry[]> {
  const { stdout } = await runCli(['deliver', folder, '--queue', 'amqp', '--json', ...args]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
}

const head = `local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make' } } }
end)
`;

/** A policy whose send does what `body` says; `client` publishes. */
const sending = (body: string): string => `${head}
kumo.on('make', function()
  local connection = { client = kumo.amqp.build_client 'amqp://localhost', sent = 0 }
  function connection:send(message)
    self.sent = self.sent + 1
    local client = self.client
    ${body}
  end
  function connection:close() self.client:close() end
  return connection
end)
`;

const PUBLISH = `local confirm = client:publish { routing_key = 'logging', payload = message:get_data() }
    local result = confirm:wait()`;

const POLICIES: { readonly [name: string]: readonly [body: string, ...args: string[]] } = {
  'a nack that is rejected': [
    `${PUBLISH} if result.status ~= 'Ack' then kumo.reject(500, kumo.serde.json_encode(result)) end return 'ok'`,
    ...['--fault', 'nack', '--count', '3'],
  ],
  'an error with its traceback, caught and not': [
    `local ok, failure = pcall(function() error { code = self.sent } end)
    print(ok, type(failure), select(2, pcall(error, 'plain')))
    if self.sent == 2 then local none = nil; none.field = 1 end
    return 'ok'`,
    ...['--count', '4'],
  ],
  'coroutines across host calls': [
    `local steps = coroutine.wrap(function()
      for i = 1, 3 do ${PUBLISH} coroutine.yield(i .. result.status) end
    end)
    local told = {}
    for step in steps do told[#told + 1] = step end
    return table.concat(told, ' ')`,
    ...['--count', '3'],
  ],
  'several sessions': [
    `${PUBLISH} return result.status .. self.sent`,
    '--count',
    '40',
    '--sessions',
    '3',
  ],
  'clock and random numbers': [
    `local s = { os.time(), os.clock(), math.random(1000), math.random(), os.date('!%X') }
    for i, v in ipairs(s) do s[i] = tostring(v) end
    return table.concat(s, ' ')`,
    ...['--count', '20', '--sessions', '2'],
  ],
  'the order of tables with functions and tables as keys': [
    `local names = {}
    for i = 1, 20 do names[{}] = 't' .. i; names[function() return i end] = 'f' .. i end
    local order = {}
    for _, name in pairs(names) do order[#order + 1] = name end
    for word in ('a b c'):gmatch '%a' do order[#order + 1] = word end
    return table.concat(order, ' ')`,
    ...['--count', '3'],
  ],
  'a session that ends after each message': [
    `${PUBLISH} kumo.disconnect(421, 'enough')`,
    '--count',
    '4',
  ],
  'a script over its deadline': [
    `${PUBLISH} if self.sent == 2 then while true do end end return 'ok'`,
    ...['--count', '3', '--deadline', '200'],
  ],
};

describe.each(ENGINES)('a recording made on %s', (engine) => {
  it.each(Object.entries(POLICIES))('repeats: %s', async (_, [body, ...args]) => {
    const folder = policyFolder({ 'init.lua': sending(body) });
    const entries = await recorded(folder, ['--engine', engine, ...args]);
    expect(entries.filter(({ kind }) => kind === 'record').length).toBeGreaterThan(0);
    const replayed = replayRecording(entries, { createVm: startVm });
    expect(compareRecordings(entries, replayed)).toBeUndefined();
  });
});
