import { describe, expect, it } from 'vitest';
import { ENGINES, debugPolicy, into, onLines, out, over, repeat } from './debugged-policy.ts';
import type { Standstill } from './debugged-policy.ts';

const CALLS = `function inner(n)
  local m = n + 1
  return m
end
local a = inner(1)
local b = inner(a)
print(b)`;

describe.each(ENGINES)('stepping on %s', (engine) => {
  it('stops at the first line', () => {
    const run = debugPolicy(engine, 'local a = 1\nprint(a)', [over, over], { stopOnEntry: true });
    expect(run.reasons).toEqual(['entry', 'step']);
    expect(run.lines).toEqual([1, 2]);
    expect(run.stops[0]).toMatchObject({ tick: 1, thread: 1, breakpoints: [] });
  });

  it('goes into functions and out of them', () => {
    const run = debugPolicy(engine, CALLS, [into, over, out, over], { breakpoints: onLines(5) });
    expect(run.lines).toEqual([5, 2, 3, 6, 7]);
  });

  it('goes over calls', () => {
    const run = debugPolicy(engine, CALLS, [over, over], { breakpoints: onLines(5) });
    expect(run.lines).toEqual([5, 6, 7]);
  });

  it('goes from the last line of a function to its caller', () => {
    const run = debugPolicy(engine, CALLS, [over], { breakpoints: onLines(3) });
    expect(run.lines.slice(0, 2)).toEqual([3, 6]);
  });

  it('goes over a function that calls itself', () => {
    const policy = `local function f(n)
  if n == 0 then return 0 end
  local below = f(n - 1)
  return below + 1
end
print(f(3))`;
    const depths: number[] = [];
    const step = (at: Standstill) => {
      depths.push(at.frames().length);
      return over();
    };
    const run = debugPolicy(engine, policy, [step, step, step, step], {
      breakpoints: {
        ...onLines(),
        lines: [{ id: 1, file: 'init.lua', line: 2, hitCondition: '1' }],
      },
    });
    expect(run.lines).toEqual([2, 3, 4, undefined]);
    expect(new Set(depths.slice(0, 3)).size).toBe(1);
  });

  it('does not stop in another function that the same line calls afterwards', () => {
    const policy = `local function f()
  return 1
end
local function g()
  return 2
end
local x = f() + g()
print(x)`;
    const run = debugPolicy(engine, policy, [over], { breakpoints: onLines(2) });
    expect(run.lines.slice(0, 2)).toEqual([2, 8]);
  });

  it('tells statements of one line from rounds of a loop on one line', () => {
    const policy = `local n = 0
local a = 1; local b = 2; n = a + b
for i = 1, 3 do n = n + i end
print(n)`;
    const run = debugPolicy(engine, policy, repeat(6, over), { breakpoints: onLines(2) });
    expect(run.lines[0]).toBe(2);
    expect(run.lines[1]).toBe(3);
    const rounds = run.lines.filter((line) => line === 3).length;
    expect(rounds).toBeGreaterThanOrEqual(3);
    expect(run.lines).toContain(4);
  });

  it('steps through both branches of a loop', () => {
    const policy = `local n = 0
for i = 1, 2 do
  if i == 1 then
    n = 10
  else
    n = 20
  end
end
print(n)`;
    const run = debugPolicy(engine, policy, repeat(12, over), { breakpoints: onLines(2) });
    const body = run.lines.filter((line) => line === 4 || line === 6);
    expect(body).toEqual([4, 6]);
  });

  it('goes over a tail call to the caller of both', () => {
    const policy = `local function last()
  return 'x'
end
local function first()
  return last()
end
local r = first()
print(r)`;
    const run = debugPolicy(engine, policy, [over], { breakpoints: onLines(5) });
    expect(run.lines.slice(0, 2)).toEqual([5, 8]);
  });

  it('goes into a tail call', () => {
    const policy = `local function last()
  return 'x'
end
local function first()
  return last()
end
print(first())`;
    const run = debugPolicy(engine, policy, [into], { breakpoints: onLines(5) });
    expect(run.lines.slice(0, 2)).toEqual([5, 2]);
  });

  it('goes over a function of the library that calls back', () => {
    const policy = `local t = { 3, 1, 2 }
table.sort(t, function(a, b)
  return a < b
end)
print(t[1])`;
    const run = debugPolicy(engine, policy, [over], { breakpoints: onLines(2) });
    const [first, second] = run.lines;
    expect(first).toBe(2);
    expect([4, 5]).toContain(second);
    const inside = debugPolicy(engine, policy, [into, into, into], { breakpoints: onLines(2) });
    expect(inside.lines).toContain(3);
  });

  it('stops in the function that catches when a line throws', () => {
    const policy = `local function fails()
  error('no')
end
local function tries()
  local ok = pcall(fails)
  return ok
end
print(tries())`;
    const run = debugPolicy(engine, policy, [over], { breakpoints: onLines(2) });
    expect(run.lines.slice(0, 2)).toEqual([2, 6]);
  });

  it('is not caught in a function that runs after the catch on the same line', () => {
    const policy = `local function fails()
  error('no')
end
local function g()
  return 1
end
local r = { pcall(fails), g() }
print(#r)`;
    const run = debugPolicy(engine, policy, [over], { breakpoints: onLines(2) });
    expect(run.lines.slice(0, 2)).toEqual([2, 8]);
  });

  it('goes over a line whose callee catches its own error', () => {
    const policy = `local function careful()
  local ok = pcall(error, 'no')
  return ok
end
careful()
print('after')`;
    const run = debugPolicy(engine, policy, [over], { breakpoints: onLines(5) });
    expect(run.lines).toEqual([5, 6]);
  });

  it('goes on in what kumod calls next when a handler is left', () => {
    const policy = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config {}
end)
kumo.on('main', function()
  print('main')
end)`;
    const run = debugPolicy(engine, policy, [out], {
      breakpoints: onLines(3),
      then: (runtime) => {
        runtime.resolveQueue('a');
        runtime.runScript([]);
      },
    });
    expect(run.lines.slice(0, 2)).toEqual([3, 6]);
    const failing = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  error('no')
end)
kumo.on('main', function()
  print('main')
end)`;
    const after = debugPolicy(engine, failing, [over], {
      breakpoints: onLines(3),
      then: (runtime) => {
        runtime.resolveQueue('a');
        runtime.runScript([]);
      },
    });
    expect(after.lines.slice(0, 2)).toEqual([3, 6]);
  });

  it('runs to a line and past no breakpoint', () => {
    const toSeven = () => ({ kind: 'run-to', file: 'init.lua', line: 7 }) as const;
    const run = debugPolicy(engine, CALLS, [toSeven], { stopOnEntry: true });
    expect(run.reasons).toEqual(['entry', 'goto']);
    expect(run.lines).toEqual([4, 7]);
    const stopped = debugPolicy(engine, CALLS, [toSeven], {
      stopOnEntry: true,
      breakpoints: onLines(6),
    });
    expect(stopped.lines).toEqual([4, 6]);
  });

  it('runs to a position past all breakpoints', () => {
    const run = debugPolicy(engine, CALLS, [() => ({ kind: 'run-to-tick', tick: 6 })], {
      stopOnEntry: true,
      breakpoints: onLines(2, 3),
    });
    expect(run.stops.map(({ reason, tick }) => [reason, tick])[1]).toEqual(['goto', 6]);
    const started = debugPolicy(engine, CALLS, [], { runToTick: 6, breakpoints: onLines(2, 3) });
    expect(started.stops[0]).toMatchObject({ reason: 'goto', tick: 6 });
    expect(started.lines[0]).toBe(run.lines[1]);
  });

  it('gives the same positions with and without breakpoints, conditions and evaluations', () => {
    const plain = debugPolicy(engine, CALLS).ticks;
    const busy = debugPolicy(
      engine,
      CALLS,
      repeat(4, (at) => {
        at.value('inner(5) + #tostring(print)');
        at.value('(function() local s = 0 for i = 1, 100 do s = s + i end return s end)()');
        return into();
      }),
      {
        breakpoints: {
          ...onLines(),
          lines: [
            { id: 1, file: 'init.lua', line: 2, condition: 'inner(n) > 0' },
            { id: 2, file: 'init.lua', line: 3, logMessage: '{m} of {inner(m)}' },
          ],
        },
      },
    ).ticks;
    expect(plain).toBeGreaterThan(7);
    expect(busy).toBe(plain);
  });
});

