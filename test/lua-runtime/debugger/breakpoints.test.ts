import { describe, expect, it } from 'vitest';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type {
  BreakpointPlace,
  BreakpointSet,
  LineBreakpoint,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import { ENGINES, debugPolicy, onLines } from './debugged-policy.ts';
import type { DebuggedOptions, DebuggedPolicy } from './debugged-policy.ts';

const LOOP = `local total = 0
for i = 1, 10 do
  total = total + i
end
print(total)`;

function lineSet(...lines: Omit<LineBreakpoint, 'id' | 'file'>[]): BreakpointSet {
  return {
    ...NO_BREAKPOINTS,
    lines: lines.map((line, i) => ({ id: i + 1, file: 'init.lua', ...line })),
  };
}

describe.each(ENGINES)('line breakpoints on %s', (engine) => {
  const passes = (line: Omit<LineBreakpoint, 'id' | 'file' | 'line'>): string[] => {
    const values: string[] = [];
    debugPolicy(
      engine,
      LOOP,
      Array.from({ length: 20 }, () => (at: { value: (text: string) => string }) => {
        values.push(at.value('i'));
      }).map((step) => (at) => (at.stop.reason === 'end' ? undefined : step(at))),
      { breakpoints: lineSet({ line: 3, ...line }) },
    );
    return values;
  };

  it('stop each time', () => {
    expect(passes({})).toHaveLength(10);
  });

  /** How often a breakpoint on the line stops. */
  const stopsOn = (line: number, policy: string): number => {
    let stops = 0;
    debugPolicy(
      engine,
      policy,
      Array.from({ length: 40 }, () => (at: { stop: { reason: string } }) => {
        if (at.stop.reason !== 'end') stops++;
      }),
      { breakpoints: lineSet({ line }) },
    );
    return stops;
  };

  it('stop once for a statement over several lines, in each round of a loop', () => {
    const call = `for i = 1, 3 do
  print(
    i,
    tostring(
      i
    )
  )
end`;
    expect(stopsOn(2, call)).toBe(3);
    expect(stopsOn(4, call)).toBe(3);
    expect(stopsOn(1, 'local t = {\n  a = 1,\n  b = print(\n    2\n  ),\n}\nprint(t)')).toBe(1);
    expect(stopsOn(1, 'while not DONE and tostring(\n  1\n) do\n  DONE = true\nend')).toBe(2);
  });

  it('stop in each round on the line of a for', () => {
    expect(stopsOn(2, LOOP)).toBeGreaterThanOrEqual(10);
    expect(
      stopsOn(1, 'for _ in pairs({\n  1,\n  2,\n}) do\n  print(1)\nend'),
    ).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['i % 4 == 0', ['4', '8']],
    ['total > 40', ['10']],
    ['i == nil', []],
  ])('stop where %s', (condition, expected) => {
    expect(passes({ condition })).toEqual(expected);
  });

  it.each([
    ['3', ['3']],
    ['== 3', ['3']],
    ['>= 9', ['9', '10']],
    ['> 9', ['10']],
    ['<2', ['1']],
    ['<= 2', ['1', '2']],
    ['% 5', ['5', '10']],
  ])('stop on hit %s', (hitCondition, expected) => {
    expect(passes({ hitCondition })).toEqual(expected);
  });

  it('count the hits where the condition holds', () => {
    expect(passes({ condition: 'i % 2 == 0', hitCondition: '3' })).toEqual(['6']);
  });

  it('stop and say so when the condition fails', () => {
    const run = debugPolicy(engine, LOOP, [], {
      breakpoints: lineSet({ line: 3, condition: 'total.x.y', hitCondition: '1' }),
    });
    expect(run.stops[0]?.description).toMatch(
      /^The condition total\.x\.y fails: attempt to index a number value/,
    );
  });

  it('refuse a condition that changes the script', () => {
    const run = debugPolicy(engine, LOOP, [], {
      breakpoints: lineSet({ line: 5, condition: 'print(total)' }),
    });
    expect(run.prints).toEqual(['55']);
    expect(run.stops[0]?.description).toContain('must not call print');
  });

  it('tell all that are on a line', () => {
    const run = debugPolicy(engine, LOOP, [], {
      breakpoints: lineSet(
        { line: 5 },
        { line: 5, condition: 'true' },
        { line: 5, condition: 'false' },
      ),
    });
    expect(run.stops[0]?.breakpoints).toEqual([1, 2]);
  });

  it('say a log message and go on', () => {
    const run = debugPolicy(engine, LOOP, [], {
      breakpoints: lineSet({
        line: 3,
        condition: 'i > 8',
        logMessage: 'i={i} {"t" .. total} {({1})[1]}',
      }),
    });
    expect(run.stops).toEqual([]);
    expect(run.logged).toMatchObject([
      { breakpoint: 1, location: { file: 'init.lua', line: 3 }, text: 'i=9 t36 1' },
      { text: 'i=10 t45 1' },
    ]);
    expect(run.logged.map(({ tick }) => tick)).toEqual(
      [...run.logged].map(({ tick }) => tick).sort((a, b) => a - b),
    );
  });

  it('show values in log messages as they read, and errors in their place', () => {
    const policy = `local t = { a = 1 }
local bytes = '\\255'
local none
print(t)`;
    const run = debugPolicy(engine, policy, [], {
      breakpoints: lineSet({ line: 4, logMessage: '{t} {bytes} {none} {t.a.b} {1, 2}' }),
    });
    expect(run.logged[0]?.text).toMatch(
      /^\{ a = 1 \} "\\xff" \(1 byte\) nil <attempt to index a number value[^>]*> 1, 2$/,
    );
  });

  const placesOf = (set: BreakpointSet, options: DebuggedOptions = {}, policy = LOOP) => {
    let places: readonly BreakpointPlace[] = [];
    debugPolicy(engine, policy, [(at) => (places = at.debugger.setBreakpoints(set))], {
      stopOnEntry: true,
      ...options,
    });
    return places;
  };

  it('move to the next line with code', () => {
    const policy = `-- a comment

local function f()
  -- nothing
  return 1
end
print(f())
-- the end`;
    expect(placesOf(lineSet({ line: 1 }, { line: 4 }, { line: 8 }), {}, policy)).toEqual([
      { id: 1, verified: true, line: expect.any(Number) as number },
      { id: 2, verified: true, line: 5 },
      { id: 3, verified: false, message: 'No code follows line 8 of init.lua.' },
    ]);
  });

  it('say why they cannot stand', () => {
    const set: BreakpointSet = {
      ...NO_BREAKPOINTS,
      lines: [
        { id: 1, file: 'missing.lua', line: 1 },
        { id: 2, file: 'broken.lua', line: 1 },
        { id: 3, file: 'init.lua', line: 3, hitCondition: 'often' },
        { id: 4, file: 'init.lua', line: 3, condition: 'i =' },
        { id: 5, file: 'init.lua', line: 3, logMessage: 'i { x' },
      ],
    };
    const places = placesOf(set, { files: { 'broken.lua': 'x = = 1' } });
    expect(places.map(({ verified }) => verified)).toEqual([false, false, false, true, true]);
    expect(places[0]?.message).toBe('There is no file missing.lua in the workspace.');
    expect(places[1]?.message).toMatch(/^broken\.lua does not compile: broken\.lua:1: unexpected/);
    expect(places[2]?.message).toMatch(/no hit condition/);
    expect(places[3]?.message).toMatch(/^The condition is no Lua expression: /);
    expect(places[4]?.message).toMatch(/no Lua expression, so it is logged as it stands/);
  });

  it('stand in modules, and in no file of the same line numbers', () => {
    const files = { 'routes.lua': 'local routes = {}\nroutes.a = 1\nreturn routes' };
    const policy = `local x = 1
local routes = require 'routes'
print(routes.a)`;
    const run = debugPolicy(engine, policy, [], {
      files,
      breakpoints: { ...NO_BREAKPOINTS, lines: [{ id: 1, file: 'routes.lua', line: 2 }] },
    });
    expect(run.stops.map(({ location }) => location)).toEqual([{ file: 'routes.lua', line: 2 }]);
  });

  it('are set while the script runs, and taken away', () => {
    const policy = `local n = 0
for i = 1, 400 do
  n = n + 1
end
for i = 1, 400 do
  n = n + 2
end
print(n)`;
    const run: DebuggedPolicy = debugPolicy(
      engine,
      policy,
      [(at) => at.debugger.setBreakpoints(NO_BREAKPOINTS)],
      { requests: [{ at: 100, pause: false, breakpoints: onLines(6) }] },
    );
    expect(run.lines).toEqual([6]);
    expect(run.placed[0]).toEqual([{ id: 1, verified: true, line: 6 }]);
    expect(run.prints).toEqual(['1200']);
  });

  it('keep their counts of hits when another one is added', () => {
    const first = { line: 3, hitCondition: '4' };
    const run = debugPolicy(
      engine,
      LOOP,
      [(at) => at.debugger.setBreakpoints(lineSet(first, { line: 5 }))],
      { breakpoints: lineSet(first, { line: 3, hitCondition: '2' }) },
    );
    expect(run.stops.map(({ location, tick }) => [location?.line, tick]).length).toBe(3);
    expect(run.lines).toEqual([3, 3, 5]);
  });

  it('count on while a position is run to', () => {
    const run = debugPolicy(
      engine,
      LOOP,
      [() => undefined, (at) => expect(at.value('i')).toBe('6')],
      {
        runToTick: 8,
        breakpoints: lineSet({ line: 3, hitCondition: '6' }),
      },
    );
    expect(run.reasons).toEqual(['goto', 'breakpoint']);
  });
});

describe.each(ENGINES)('a pause on %s', (engine) => {
  it('stops a loop that never ends', () => {
    const run = debugPolicy(
      engine,
      `local n = 0
local goOn = true
while goOn do
  n = n + 1
end
print('ended')`,
      [
        (at) => {
          expect(Number(at.value('n'))).toBeGreaterThan(1000);
          at.evaluate('goOn = false', 'repl');
        },
      ],
      { requests: [{ at: 5000, pause: true }] },
    );
    expect(run.reasons).toEqual(['pause']);
    expect(run.prints).toEqual(['ended']);
  });
});

describe.each(ENGINES)('function breakpoints on %s', (engine) => {
  const POLICY = `local routes = {}
function routes.find(name)
  local found = name
  return found
end
local function helper(n)
  return n
end
local sender = {}
function sender:send(message)
  return helper(message)
end
local alias = routes.find
routes.find('a')
sender:send('m')
alias('b')
table.concat({})`;
  const on = (...names: string[]): BreakpointSet => ({
    ...NO_BREAKPOINTS,
    functions: names.map((name, i) => ({ id: 10 + i, name })),
  });

  it.each([
    ['routes.find', [3, 3]],
    ['find', [3, 3]],
    ['helper', [7]],
    ['sender:send', [11]],
    ['send', [11]],
    ['alias', [3]],
    ['nobody', []],
  ])('stop in %s', (name, lines) => {
    const run = debugPolicy(engine, POLICY, [], { breakpoints: on(name) });
    expect(run.lines).toEqual(lines);
    for (const stop of run.stops) {
      expect(stop).toMatchObject({ reason: 'function-breakpoint', breakpoints: [10] });
    }
  });

  it('stop where a function of the library is called', () => {
    const run = debugPolicy(engine, POLICY, [(at) => expect(at.stack()[0]).toBe('table.concat')], {
      breakpoints: on('table.concat'),
    });
    expect(run.lines).toEqual([17]);
  });

  it('have conditions and hit conditions', () => {
    const breakpoints: BreakpointSet = {
      ...NO_BREAKPOINTS,
      functions: [
        { id: 1, name: 'routes.find', condition: "name == 'b'" },
        { id: 2, name: 'helper', hitCondition: '2' },
      ],
    };
    const run = debugPolicy(engine, POLICY, [(at) => expect(at.value('name')).toBe("'b'")], {
      breakpoints,
    });
    expect(run.stops.map(({ breakpoints: ids }) => ids)).toEqual([[1]]);
  });

  it('stop in a handler by the name of its event', () => {
    const policy = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  local d = domain
end)`;
    const run = debugPolicy(engine, policy, [], {
      breakpoints: on('get_queue_config'),
      then: (runtime) => runtime.resolveQueue('example.com'),
    });
    expect(run.lines).toEqual([3]);
  });

  it('are taken away again', () => {
    const run = debugPolicy(engine, POLICY, [(at) => at.debugger.setBreakpoints(NO_BREAKPOINTS)], {
      breakpoints: on('find', 'helper'),
    });
    expect(run.lines).toEqual([3]);
  });
});
