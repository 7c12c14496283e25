import { describe, expect, it } from 'vitest';
import { ENGINES, debugPolicy, into, onLines, out, over, repeat } from './debugged-policy.ts';

describe.each(ENGINES)('stepping on %s', (engine) => {
  const CALLS = `local function inner(n)
  local m = n + 1
  return m
end
local a = inner(1)
local b = inner(a)
print(b)`;

  it('stops at the entry and goes over calls', () => {
    const run = debugPolicy(engine, CALLS, [over, over, over, over], { stopOnEntry: true });
    expect(run.reasons.slice(0, 2)).toEqual(['entry', 'step']);
    expect(run.lines[0]).toBe(run.lines[1] === 5 ? 4 : 1);
  });

  it('goes into functions and out of them', () => {
    const run = debugPolicy(engine, CALLS, [into, over, out, over], { breakpoints: onLines(5) });
    expect(run.lines).toEqual([5, 2, 3, 6, 7]);
  });

  it('goes over a function that calls itself', () => {
    const policy = `local function f(n)
  if n == 0 then return 0 end
  local below = f(n - 1)
  return below + 1
end
print(f(3))`;
    const run = debugPolicy(engine, policy, [over, over, over], { breakpoints: onLines(2) });
    expect(run.lines.slice(0, 3)).toEqual([2, 3, 2]);
    expect(repeat(1, over)).toHaveLength(1);
  });
});