describe.each(ENGINES)('stepping through coroutines on %s', (engine) => {
  const POLICY = `local function producer(n)
  for i = 1, n do
    coroutine.yield(i)
  end
  return 'done'
end
local next = coroutine.wrap(producer)
local a = next(2)
local b = next()
local c = next()
print(a, b, c)`;

  it('does not stop inside when a resume is stepped over', () => {
    const run = debugPolicy(engine, POLICY, [over, over, over], { breakpoints: onLines(8) });
    expect(run.lines).toEqual([8, 9, 10, 11]);
  });

  it('goes into a coroutine, and over a yield to the one that resumed it', () => {
    const run = debugPolicy(engine, POLICY, [into, over, over], { breakpoints: onLines(8) });
    expect(run.lines).toEqual([8, 2, 3, 9]);
    expect(run.stops.map(({ thread }) => thread)).toEqual([1, 2, 2, 1]);
  });

  it('goes out of a coroutine that yields or ends', () => {
    const yields = debugPolicy(engine, POLICY, [out], {
      breakpoints: {
        ...onLines(),
        lines: [{ id: 1, file: 'init.lua', line: 3, hitCondition: '1' }],
      },
    });
    expect(yields.lines).toEqual([3, 9]);
    const ends = debugPolicy(engine, POLICY, [over], { breakpoints: onLines(5) });
    expect(ends.lines).toEqual([5, 11]);
  });

  it('goes back into a coroutine that was left by a yield', () => {
    const run = debugPolicy(engine, POLICY, [over, into], {
      breakpoints: {
        ...onLines(),
        lines: [{ id: 1, file: 'init.lua', line: 3, hitCondition: '1' }],
      },
    });
    expect(run.lines.slice(0, 2)).toEqual([3, 9]);
    expect(run.stops[2]?.thread).toBe(2);
  });

  it('stops in the one that resumed it when a coroutine dies of an error', () => {
    const policy = `local co = coroutine.create(function()
  error('no')
end)
local ok, why = coroutine.resume(co)
print(ok)`;
    const run = debugPolicy(engine, policy, [over], { breakpoints: onLines(2) });
    expect(run.lines).toEqual([2, 5]);
  });

  it('steps over a loop whose iterator is a coroutine', () => {
    const policy = `local function values()
  return coroutine.wrap(function()
    coroutine.yield(1)
    coroutine.yield(2)
  end)
end
for v in values() do
  print(v)
end
print('after')`;
    const run = debugPolicy(engine, policy, repeat(8, over), { breakpoints: onLines(7) });
    expect(run.lines.filter((line) => line === 3 || line === 4)).toEqual([]);
    expect(run.lines.filter((line) => line === 8)).toHaveLength(2);
    expect(run.lines).toContain(10);
  });
});
