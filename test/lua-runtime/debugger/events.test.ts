import { describe, expect, it } from 'vitest';
import { NO_BREAKPOINTS } from '../../../lua-runtime/debugger/debugger-contract.ts';
import type {
  BreakpointSet,
  DomainEvent,
} from '../../../lua-runtime/debugger/debugger-contract.ts';
import { customLuaPolicy } from '../kumod/policy-run.ts';
import { ENGINES, debugPolicy, over } from './debugged-policy.ts';
import { deliverOne } from './delivery.ts';

const on = (event: DomainEvent, only?: string): BreakpointSet => ({
  ...NO_BREAKPOINTS,
  events: [{ id: 1, event, ...(only === undefined ? undefined : { only }) }],
});

const PUBLISHING = customLuaPolicy(`local sender = {}
  local client = kumo.amqp.build_client 'amqp://host'
  function sender:send(message)
    local confirm = client:publish { routing_key = 'k', payload = message:get_data() }
    local result = confirm:wait()
    if result.status ~= 'Ack' then
      kumo.reject(451, 'not taken')
    end
    return 'ok'
  end
  return sender`);
const lineOf = (text: string, policy = PUBLISHING): number =>
  policy.split('\n').findIndex((line) => line.includes(text)) + 1;

describe.each(ENGINES)('event breakpoints on %s', (engine) => {
  it('stop at the first line of the handlers, constructors and methods that kumod enters', () => {
    const run = debugPolicy(engine, PUBLISHING, [], {
      breakpoints: on('handler'),
      then: deliverOne,
    });
    expect(run.stops.map(({ reason, description }) => `${reason} ${description}`)).toEqual([
      'handler kumod calls get_queue_config',
      'handler kumod calls make.amqp',
      'handler kumod calls send',
    ]);
    expect(run.lines.at(-1)).toBe(lineOf('client:publish'));
    const only = debugPolicy(engine, PUBLISHING, [], {
      breakpoints: on('handler', 'send, close'),
      then: deliverOne,
    });
    expect(only.lines).toEqual([lineOf('client:publish')]);
  });

  it('stop at host calls, in the function that calls', () => {
    const run = debugPolicy(
      engine,
      PUBLISHING,
      [
        (at) => {
          expect(at.stop).toMatchObject({ reason: 'host-call', breakpoints: [1] });
          expect(at.stop.description).toMatch(/^amqp\.publish \{/);
          expect(at.stack()).toEqual([
            'AMQPClient:publish',
            `sender:send init.lua:${lineOf('client:publish')}`,
          ]);
          expect(at.value('message:num_attempts()', 'watch', 1)).toBe('0');
          return over();
        },
      ],
      { breakpoints: on('host-call', 'amqp.publish'), then: deliverOne },
    );
    expect(run.lines).toEqual([lineOf('client:publish'), lineOf('confirm:wait')]);
    const all = debugPolicy(engine, PUBLISHING, [], {
      breakpoints: on('host-call'),
      then: deliverOne,
    });
    const names = all.stops.map(({ description }) => description.split(' ')[0]);
    // kumod's side reads the clock as well.
    expect(names.filter((name) => name !== 'clock')).toEqual([
      'amqp.connect',
      'amqp.publish',
      'amqp.wait_confirm',
    ]);
  });

  it('stop where the broker’s refusal reaches the script, and at the reject that follows', () => {
    const nack = debugPolicy(engine, PUBLISHING, [], {
      breakpoints: on('nack'),
      confirm: 'Nack',
      then: deliverOne,
    });
    expect(nack.lines).toEqual([lineOf('confirm:wait')]);
    const reject = debugPolicy(engine, PUBLISHING, [], {
      breakpoints: on('reject', '451'),
      confirm: 'Nack',
      then: deliverOne,
    });
    expect(reject.stops).toMatchObject([
      {
        reason: 'reject',
        description: 'kumo.reject 451: not taken',
        location: { line: lineOf('kumo.reject') },
      },
    ]);
    const other = debugPolicy(engine, PUBLISHING, [], {
      breakpoints: on('reject', '550'),
      confirm: 'Nack',
      then: deliverOne,
    });
    expect(other.stops).toEqual([]);
  });
});

const THROWING = `local function inner()
  local t = nil
  return t.x
end
local function middle()
  return (inner())
end
local ok = pcall(middle)
local wrapped = coroutine.wrap(function()
  local a = 1
  error('in the coroutine')
end)
local okToo = pcall(wrapped)
local loaded, problem = load('x = = 1')
print(ok, okToo)
middle()`;

describe.each(ENGINES)('errors on %s', (engine) => {
  it('stop where they are thrown, caught or not, with the whole stack', () => {
    const stacks: string[][] = [];
    const look = (at: { stack: () => string[] }): void => {
      stacks.push(at.stack());
    };
    const run = debugPolicy(engine, THROWING, [look, look, look, look, look], {
      breakpoints: on('thrown'),
    });
    const thrown = run.stops.filter(({ reason }) => reason === 'thrown');
    expect(thrown.map(({ location }) => location?.line)).toEqual(
      // Lua raises the error of a wrapped coroutine once more in the one that called it.
      [3, 11, 13, 3],
    );
    expect(stacks[0]).toEqual([
      'inner init.lua:3',
      'middle init.lua:6',
      'pcall',
      'main chunk init.lua:8',
    ]);
    expect(stacks[1]?.[0]).toBe('error');
    expect(thrown[0]).toMatchObject({
      description: "attempt to index a nil value (local 't')",
      failure: {
        text: "init.lua:3: attempt to index a nil value (local 't')",
        location: { file: 'init.lua', line: 3 },
        traceback: [
          { function: 'inner', location: { file: 'init.lua', line: 3 } },
          { function: 'middle', location: { file: 'init.lua', line: 6 } },
          { function: 'pcall' },
          { function: 'main chunk', location: { file: 'init.lua', line: 8 } },
        ],
      },
    });
    expect(thrown[1]).toMatchObject({ thread: 2, description: 'in the coroutine' });
  });

  it('stop where they leave the script, and only once', () => {
    const both = debugPolicy(engine, THROWING, [], {
      breakpoints: {
        ...NO_BREAKPOINTS,
        events: [
          { id: 1, event: 'uncaught' },
          { id: 2, event: 'thrown' },
        ],
      },
    });
    expect(both.reasons).toEqual(['thrown', 'thrown', 'thrown', 'uncaught']);
    const only = debugPolicy(
      engine,
      THROWING,
      [
        (at) => {
          expect(at.stack()).toEqual([
            'inner init.lua:3',
            'middle init.lua:6',
            'main chunk init.lua:16',
          ]);
          expect(at.value('t')).toBe('nil');
        },
      ],
      { breakpoints: on('uncaught') },
    );
    expect(only.stops).toMatchObject([
      { reason: 'uncaught', location: { line: 3 }, breakpoints: [1] },
    ]);
  });

  it('of an uncaught error in a coroutine show the coroutine', () => {
    const policy = `local co = coroutine.wrap(function()
  local secret = 7
  error('deep')
end)
co()`;
    const run = debugPolicy(
      engine,
      policy,
      [(at) => expect(at.value('secret', 'watch', 1)).toBe('7')],
      { breakpoints: on('uncaught') },
    );
    expect(run.stops).toMatchObject([{ reason: 'uncaught', thread: 2, location: { line: 3 } }]);
  });

  it('of an uncaught error are none for a reject, which is an answer', () => {
    const policy = `local kumo = require 'kumo'
coroutine.wrap(function()
  kumo.reject(550, 'no such user')
end)()`;
    for (const source of [policy, "require('kumo').reject(550, 'no such user')"]) {
      const run = debugPolicy(engine, source, [], { breakpoints: on('uncaught') });
      expect(run.stops.filter(({ reason }) => reason === 'uncaught')).toEqual([]);
    }
  });

  it('tell a reject from an error of the script', () => {
    const run = debugPolicy(
      engine,
      `local kumo = require 'kumo'
pcall(kumo.reject, 550, 'no such user')
print('on')`,
      [],
      { breakpoints: on('thrown') },
    );
    expect(run.stops).toMatchObject([{ description: '550 no such user' }]);
    expect(run.prints).toEqual(['on']);
  });

  it('come with the values of an error object', () => {
    const run = debugPolicy(engine, 'pcall(error, { code = 5 })\nprint(1)', [], {
      breakpoints: on('thrown'),
    });
    expect(run.stops).toMatchObject([{ description: 'an error that is a table' }]);
  });

  it('do not stop for the debugger’s own evaluations', () => {
    const run = debugPolicy(
      engine,
      'local a = 1\nprint(a)',
      [
        (at) => {
          at.refusal('a.b.c');
          at.refusal('error("x")', 'repl');
          return over();
        },
      ],
      { stopOnEntry: true, breakpoints: on('thrown') },
    );
    expect(run.reasons).toEqual(['entry', 'step']);
  });
});
