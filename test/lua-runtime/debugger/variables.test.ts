import { describe, expect, it } from 'vitest';
import type { EngineId } from '../../../lua-runtime/vm/lua-vm.ts';
import { customLuaPolicy } from '../kumod/policy-run.ts';
import { ENGINES, debugPolicy, onLines } from './debugged-policy.ts';
import type { DebuggedOptions, Standstill } from './debugged-policy.ts';
import { deliverOne } from './delivery.ts';

/** Looks at a policy that stops in its last line. */
function look(
  engine: EngineId,
  policy: string,
  use: (at: Standstill) => void,
  options: DebuggedOptions & { readonly line?: number } = {},
): void {
  let used = false;
  const line = options.line ?? policy.split('\n').length;
  debugPolicy(
    engine,
    policy,
    [
      (at) => {
        used = at.stop.reason === 'breakpoint';
        use(at);
      },
    ],
    { breakpoints: onLines(line), ...options },
  );
  expect(used).toBe(true);
}

describe.each(ENGINES)('variables on %s', (engine) => {
  it('are parameters and locals in their order, the hidden ones too', () => {
    const policy = `local function f(a, b, ...)
  local c = a
  do
    local a = 'inner'
    for i = 1, 1 do
      print(a, b, c)
    end
  end
end
f(1, 2, 'x', nil, 'y')`;
    look(
      engine,
      policy,
      (at) => {
        expect(at.shown('Locals')).toEqual([
          'a (shadowed) = 1',
          'b = 2',
          'c = 1',
          "a = 'inner'",
          'i = 1',
        ]);
        expect(at.shown('Varargs')).toEqual(["[1] = 'x'", '[2] = nil', "[3] = 'y'"]);
        expect(at.value('select(3, ...)')).toBe("'y'");
        expect(at.value('a')).toBe("'inner'");
      },
      { line: 6 },
    );
  });

  it('are upvalues, and globals without the library', () => {
    const policy = `local kumo = require 'kumo'
local limit = 10
Config = { a = 1 }
local function f()
  return limit, kumo, Config
end
print = print
type = function() return 'mine' end
f()
local last = 1`;
    look(
      engine,
      policy,
      (at) => {
        expect(at.scope('Upvalues').map(({ name }) => name)).toEqual(['limit', 'kumo']);
        expect(at.scope('Globals').map(({ name }) => name)).toEqual(['Config', 'type']);
      },
      { line: 5 },
    );
  });

  it('tell integers from floats and text from bytes', () => {
    const policy = `local i, f, big = 3, 3.0, 1e100
local t, q, n = 'text', "it's", 'a\\nb'
local b = '\\255\\0x'
local none, yes = nil, true
local s = ('x'):rep(500)
print(i)`;
    look(engine, policy, (at) => {
      const shown = at.scope('Locals').map(({ name, value, type }) => `${name} ${value} ${type}`);
      expect(shown.filter((text) => !text.startsWith('big') && !text.startsWith('s '))).toEqual([
        'i 3 integer',
        'f 3.0 float',
        "t 'text' string",
        'q "it\'s" string',
        "n 'a\\nb' string",
        'b "\\xff\\x00x" (3 bytes) string',
        'none nil nil',
        'yes true boolean',
      ]);
      const long = at.scope('Locals').find(({ name }) => name === 's');
      expect(long?.value).toBe(`'${'x'.repeat(200)}…'`);
      const inside = at.children(long?.ref ?? -1);
      expect(inside.map(({ name }) => name)).toEqual(['(bytes)', '(whole)']);
      expect(inside[1]?.value).toBe(`'${'x'.repeat(500)}'`);
    });
  });

  it('are tables in an order that does not change, level by level', () => {
    const policy = `local t = { 10, 20, 30, b = 1, a = { deep = true }, ['two words'] = 2, [2.5] = 3, [true] = 4 }
t.self = t
local sender = { send = function() end, close = function() end }
local empty = {}
setmetatable(t, { __index = { inherited = 1 } })
print(t)`;
    look(engine, policy, (at) => {
      const [t, sender, empty] = at.scope('Locals');
      expect(t?.value).toBe(
        "{ 10, 20, 30, [\'two words\'] = 2, [2.5] = 3, [true] = 4, a = {…}, b = 1, self = {…} }",
      );
      expect(t).toMatchObject({ indexed: 3, type: 'table', expression: 't' });
      expect(sender?.value).toBe('{ close = function, send = function }');
      expect(empty).toMatchObject({ value: '{}', ref: 0 });
      const children = at.children(t?.ref ?? -1);
      expect(children.map(({ name }) => name)).toEqual([
        "['two words']",
        'a',
        'b',
        'self',
        '[2.5]',
        '[true]',
        '(metatable)',
        '[1]',
        '[2]',
        '[3]',
      ]);
      const self = children.find(({ name }) => name === 'self');
      expect(self?.expression).toBe('t.self');
      expect(at.children(self?.ref ?? -1).map(({ name }) => name)).toContain('self');
      const meta = children.find(({ name }) => name === '(metatable)');
      expect(at.children(meta?.ref ?? -1).map(({ name }) => name)).toEqual(['__index']);
      for (const { expression, value } of children.filter(({ ref }) => ref === 0)) {
        expect(at.value(expression ?? 'nil')).toBe(value);
      }
    });
  });

  it('come in pages', () => {
    const policy = `local t = { x = 1, y = 2 }
for i = 1, 1000 do t[i] = i * i end
print(#t)`;
    look(engine, policy, (at) => {
      const [t] = at.scope('Locals');
      const ref = t?.ref ?? -1;
      expect(t?.indexed).toBe(1000);
      const page = at.children(ref, { filter: 'indexed', start: 500, count: 2 });
      expect(page.map(({ name, value }) => `${name} ${value}`)).toEqual([
        '[501] 251001',
        '[502] 252004',
      ]);
      expect(at.children(ref, { filter: 'named' }).map(({ name }) => name)).toEqual(['x', 'y']);
      expect(at.children(ref, { start: 1, count: 3 }).map(({ name }) => name)).toEqual([
        'y',
        '[1]',
        '[2]',
      ]);
      expect(at.children(ref, { filter: 'indexed', start: 999, count: 10 })).toHaveLength(1);
    });
  });

  it('are functions with their names, places and upvalues', () => {
    const policy = `local hidden = 5
local M = {}
function M.get()
  return hidden
end
local anonymous = { function() end }
print(M)`;
    look(engine, policy, (at) => {
      const get = at.evaluate('M.get');
      expect(get.value).toBe('function M.get <init.lua:3>');
      expect(at.children(get.ref).map(({ name, value }) => `${name} ${value}`)).toEqual([
        'hidden 5',
      ]);
      expect(at.value('anonymous[1]')).toMatch(/^function .*<init\.lua:6>$/);
      expect(at.value('string.format')).toBe('function string.format');
    });
  });

  it('are kumod’s objects by their fields', () => {
    const policy =
      customLuaPolicy(`local sender = { client = kumo.amqp.build_client 'amqp://user:secret@host/' }
  function sender:send(message)
    local from = message:sender()
    local confirm = self.client:publish { routing_key = 'k', payload = 'p' }
    local ok, why = pcall(kumo.reject, 500, 'no')
    local config = kumo.make_queue_config { max_age = '1 day' }
    print(from)
    return 'ok'
  end
  return sender`);
    const line = policy.split('\n').findIndex((text) => text.includes('print(from)')) + 1;
    look(
      engine,
      policy,
      (at) => {
        const field = (expression: string): string[] =>
          at.children(at.evaluate(expression).ref).map(({ name, value }) => `${name} ${value}`);
        const message = at.evaluate('message');
        expect(message.type).toBe('Message');
        expect(message.value).toMatch(/^Message [0-9a-f]+$/);
        expect(field('message')).toEqual([
          expect.stringMatching(/^id '[0-9a-f]+'$/),
          "queue 'amqp'",
          "sender 'sender@example.org'",
          "recipients { 'user@example.com' }",
          "meta { campaign = 'spring', n = 3, queue = 'amqp' }",
          "data 'Subject: hello\\r\\n\\r\\nbody\\r\\n'",
          'num_attempts 0',
        ]);
        const meta = at.children(message.ref).find(({ name }) => name === 'meta');
        expect(at.children(meta?.ref ?? -1)).toMatchObject([
          { name: 'campaign', value: "'spring'", type: 'string', readOnly: true },
          { name: 'n', value: '3', type: 'integer', readOnly: true },
          { name: 'queue', value: "'amqp'" },
        ]);
        expect(at.value('from')).toBe('EnvelopeAddress sender@example.org');
        expect(field('from')).toEqual([
          "user 'sender'",
          "domain 'example.org'",
          "email 'sender@example.org'",
        ]);
        expect(at.value('self.client')).toBe('AMQPClient amqp://user:***@host/');
        expect(at.value('confirm')).toBe('Confirm of publish 1');
        expect(at.value('why')).toContain('500 no');
        expect(field('why').slice(0, 3)).toEqual(["message '500 no'", 'code 500', "text 'no'"]);
        expect(at.value('config')).toBe('QueueConfig max_age');
        expect(field('config')).toContain("max_age '1day'");
      },
      { line, then: deliverOne },
    );
  });

  it('show the arguments of a function of the library', () => {
    const policy = `local t = { 2, 1 }
table.sort(t, function(a, b)
  return a < b
end)`;
    look(
      engine,
      policy,
      (at) => {
        const [compare, sort] = at.frames();
        expect([compare?.name, sort?.name][1]).toBe('table.sort');
        expect(at.shown('Arguments', 1)[0]).toMatch(/^\[1\] = \{/);
      },
      { line: 3 },
    );
  });
});

describe.each(ENGINES)('setting a variable on %s', (engine) => {
  const POLICY = `local up = 1
g = 'global'
local function f(a)
  local t = { x = { 1, 2 }, ['k 1'] = 'v' }
  print(a, up, g, t.x[2], t['k 1'])
end
f('arg')
print(up)`;
  const set = (at: Standstill, ref: number, name: string, value: string) =>
    at.ask({ kind: 'set-variable', ref, name, value });

  it('changes locals, upvalues, globals and fields', () => {
    const run = debugPolicy(
      engine,
      POLICY,
      [
        (at) => {
          const locals = at.scopeRef('Locals');
          expect(set(at, locals, 'a', "'new' .. 1")).toMatchObject({ name: 'a', value: "'new1'" });
          expect(set(at, at.scopeRef('Upvalues'), 'up', 'up + 41').value).toBe('42');
          expect(set(at, at.scopeRef('Globals'), 'g', '{ 1 }').value).toBe('{ 1 }');
          set(at, at.scopeRef('Globals'), 'g', "'changed'");
          const t = at.scope('Locals').find(({ name }) => name === 't');
          const x = at.children(t?.ref ?? -1).find(({ name }) => name === 'x');
          set(at, x?.ref ?? -1, '[2]', '#a');
          set(at, t?.ref ?? -1, "['k 1']", 'nil');
          expect(at.shown('Locals')).toContain("a = 'new1'");
        },
      ],
      { breakpoints: onLines(5) },
    );
    expect(run.prints).toEqual(['new1\t42\tchanged\t4\tnil', '42']);
    expect(run.interventions).toHaveLength(6);
  });

  it('says what cannot be set, in Lua’s words where Lua objects', () => {
    debugPolicy(
      engine,
      POLICY,
      [
        (at) => {
          const locals = at.scopeRef('Locals');
          const problem = (ref: number, name: string, value: string) =>
            at.problem({ kind: 'set-variable', ref, name, value });
          expect(problem(locals, 'a', '1 +')).toMatch(/^unexpected symbol/);
          expect(problem(locals, 'a', 'nothing.x')).toMatch(
            /attempt to index a nil value \(global 'nothing'\)/,
          );
          expect(problem(locals, 'b', '1')).toMatch(/^There is no b here/);
        },
      ],
      { breakpoints: onLines(5) },
    );
  });
});
