import { describe, expect, it } from 'vitest';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import { customLuaPolicy } from '../kumod/policy-run.ts';
import { ENGINES, debugPolicy, onLines } from './debugged-policy.ts';
import type { DebuggedOptions, DebuggedPolicy, Standstill } from './debugged-policy.ts';
import { deliverOne } from './delivery.ts';

const POLICY = `local kumo = require 'kumo'
local up = { n = 1 }
Global = 'g'
local log = {}
function change()
  log[#log + 1] = 'changed'
  return #log
end
function twice(n)
  local parts = { n, n }
  parts[3] = n
  return parts[1] + parts[2]
end
local counter = 0
local function count()
  counter = counter + 1
  return counter
end
local function f(a, b, ...)
  local c = a + b + up.n + counter
  if count then
    local inner = c
    print(inner, kumo and (...))
  end
  return c
end
f(1, 2, 'x', 'y')
print(#log, up.n, Global, counter)`;

function stand(
  engine: EngineId,
  use: (at: Standstill) => void,
  options: DebuggedOptions & { readonly policy?: string; readonly line?: number } = {},
): DebuggedPolicy {
  const run = debugPolicy(engine, options.policy ?? POLICY, [use], {
    breakpoints: onLines(options.line ?? 23),
    ...options,
  });
  expect(run.stops).toHaveLength(1);
  return run;
}

describe.each(ENGINES)('looking at a value on %s', (engine) => {
  it.each([
    ['a + b', '3'],
    ['inner', '4'],
    ['up.n', '1'],
    ['Global', "'g'"],
    ['a, b', '1, 2'],
    ['...', "'x', 'y'"],
    ["select('#', ...)", '2'],
    ['nothing', 'nil'],
    ['#"four"', '4'],
    ["('%d'):format(a)", "'1'"],
    ['{ a, b }', '{ 1, 2 }'],
    ['twice(a)', '2'],
    ["table.concat({ 'x', 'y' }, '-')", "'x-y'"],
    ['(function() local t = {} table.insert(t, a) t.k = b return t end)()', '{ 1, k = 2 }'],
    ['kumo.json_encode({ a = 1 })', '\'{"a":1}\''],
    ['math.max(a, b) -- a comment', '2'],
    ['pcall(error, "x")', "false, 'x'"],
  ])('gives %s as %s', (expression, expected) => {
    stand(engine, (at) => expect(at.value(expression)).toBe(expected));
  });

  it('sees the names of the frame it is asked in', () => {
    stand(engine, (at) => {
      expect(at.value('a')).toBe('1');
      expect(at.value('a', 'watch', 1)).toBe('nil');
      expect(at.value('counter', 'watch', 1)).toBe('0');
      expect(at.value('up.n', 'hover')).toBe('1');
      expect(at.value('f ~= nil', 'inline', 1)).toBe('true');
    });
  });

  it.each([
    ['change()', 'must not change a table'],
    ['count()', 'must not assign to a variable'],
    ['print(a)', 'must not call print'],
    ["kumo.on('x', print)", 'must not call kumo.on'],
    ['kumo.reject(500, "x")', 'must not call kumo.reject'],
    ["kumo.amqp.build_client('amqp://x')", 'must not call kumo.amqp.build_client'],
    ['math.random()', 'must not call math.random'],
    ['os.time()', 'must not call os.time'],
    ['setmetatable(up, {})', 'must not call setmetatable'],
    ['table.insert(up, 1)', 'must not call table.insert'],
    ['pcall(change)', 'must not change a table'],
    ['coroutine.wrap(change)()', 'must not call coroutine.wrap'],
    ["rawset(_G, 'x', 1)", 'must not call rawset'],
    ["require('kumo')", 'must not call require'],
    ['a = 2', 'This is a statement'],
    ['local x = 1', 'This is a statement'],
  ])('refuses %s', (expression, problem) => {
    const run = stand(engine, (at) => expect(at.refusal(expression)).toContain(problem));
    expect(run.prints).toEqual(['4\tx', '0\t1\tg\t0']);
    expect(run.interventions).toEqual([]);
  });

  it('refuses to change a message, and reads it', () => {
    const policy = customLuaPolicy(`local sender = {}
  function sender:send(message)
    local x = 1
    return message:get_meta('campaign')
  end
  return sender`);
    const line = policy.split('\n').findIndex((text) => text.includes('return message:')) + 1;
    stand(
      engine,
      (at) => {
        expect(at.value("message:get_meta('campaign')")).toBe("'spring'");
        expect(at.value('message:queue_name()')).toBe("'amqp'");
        expect(at.value('message:sender().email')).toBe("'sender@example.org'");
        expect(at.refusal("message:set_meta('a', 1)")).toContain('must not call Message:set_meta');
        expect(at.refusal('message:id():nothing()')).toMatch(/attempt to call a nil value/);
      },
      { policy, line, then: deliverOne },
    );
  });

  it('tells errors in Lua’s words', () => {
    stand(engine, (at) => {
      expect(at.refusal('a.b.c')).toBe("attempt to index a number value (local 'a')");
      expect(at.refusal('up.x.y')).toBe("attempt to index a nil value (field 'x')");
      expect(at.refusal('nothing.x')).toBe("attempt to index a nil value (global 'nothing')");
      expect(at.refusal('counter.x.y')).toMatch(
        /attempt to index a number value \(upvalue 'counter'\)/,
      );
      expect(at.refusal('a +')).toBe('unexpected symbol near <eof>');
      expect(at.refusal('error("mine")')).toBe('mine');
      expect(at.refusal('error({})')).toBe('an error that is a table');
      expect(at.refusal('  ')).toBe('There is nothing to evaluate.');
    });
  });

  it('ends what takes too long', () => {
    stand(engine, (at) => {
      const loop = '(function() while true do end end)()';
      expect(at.refusal(loop)).toBe('The evaluation took longer than 1 s and was ended.');
      expect(
        at.refusal(
          `pcall(function() while true do pcall(function() while true do end end) end end)`,
        ),
      ).toBe('The evaluation took longer than 1 s and was ended.');
      expect(at.value('a')).toBe('1');
    });
  });

  it('does not stop at breakpoints and counts no lines', () => {
    const run = debugPolicy(
      engine,
      POLICY,
      [
        (at) => {
          const before = at.debugger.tick;
          expect(at.value('twice(4)')).toBe('8');
          expect(at.debugger.tick).toBe(before);
        },
      ],
      { breakpoints: onLines(23, 12) },
    );
    expect(run.lines).toEqual([23]);
  });
});

