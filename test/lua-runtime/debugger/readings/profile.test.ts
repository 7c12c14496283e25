import { describe, expect, it } from 'vitest';
import { writeCpuProfile } from '../../../../lua-runtime/debugger/cpu-profile.ts';
import type { Profile, ProfileNode } from '../../../../lua-runtime/debugger/run-reading.ts';
import type { Entry } from '../../../../lua-runtime/recording/entries.ts';
import { ENGINES, sendPolicy } from '../../kumod/policy-run.ts';
import { delivered, loaded, read } from './recorded-run.ts';

const profileOf = (entries: Iterable<Entry>): Profile => read(entries, { kind: 'profile' });

/** `name × count` with the children in parentheses, in the order of their names. */
function outline({ name, count, children }: ProfileNode): string {
  const inner = children.map(outline).sort();
  return `${name} ×${count}${inner.length === 0 ? '' : ` (${inner.join(', ')})`}`;
}

/** What the main chunk called. */
function callsOf(profile: Profile): string {
  const load = profile.root.children.find(({ name }) => name === 'load');
  const main = load?.children.find(({ name }) => name === 'main chunk');
  return (main?.children ?? []).map(outline).sort().join(', ');
}

describe.each(ENGINES)('a profile on %s', (engine) => {
  const calls = (script: string): string => callsOf(profileOf(loaded(engine, script)));

  it('is a tree of calls with their counts', () => {
    const script = `local function inner() return 1 end
local function outer() inner() inner() end
for _ = 1, 3 do outer() end
inner()
`;
    expect(calls(script)).toBe('inner ×1, outer ×3 (inner ×6)');
  });

  it('puts a tail call in the place of its caller', () => {
    const script = `local function last() return 1 end
local function middle() return last() end
local function first() local x = middle() return x end
first()
`;
    expect(calls(script)).toBe('first ×1 (last ×1, middle ×1)');
  });

  it('goes on where an error was caught', () => {
    const script = `local function fails() error 'no' end
local function deep() fails() return 1 end
local function after() end
local function catch() pcall(deep) after() end
catch()
after()
`;
    expect(calls(script)).toBe(
      'after ×1, catch ×1 (after ×1, pcall ×1 (deep ×1 (fails ×1 (error ×1))))',
    );
  });

  it('puts coroutines where they were resumed first', () => {
    const script = `local function work() end
local function body() work() coroutine.yield() work() end
local co = coroutine.create(body)
local function first() coroutine.resume(co) end
local function second() coroutine.resume(co) work() end
first()
second()
`;
    const create = 'coroutine.create ×1';
    const first = 'first ×1 (coroutine.resume ×1 (body ×1 (coroutine.yield ×1, work ×2)))';
    expect(calls(script)).toBe(`${create}, ${first}, second ×1 (coroutine.resume ×1, work ×1)`);
  });

  it('does not mix up coroutines that come after each other', () => {
    const script = `local function work() end
for i = 1, 50 do
  local co = coroutine.wrap(function() work() if i % 2 == 0 then error 'left' end coroutine.yield() end)
  pcall(co)
end
work()
`;
    const profile = profileOf(loaded(engine, script));
    const rows = new Map(profile.functions.map((row) => [row.name, row.count]));
    expect(rows.get('work')).toBe(51);
    expect(callsOf(profile)).toContain('work ×1');
    expect(rows.get('pcall')).toBe(50);
  });

  it('counts a recursion once in the table', () => {
    const script = `local function down(n) if n > 0 then down(n - 1) end end
down(10)
`;
    const { functions, totalUs } = profileOf(loaded(engine, script));
    const down = functions.find(({ name }) => name === 'down')!;
    expect(down.count).toBe(11);
    expect(down.totalUs).toBeLessThanOrEqual(totalUs);
  });

  it('keeps a deep recursion in a bounded tree', () => {
    const script = `local function down(n) if n > 0 then return 1 + down(n - 1) end return 0 end
down(${engine === 'lua54' ? 50_000 : 2_000})
`;
    const { root, functions } = profileOf(loaded(engine, script));
    const depthOf = (node: ProfileNode): number => 1 + Math.max(0, ...node.children.map(depthOf));
    expect(depthOf(root)).toBeLessThan(250);
    expect(functions.find(({ name }) => name === 'down')?.count).toBe(
      engine === 'lua54' ? 50_001 : 2_001,
    );
  });

  it('has the events as roots and host calls as leaves, with the time that they took then', () => {
    const entries = delivered(
      engine,
      sendPolicy(`local client = kumo.amqp.build_client 'amqp://localhost'
    local confirm = client:publish { routing_key = 'a', payload = message:get_data() }
    return confirm:wait().status`),
      2,
    ).map((entry) =>
      entry.kind === 'host-result' && entry.name === 'amqp.publish'
        ? { ...entry, duration_us: 1500 }
        : entry,
    );
    // The replay tells the time by its entries: the results come 1.5 ms after the calls.
    let shift = 0;
    const slow = entries.map((entry) => {
      if (entry.kind === 'host-result' && entry.name === 'amqp.publish') shift += 1.375;
      return { ...entry, at: entry.at + shift };
    });
    const profile = profileOf(slow);
    expect(
      profile.root.children.map(({ name, kind, count }) => `${kind} ${name} ×${count}`).sort(),
    ).toEqual([
      'event get_queue_config ×1',
      'event load ×1',
      'event make.amqp ×1',
      'event send ×2',
    ]);
    const publish = profile.functions.find(({ name }) => name === 'amqp.publish')!;
    expect(publish).toMatchObject({ kind: 'host-call', count: 2 });
    expect(publish.selfUs).toBeGreaterThanOrEqual(2 * 1500);
    expect(profile.hostUs).toBeGreaterThanOrEqual(publish.selfUs);
    const send = profile.root.children.find(({ name }) => name === 'send')!;
    expect(send.children[0]).toMatchObject({
      name: 'sender:send',
      kind: 'lua',
      location: { file: 'init.lua' },
    });
    expect(send.totalUs).toBeGreaterThanOrEqual(publish.selfUs);
  });

  it('gives the time to who spent it, and leaves out what the hooks cost', () => {
    const script = `local function empty() end
local function calls() for _ = 1, 2000 do empty() end end
local function works() local x = 0 for i = 1, ${engine === 'lua54' ? 2_000_000 : 200_000} do x = x + i end return x end
calls()
local x = works()
`;
    const { functions, totalUs, root } = profileOf(loaded(engine, script));
    const works = functions.find(({ name }) => name === 'works')!;
    expect(functions[0]?.name).toBe('works');
    expect(works.selfUs).toBeGreaterThan(totalUs / 2);
    const sum = functions.reduce((total, { selfUs }) => total + selfUs, 0);
    expect(sum).toBe(root.totalUs);
  });

  it('writes what Chrome and VS Code read', () => {
    const profile = profileOf(loaded(engine, 'local function f() end f() f()\n'));
    const written = writeCpuProfile(profile);
    const names = written.nodes.map(({ callFrame }) => callFrame.functionName);
    expect(names).toEqual(expect.arrayContaining(['(root)', 'load', 'main chunk', 'f']));
    expect(written.samples).toHaveLength(written.timeDeltas.length);
    const main = written.nodes.find(({ callFrame }) => callFrame.functionName === 'f')!;
    expect(main.callFrame).toMatchObject({ url: 'init.lua', lineNumber: 0 });
    const ids = new Set(written.nodes.map(({ id }) => id));
    expect(written.nodes.flatMap(({ children }) => children ?? []).every((id) => ids.has(id))).toBe(
      true,
    );
    expect(written.samples.every((id) => ids.has(id))).toBe(true);
    const total = written.timeDeltas.reduce((sum, delta) => sum + delta, 0);
    expect(total).toBe(written.endTime - written.startTime);
    expect(total).toBe(profile.root.totalUs);
  });
});
