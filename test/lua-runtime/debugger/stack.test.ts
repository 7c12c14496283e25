import { describe, expect, it } from 'vitest';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import { customLuaPolicy } from '../kumod/policy-run.ts';
import { ENGINES, debugPolicy, onLines, out } from './debugged-policy.ts';
import type { DebuggedOptions, Standstill } from './debugged-policy.ts';
import { deliverOne } from './delivery.ts';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';

/** Looks once, at the first stop on a line. */
function lookAt(
  engine: EngineId,
  policy: string,
  line: number,
  look: (at: Standstill) => void,
  options: DebuggedOptions = {},
): void {
  let looked = false;
  debugPolicy(
    engine,
    policy,
    [
      (at) => {
        looked = at.stop.reason === 'breakpoint';
        look(at);
      },
    ],
    { breakpoints: onLines(line), ...options },
  );
  expect(looked).toBe(true);
}

describe.each(ENGINES)('a stack on %s', (engine) => {
  it('names functions as they are defined, with their places', () => {
    const policy = `local routes = {}
function routes.find(name)
  return name
end
local function helper(n)
  return (routes.find(n))
end
local t = { run = function(n)
  local r = helper(n)
  return r
end }
function top()
  local r = t.run('x')
  return r
end
top()`;
    lookAt(engine, policy, 3, (at) =>
      expect(at.stack()).toEqual([
        'routes.find init.lua:3',
        'helper init.lua:6',
        't.run init.lua:9',
        'top init.lua:13',
        'main chunk init.lua:16',
      ]),
    );
  });

  it('names functions without a name by their place or how they were called', () => {
    const policy = `local fns = { [1] = function()
  local x = 1
end }
fns[1]()
local function call(callback)
  callback()
end
call(function()
  local y = 1
end)`;
    lookAt(engine, policy, 2, (at) =>
      expect(at.frames()[0]?.name).toMatch(/^(integer index|\?|function <init\.lua:1>)$/),
    );
    lookAt(engine, policy, 9, (at) => expect(at.frames()[0]?.name).toBe('callback'));
  });

  it('names functions of the library and marks tail calls', () => {
    const policy = `local function compare(a, b)
  return a < b
end
local function sorted(t)
  table.sort(t, compare)
  return t
end
local function tail(t)
  return sorted(t)
end
print(#tail({ 2, 1 }))`;
    lookAt(engine, policy, 2, (at) => {
      expect(at.stack()).toEqual([
        'compare init.lua:2',
        'table.sort',
        'sorted init.lua:5 tail',
        'main chunk init.lua:11',
      ]);
      expect(at.frames().map(({ kind }) => kind)).toEqual(['lua', 'c', 'lua', 'main']);
    });
  });

  it('names handlers by their event and methods by their object', () => {
    const policy = customLuaPolicy(`local sender = {}
  function sender:send(message)
    local id = message:id()
    return 'ok'
  end
  return sender`);
    const lines = policy.split('\n');
    const send = lines.findIndex((text) => text.includes('message:id()')) + 1;
    const config = lines.findIndex((text) => text.includes('return kumo.make_queue_config')) + 1;
    lookAt(
      engine,
      policy,
      send,
      (at) => expect(at.stack()).toEqual([`sender:send init.lua:${send}`]),
      {
        then: deliverOne,
      },
    );
    lookAt(
      engine,
      policy,
      config,
      (at) => expect(at.stack()).toEqual([`get_queue_config init.lua:${config}`]),
      { then: deliverOne },
    );
  });

  it('is given in pages', () => {
    const policy = `local function down(n)
  if n == 0 then
    return 0
  end
  return 1 + down(n - 1)
end
down(50)`;
    lookAt(engine, policy, 3, (at) => {
      const page = at.ask({ kind: 'stack', thread: 1, start: 2, count: 3 });
      expect(page.total).toBe(52);
      expect(page.frames.map(({ location }) => location?.line)).toEqual([5, 5, 5]);
      const last = at.ask({ kind: 'stack', thread: 1, start: 51, count: 20 });
      expect(last.frames.map(({ name }) => name)).toEqual(['main chunk']);
    });
  });

  it('is the modules’ and the functions’ of require', () => {
    const files = { 'lib/util.lua': 'local M = {}\nM.loaded = true\nreturn M' };
    lookAt(
      engine,
      "local util = require 'lib.util'\nprint(util.loaded)",
      2,
      (at) => expect(at.stack()).toEqual(['main chunk init.lua:2']),
      { files },
    );
    const run = debugPolicy(
      engine,
      "local util = require 'lib.util'\nprint(util.loaded)",
      [
        (at) =>
          expect(at.stack()).toEqual([
            'main chunk lib/util.lua:2',
            'require',
            'main chunk init.lua:1',
          ]),
      ],
      {
        files,
        breakpoints: { ...NO_BREAKPOINTS, lines: [{ id: 1, file: 'lib/util.lua', line: 2 }] },
      },
    );
    expect(run.stops).toHaveLength(1);
  });

  it('stands still at the end of the run, with the globals', () => {
    const run = debugPolicy(engine, 'count = 3', [
      (at) => {
        expect(at.stop).toMatchObject({ reason: 'end', description: 'The run is over', thread: 1 });
        expect(at.frames()).toMatchObject([{ name: 'kumod', kind: 'host' }]);
        expect(at.shown('Globals')).toEqual(['count = 3']);
        expect(at.value('count + 1')).toBe('4');
      },
    ]);
    expect(run.reasons).toEqual(['end']);
  });

  it('says so when it is asked about what is gone', () => {
    let frame = -1;
    let ref = -1;
    debugPolicy(
      engine,
      'local function f()\n  local t = {}\n  return t\nend\nf()\nprint(1)',
      [
        (at) => {
          frame = at.frame();
          ref = at.scopeRef('Locals');
          return out();
        },
        (at) => {
          expect(at.problem({ kind: 'scopes', frame })).toMatch(/Ask again/);
          expect(at.problem({ kind: 'variables', ref })).toMatch(/Ask again/);
          expect(at.problem({ kind: 'stack', thread: 99, start: 0, count: 0 })).toMatch(
            /no thread/,
          );
        },
      ],
      { breakpoints: onLines(3) },
    );
    expect(frame).toBeGreaterThan(0);
  });
});

