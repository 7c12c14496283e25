import { describe, expect, it } from 'vitest';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { VariableLocation } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import { ENGINES, debugPolicy, onLines, searchBack } from './debugged-policy.ts';
import type { DebuggedOptions, Standstill } from './debugged-policy.ts';

/** Stops where the breakpoints say, the n-th time, and tells the position and a variable's place. */
function standAt(
  engine: EngineId,
  policy: string,
  line: number,
  pass = 1,
  variable?: { readonly scope: string; readonly path: readonly string[] },
): { tick: number; location: VariableLocation | undefined } {
  let seen = 0;
  let result: { tick: number; location: VariableLocation | undefined } | undefined;
  const look = (at: Standstill): void => {
    if (++seen !== pass) return;
    let location: VariableLocation | undefined;
    if (variable !== undefined) {
      let ref = at.scopeRef(variable.scope);
      const names = [...variable.path];
      const last = names.pop() ?? '';
      for (const name of names) {
        ref = at.children(ref).find((child) => child.name === name)?.ref ?? -1;
      }
      location = at.ask({ kind: 'locate', ref, name: last });
    }
    result = { tick: at.stop.tick, location };
  };
  debugPolicy(
    engine,
    policy,
    Array.from({ length: pass }, () => look),
    {
      breakpoints: onLines(line),
    },
  );
  if (result === undefined) throw new Error('never got there');
  return result;
}

/** The line at a tick. */
function lineAt(engine: EngineId, policy: string, tick: number, options: DebuggedOptions = {}) {
  const run = debugPolicy(engine, policy, [], { ...options, runToTick: tick });
  return run.lines[0];
}

const POLICY = `local function double(n)
  local twice = n * 2
  return twice
end
local sum = 0
for i = 1, 3 do
  local part = double(i)
  sum = sum + part
end
print(sum)
settings = { limit = 1 }
settings.limit = sum
print(settings.limit)`;

describe.each(ENGINES)('going back on %s', (engine) => {
  const back = (line: number, pass = 1): number | undefined => {
    const { tick } = standAt(engine, POLICY, line, pass);
    const found = searchBack(engine, POLICY, { kind: 'step-back', from: tick });
    return found === undefined ? undefined : lineAt(engine, POLICY, found);
  };

  it.each([
    ['to the line before', 3, 1, 2],
    ['from the first line of a function to the line that called it', 2, 1, 7],
    ['over a call', 8, 2, 7],
    ['from a loop’s second round to its head', 7, 2, 6],
    ['out of a loop', 10, 1, 6],
  ])('steps %s', (_, line, pass, expected) => {
    expect(back(line, pass)).toBe(expected);
  });

  it('finds nothing before the first line', () => {
    expect(searchBack(engine, POLICY, { kind: 'step-back', from: 1 })).toBeUndefined();
  });

  it('steps back out of a coroutine to the line that resumed it', () => {
    const policy = `local co = coroutine.wrap(function()
  local a = 1
  coroutine.yield(a)
  local b = 2
end)
co()
print('between')
co()`;
    const { tick } = standAt(engine, policy, 4);
    const found = searchBack(engine, policy, { kind: 'step-back', from: tick });
    expect(found === undefined ? undefined : lineAt(engine, policy, found)).toBe(8);
  });

  it('finds the newest breakpoint before, with its condition', () => {
    const { tick } = standAt(engine, POLICY, 10);
    const lines = [{ id: 1, file: 'init.lua', line: 2, condition: 'n < 3' }];
    const found = searchBack(engine, POLICY, {
      kind: 'breakpoint',
      from: tick,
      breakpoints: { ...NO_BREAKPOINTS, lines },
    });
    const run = debugPolicy(engine, POLICY, [(at) => expect(at.value('n')).toBe('2')], {
      runToTick: found ?? 0,
    });
    expect(run.lines).toEqual([2]);
  });

  it('finds no breakpoint where none was passed', () => {
    const { tick } = standAt(engine, POLICY, 5);
    const breakpoints = onLines(10);
    expect(
      searchBack(engine, POLICY, { kind: 'breakpoint', from: tick, breakpoints }),
    ).toBeUndefined();
  });

  const lastChange = (
    line: number,
    pass: number,
    scope: string,
    ...path: string[]
  ): number | undefined => {
    const { tick, location } = standAt(engine, POLICY, line, pass, { scope, path });
    if (location === undefined) throw new Error('no location');
    const found = searchBack(engine, POLICY, {
      kind: 'last-change',
      from: tick,
      variable: location,
    });
    return found === undefined ? undefined : lineAt(engine, POLICY, found);
  };

  it.each([
    ['a local that a loop adds to', 10, 1, 'Locals', ['sum'], 8],
    ['a local that was only declared', 6, 1, 'Locals', ['sum'], 5],
    ['a local that a call’s result went into', 8, 2, 'Locals', ['part'], 7],
    ['a parameter', 3, 1, 'Locals', ['n'], 7],
    ['a field of a global', 13, 1, 'Globals', ['settings', 'limit'], 12],
    ['a global', 13, 1, 'Globals', ['settings'], 11],
  ] as const)('runs back to the last change of %s', (_, line, pass, scope, path, expected) => {
    expect(lastChange(line, pass, scope, ...path)).toBe(expected);
  });
});