describe.each(ENGINES)('the console on %s', (engine) => {
  it('assigns to locals, upvalues, globals and fields', () => {
    const run = stand(engine, (at) => {
      at.evaluate('inner = 99', 'repl');
      at.evaluate('counter = 7', 'repl');
      at.evaluate("Global = 'new'", 'repl');
      at.evaluate('up.n = up.n + 1', 'repl');
      expect(at.value('inner, counter, Global, up.n', 'repl')).toBe("99, 7, 'new', 2");
    });
    expect(run.prints).toEqual(['99\tx', '0\t2\tnew\t7']);
  });

  it('runs statements and calls everything', () => {
    const run = stand(engine, (at) => {
      expect(at.value('change()', 'repl')).toBe('1');
      expect(at.value('for i = 1, 2 do change() end', 'repl')).toBe('');
      expect(at.value('return #tostring(a), "x"', 'repl')).toBe("1, 'x'");
      at.evaluate("print('from the console', a)", 'repl');
      expect(at.refusal('x = = 1', 'repl')).toMatch(/^unexpected symbol near '='/);
      expect(at.refusal('error("no")', 'repl')).toBe('no');
      expect(at.value('local z = 5; return z', 'repl')).toBe('5');
    });
    expect(run.prints).toEqual(['from the console\t1', '4\tx', '3\t1\tg\t0']);
  });

  it('keeps functions that it made, which see the globals later', () => {
    const run = stand(
      engine,
      (at) => {
        at.evaluate('helper = function(n) return n + (a or 100) end', 'repl');
        at.evaluate('change = function() return helper(1) end', 'repl');
      },
      {
        policy: `function change() return 0 end
local function f(a)
  local b = a
  return b
end
f(5)
print(change())`,
        line: 4,
      },
    );
    expect(run.prints).toEqual(['101']);
  });

  it('gives results that can be looked into', () => {
    stand(engine, (at) => {
      const result = at.evaluate('{ list = { 1, 2, 3 } }', 'repl');
      const [list] = at.children(result.ref);
      expect(list).toMatchObject({ name: 'list', indexed: 3 });
      expect(at.children(list?.ref ?? -1).map(({ value }) => value)).toEqual(['1', '2', '3']);
    });
  });

  it('tells of what changed the script, and of nothing else', () => {
    const run = stand(engine, (at) => {
      at.evaluate('a + b', 'repl');
      at.evaluate('up', 'repl');
      at.evaluate('inner = 5', 'repl');
      at.evaluate('change()', 'repl', 1);
    });
    expect(run.interventions.map(({ query }) => query)).toMatchObject([
      { kind: 'evaluate', expression: 'inner = 5', context: 'repl' },
      { kind: 'evaluate', expression: 'change()', context: 'repl' },
    ]);
    expect(run.interventions[0]?.tick).toBe(run.stops[0]?.tick);
  });

  it('ends what takes too long', () => {
    stand(engine, (at) => {
      expect(at.refusal('while true do end', 'repl')).toMatch(/longer than 1 s/);
    });
  });
});

