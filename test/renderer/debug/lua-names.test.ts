import { describe, expect, it } from 'vitest';
import { expressionAt, namesUntil } from '../../../renderer/debug/editor/lua-names.ts';

function names(text: string, line: number): Record<number, string[]> {
  return Object.fromEntries([...namesUntil(text, line)].map(([at, set]) => [at, [...set]]));
}

describe('namesUntil', () => {
  const policy = `local kumo = require 'kumo'
kumo.on('make.amqp', function(domain)
  local sender = {}
  local client = kumo.amqp.build_client 'amqp://localhost'
  function sender:send(message)
    local confirm = client:publish {
      routing_key = 'logging', -- domain
      payload = message:get_data(),
    }
    return confirm:wait()
  end
  return sender
end)`;

  it('reads the function around the line, from its head to the line', () => {
    expect(names(policy, 8)).toEqual({
      5: ['sender', 'message'],
      6: ['confirm', 'client'],
      8: ['message'],
    });
  });

  it('leaves out what functions inside name', () => {
    expect(names(policy, 12)).toEqual({
      2: ['kumo', 'domain'],
      3: ['sender'],
      4: ['client', 'kumo'],
      12: ['sender'],
    });
  });

  it('takes the whole text where no function is', () => {
    expect(names(policy, 1)).toEqual({ 1: ['kumo', 'require'] });
  });

  it('is not misled by strings, long brackets and comments', () => {
    const text = `local a = "end \\" b"
local c = [==[ function d ]] ]==]
--[[ function e
end ]] local f = a
return f`;
    expect(names(text, 5)).toEqual({ 1: ['a'], 2: ['c'], 4: ['f', 'a'], 5: ['f'] });
  });

  it('knows loops and conditions from functions', () => {
    const text = `local function find(routes)
  for index, route in ipairs(routes) do
    if route.key then
      repeat index = index + 1 until index > 3
    end
    local name = 'a' .. route
  end
end
find(x)`;
    expect(Object.keys(names(text, 6))).toEqual(['1', '2', '3', '4', '6']);
    expect(names(text, 6)[3]).toEqual(['route']);
    expect(names(text, 6)[6]).toEqual(['name', 'route']);
    expect(names(text, 9)).toEqual({ 9: ['find', 'x'] });
  });

  it('keeps a comparison in a constructor, which is no field', () => {
    expect(names('t = { a == b, c = d }', 1)).toEqual({ 1: ['t', 'a', 'b', 'd'] });
  });

  it('works on a text that is still being typed', () => {
    expect(names('function send(message)\n  if message then\n    local x = message', 3)).toEqual({
      1: ['send', 'message'],
      2: ['message'],
      3: ['x', 'message'],
    });
  });
});

describe('expressionAt', () => {
  const line = "  if result.status == 'Ack' or confirm:wait() then -- done";
  const at = (word: string) => expressionAt(line, line.indexOf(word) + 2)?.expression;

  it('is the word and what it is a field of', () => {
    expect(at('result')).toBe('result');
    expect(at('status')).toBe('result.status');
    expect(expressionAt(line, line.indexOf('status') + 1)).toMatchObject({ from: 6, to: 19 });
  });

  it('is nothing for keywords, methods, strings, comments and spaces', () => {
    expect([at('if'), at('wait'), at('Ack'), at('done'), expressionAt(line, 1)]).toEqual(
      Array(5).fill(undefined),
    );
  });
});
