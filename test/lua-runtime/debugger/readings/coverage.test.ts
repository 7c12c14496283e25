import { describe, expect, it } from 'vitest';
import type { FileCoverage } from '../../../../lua-runtime/debugger/run-reading.ts';
import type { EngineId } from '../../../../lua-runtime/vm/lua-vm.ts';
import { ENGINES, runPolicy, sendPolicy } from '../../kumod/policy-run.ts';
import { delivered, hitsOf, loaded, read, waysOf } from './recorded-run.ts';

/** Of a script that is `init.lua` as it is, from its first line on. */
function coverageOf(engine: EngineId, script: string): FileCoverage {
  const { files } = read(loaded(engine, script), { kind: 'coverage', values: false });
  return files.find(({ file }) => file === 'init.lua')!;
}

describe.each(ENGINES)('coverage on %s', (engine) => {
  it('counts each line with code, and shows 0 for what did not run', () => {
    const coverage = coverageOf(
      engine,
      `local total = 0
for i = 1, 3 do
  total = total + i
end
if total > 100 then
  -- a comment
  total = 0
end
local function never()
  return total
end
`,
    );
    expect(hitsOf(coverage)).toMatchObject({ 1: 1, 3: 3, 5: 1, 7: 0, 10: 0 });
    expect(coverage.lines.map(({ line }) => line)).not.toContain(6);
  });

  it('leaves out what no run can reach', () => {
    const coverage = coverageOf(
      engine,
      `local n = 0
while true do
  n = n + 1
  if n == 3 then return end
end
local after = n
`,
    );
    expect(hitsOf(coverage)).toMatchObject({ 3: 3, 4: 3 });
    expect(coverage.lines.map(({ line }) => line)).not.toContain(6);
  });

  it.each<[what: string, script: string, ways: readonly string[]]>([
    [
      'if and else',
      'for i = 1, 5 do\nif i > 3 then\nlocal _ = 1\nelse\n_ = 2\nend\nend',
      ['1/0: 5/1', '2/0: 2/3'],
    ],
    [
      'elseif',
      'local x = 2\nif x == 1 then\n_ = 1\nelseif x == 2 then\n_ = 2\nelse\n_ = 3\nend',
      ['2/0: 0/1', '4/0: 1/0'],
    ],
    ['while', 'local i = 0\nwhile i < 4 do\ni = i + 1\nend', ['2/0: 4/1']],
    ['repeat', 'local i = 0\nrepeat\ni = i + 1\nuntil i == 3', ['4/0: 1/2']],
    ['a loop that never goes round', 'for i = 1, 0 do\n_ = i\nend', ['1/0: 0/1']],
    [
      'a loop that is left',
      'for i = 1, 9 do\nif i == 3 then break end\nend',
      ['1/0: 3/0', '2/0: 2/1'],
    ],
    ['a generic loop', 'for _, v in ipairs { 7, 8 } do\nlocal _ = v\nend', ['1/0: 2/1']],
    [
      'and, or',
      'local a, b = true, false\nlocal _ = a and b\nlocal _ = a or b\nlocal _ = b or a',
      ['2/0: 1/0', '3/0: 0/1', '4/0: 1/0'],
    ],
    [
      'a comparison that gives a value',
      'local a = 1\nlocal _ = a == 1\nlocal _ = a < 1',
      ['2/0: 0/1', '3/0: 1/0'],
    ],
    ['two on a line', 'local a, b = 1, nil\nif a and b then\n_ = 1\nend', ['2/0: 1/0', '2/1: 0/1']],
    ['an empty block, which has nothing to tell apart', 'local a = 1\nif a then end', []],
  ])('counts both ways of %s', (_, script, ways) => {
    expect(waysOf(coverageOf(engine, script))).toEqual(ways);
  });

  it('counts a comparison whose metamethod runs code of its own, fails or yields', () => {
    const coverage = coverageOf(
      engine,
      `local meta = {}
function meta.__lt(a, b)
  if a.fails then error 'no' end
  if a.yields then coroutine.yield() end
  return a.n < b.n
end
local function new(t) return setmetatable(t, meta) end
local function less(a, b)
  if a < b then
    return 'less'
  end
  return 'not less'
end
less(new { n = 1 }, new { n = 2 })
pcall(less, new { fails = true }, new {})
less(new { n = 2 }, new { n = 1 })
local run = coroutine.wrap(less)
run(new { n = 1, yields = true }, new { n = 2 })
run()
`,
    );
    expect(waysOf(coverage)).toEqual([
      '3/0: 1/3',
      '4/0: 1/2',
      // Past what gives false, to what gives true.
      '5/0: 1/2',
      '9/0: 2/1',
    ]);
  });

  it('counts functions by their names, also by tail calls and in coroutines', () => {
    const coverage = coverageOf(
      engine,
      `local routes = {}
function routes.find(name) return name end
function routes:all() return routes.find(self) end
local function never() end
for _ = 1, 2 do routes:all() end
coroutine.wrap(function() routes.find 'x' end)()
`,
    );
    expect(coverage.functions).toEqual([
      { name: 'main chunk', line: 1, hits: 1 },
      { name: 'routes.find', line: 2, hits: 3 },
      { name: 'routes:all', line: 3, hits: 2 },
      { name: 'never', line: 4, hits: 0 },
      { name: 'anonymous function', line: 6, hits: 1 },
    ]);
  });

  it('has every file that was loaded, and sums over sessions in contexts of their own', () => {
    const policy = sendPolicy(`if message:num_attempts() > 0 then
      return 'again'
    end
    return require 'answers'.first`);
    const run = runPolicy(engine, policy, {
      files: { 'answers.lua': "return { first = 'ok' }\n" },
    });
    const sessions = [run.openSession(), run.openSessionInNewContext(2)];
    for (let message = 1; message <= 6; message++) {
      run.deliver(sessions[message % 2]!, { message, num_attempts: message === 1 ? 1 : 0 });
    }
    const { files, notes } = read(run.entries, { kind: 'coverage', values: false });
    expect(notes).toBeUndefined();
    expect(files.map(({ file }) => file)).toEqual(['answers.lua', 'init.lua']);
    // Loaded once in each context.
    expect(hitsOf(files[0]!)).toEqual({ 1: 2 });
    const init = files[1]!;
    const sendLine = policy.split('\n').findIndex((line) => line.includes('num_attempts')) + 1;
    expect(hitsOf(init)).toMatchObject({ [sendLine]: 6, [sendLine + 1]: 1, [sendLine + 3]: 5 });
    expect(waysOf(init)).toEqual([`${sendLine}/0: 1/5`]);
    expect(init.functions.map(({ name, hits }) => `${name} ${hits}`)).toEqual([
      'main chunk 2',
      // Resolved for each session, in the first context.
      'get_queue_config 2',
      'make.amqp 2',
      'sender:send 6',
    ]);
  });

  it('reads a run up to a tick', () => {
    const entries = loaded(engine, 'local a = 1\nlocal b = 2\nlocal c = 3\n');
    const { files } = read(entries, { kind: 'coverage', values: false }, { lastTickOf: () => 2 });
    expect(hitsOf(files[0]!)).toEqual({ 1: 1, 2: 1, 3: 0 });
  });

  it('says where the replay took another way', () => {
    const entries = delivered(engine, sendPolicy("print('sent') return 'ok'"), 3);
    const changed = entries.map((entry) =>
      entry.kind === 'file'
        ? { ...entry, text: entry.text.replace("print('sent')", 'local _ = 1') }
        : entry,
    );
    const { files, notes } = read(changed, { kind: 'coverage', values: false });
    expect(notes).toEqual([
      expect.stringMatching(/^The replay took another way than the recording at entry \d+/),
    ]);
    expect(files[0]?.functions.at(-1)).toMatchObject({ name: 'sender:send', hits: 1 });
  });

  it('keeps the values that a line read and assigned, the last ones, for reading', () => {
    const script = `local total = 0
for i = 1, 8 do
  local double = i * 2
  total = total + double
end
local function greet(name)
  return 'hello ' .. name
end
greet('ann')
greet('bob')
greet('ann')
local t = { total }
`;
    const { files } = read(loaded(engine, script), { kind: 'coverage', values: true });
    const valuesOn = (line: number): unknown =>
      Object.fromEntries(
        files[0]!
          .values!.filter((values) => values.line === line)
          .map(({ name, values, more }) => [name, more === 0 ? values : [...values, `+${more}`]]),
      );
    expect(valuesOn(3)).toEqual({
      i: ['4', '5', '6', '7', '8', '+3'],
      double: ['8', '10', '12', '14', '16', '+3'],
    });
    // Read and assigned: from 0 over 2, 6 and 12 to what is left.
    expect(valuesOn(4)).toEqual({
      total: ['20', '30', '42', '56', '72', '+4'],
      double: ['8', '10', '12', '14', '16', '+3'],
    });
    expect(valuesOn(7)).toEqual({ name: ["'bob'", "'ann'"] });
    expect(valuesOn(12)).toMatchObject({ total: ['72'], t: ['{ 72 }'] });
  });
});