describe.each(ENGINES)('what was done by hand, on %s', (engine) => {
  it('is done again in a replay, at the same places', () => {
    const policy = `local kumo = require 'kumo'
local total = 0
for i = 1, 4 do
  total = total + i
end
local ok, why = pcall(kumo.reject, 400, 'a' .. total)
print(total, tostring(why):match('^[^\\n]*'))`;
    const touched = debugPolicy(
      engine,
      policy,
      [
        () => undefined,
        (at) => {
          at.evaluate('total = total * 10', 'repl');
          at.evaluate('total = total + 1', 'repl');
        },
        (at) => {
          const locals = at.scopeRef('Locals');
          at.ask({ kind: 'set-variable', ref: locals, name: 'i', value: '100' });
        },
        () => undefined,
        (at) => {
          expect(at.stop.reason).toBe('reject');
          at.ask({
            kind: 'evaluate',
            expression: 'total = total + 1000',
            context: 'repl',
            frame: at.frames().find(({ kind }) => kind === 'main')?.id ?? -1,
          });
        },
      ],
      { breakpoints: { ...onLines(4), events: [{ id: 9, event: 'reject' }] } },
    );
    expect(touched.reasons).toEqual([
      'breakpoint',
      'breakpoint',
      'breakpoint',
      'breakpoint',
      'reject',
    ]);
    expect(touched.interventions).toHaveLength(4);
    const replayed = debugPolicy(engine, policy, [], { interventions: touched.interventions });
    expect(replayed.prints).toEqual(touched.prints);
    expect(replayed.ticks).toBe(touched.ticks);
    const untouched = debugPolicy(engine, policy);
    expect(untouched.prints).not.toEqual(touched.prints);
  });

  it('is there when a position after it is gone to', () => {
    const policy = 'local a = 1\nlocal b = a\nprint(b)\nprint(a)';
    const touched = debugPolicy(engine, policy, [(at) => at.evaluate('a = 5', 'repl')], {
      breakpoints: onLines(2),
    });
    const run = debugPolicy(engine, policy, [(at) => expect(at.value('b')).toBe('5')], {
      runToTick: 4,
      interventions: touched.interventions,
    });
    expect(run.lines).toEqual([4]);
  });
});

describe.each(ENGINES)('completion on %s', (engine) => {
  const complete = (at: Standstill, text: string): string[] =>
    at
      .ask({ kind: 'completions', text, column: text.length + 1, frame: at.frame() })
      .map(({ label, kind, length }) => `${label} ${kind} ${length}`);

  it('offers the names in scope and keywords', () => {
    stand(engine, (at) => {
      expect(complete(at, 'inn')).toEqual(['inner variable 3']);
      expect(complete(at, 'print(a .. co')).toEqual([
        'collectgarbage function 2',
        'coroutine variable 2',
        'count variable 2',
        'counter variable 2',
      ]);
      expect(complete(at, 'whi')).toEqual(['while keyword 3']);
      expect(complete(at, 'chan')).toEqual(['change function 4']);
      expect(complete(at, 'x = 12')).toEqual([]);
    });
  });

  it('offers fields and methods of what stands before', () => {
    stand(engine, (at) => {
      expect(complete(at, 'up.')).toEqual(['n field 0']);
      expect(complete(at, 'string.fo')).toEqual(['format function 2']);
      expect(complete(at, 'Global:up')).toEqual(['upper method 2']);
      expect(complete(at, 'kumo.amqp.b')).toEqual([
        'basic_publish function 1',
        'build_client function 1',
      ]);
      expect(complete(at, '("x"):up')).toEqual(['upper method 2']);
      expect(complete(at, "print(('x' .. 1):rep")).toEqual(['rep method 3']);
      expect(complete(at, 'tostring(1):low')).toEqual(['lower method 3']);
      expect(complete(at, '({ up })[1].')).toEqual(['n field 0']);
      expect(complete(at, '"up.')).toEqual([]);
      expect(complete(at, 'nothing.x.')).toEqual([]);
      expect(complete(at, 'change().')).toEqual([]);
    });
  });

  it('offers what kumod’s objects have', () => {
    const policy = customLuaPolicy(`local sender = {}
  function sender:send(message)
    local x = 1
    return 'ok'
  end
  return sender`);
    stand(
      engine,
      (at) => {
        expect(complete(at, 'message:get_m')).toEqual(['get_meta method 5']);
        expect(complete(at, 'self:se')).toEqual(['send method 2']);
      },
      {
        policy,
        line: policy.split('\n').findIndex((text) => text.includes("return 'ok'")) + 1,
        then: deliverOne,
      },
    );
  });
});