describe.each(ENGINES)('threads on %s', (engine) => {
  const POLICY = `local function worker(name)
  local step = 1
  coroutine.yield(step)
  step = 2
  coroutine.yield(step)
end
local first = coroutine.create(worker)
local second = coroutine.create(worker)
coroutine.resume(first, 'a')
coroutine.resume(second, 'b')
coroutine.resume(first)
print('here')
local failed = coroutine.create(function() error('no') end)
coroutine.resume(failed)
print('later')`;

  it('have numbers that stay, and a status', () => {
    const statuses: string[][] = [];
    const look = (at: Standstill): void => {
      statuses.push(at.ask({ kind: 'threads' }).map(({ id, status }) => `${id} ${status}`));
    };
    debugPolicy(engine, POLICY, [look, look, look], { breakpoints: onLines(4, 12, 15) });
    expect(statuses).toEqual([
      ['1 normal', '2 running', '3 suspended'],
      ['1 running', '2 suspended', '3 suspended'],
      ['1 running', '2 suspended', '3 suspended', '4 dead'],
    ]);
  });

  it('have stacks of their own, also when they are suspended or dead', () => {
    lookAt(engine, POLICY, 15, (at) => {
      expect(at.stack(2)).toEqual(['coroutine.yield', 'worker init.lua:5']);
      expect(at.stack(3)).toEqual(['coroutine.yield', 'worker init.lua:3']);
      const dead = at.stack(4);
      expect(dead.at(-1)).toMatch(/init\.lua:13$/);
      const frame = at.frames(3)[1]?.id ?? -1;
      const [scope] = at.ask({ kind: 'scopes', frame });
      expect(at.children(scope?.ref ?? -1).map(({ name, value }) => `${name} = ${value}`)).toEqual([
        "name = 'b'",
        'step = 1',
      ]);
      const set = at.ask({
        kind: 'evaluate',
        expression: 'step = step + 10',
        context: 'repl',
        frame,
      });
      expect(set.value).toBe('');
      expect(at.ask({ kind: 'evaluate', expression: 'step', context: 'watch', frame }).value).toBe(
        '11',
      );
    });
  });

  it('are shown as values', () => {
    lookAt(engine, POLICY, 12, (at) => {
      expect(at.value('first')).toBe('coroutine 2, suspended');
      expect(at.value('coroutine.status(first)')).toBe("'suspended'");
      expect(at.value('coroutine.create')).toBe('function coroutine.create');
    });
  });
});
