import { describe, expect, it } from 'vitest';
import type { AttemptOutcome } from '../../../lua-runtime/kumod/runtime-contract.ts';
import { customLuaPolicy, ENGINES, runPolicy, sendPolicy } from './policy-run.ts';

const PEER = { name: 'Lua via make.amqp', addr: '0.0.0.0' };
const IN_SEND = 'KumoMTA internal: error in deliver_message: sender:send method failed: ';
const NOT_FOUND = 'KumoMTA internal: error in deliver_message: sender:send method not found: ';
const NO_CONNECT = 'KumoMTA internal: failed to connect to any candidate hosts: ';

function end({ record, told, session_over }: AttemptOutcome) {
  return {
    type: record.type,
    code: record.response.code,
    content: record.response.content,
    peer: record.peer_address,
    told,
    session_over,
  };
}

describe.each(ENGINES)('what an attempt becomes on %s', (engine) => {
  function attempt(policy: string) {
    const run = runPolicy(engine, policy);
    const session = run.openSession();
    return { run, session, outcome: run.deliver(session) };
  }
  const send = (body: string) => attempt(sendPolicy(body));

  it.each([
    ["return '250 ok'", '250 ok'],
    ['return 5', '5'],
    ['return 5.5', '5.5'],
    ["return 'one', 'two'", 'one'],
    ["return ''", ''],
  ])('%s is a Delivery 200', (body, content) => {
    const { outcome } = send(body);
    expect(end(outcome)).toEqual({
      type: 'Delivery',
      code: 200,
      content,
      peer: PEER,
      told: content,
      session_over: false,
    });
    expect(outcome.next_attempt).toBeUndefined();
  });

  it.each([
    ['', 'error converting Lua nil to String (expected string or number)'],
    ['return nil', 'error converting Lua nil to String (expected string or number)'],
    ['return true', 'error converting Lua boolean to String (expected string or number)'],
    ['return {}', 'error converting Lua table to String (expected string or number)'],
    ['return message', 'error converting Lua userdata to String (expected string or number)'],
    [
      "return 'a\\255'",
      'error converting Lua string to String (invalid utf-8 sequence of 1 bytes from index 1)',
    ],
  ])('%j as the body of send is a TransientFailure 400', (body, text) => {
    const { outcome } = send(body);
    expect(end(outcome)).toEqual({
      type: 'TransientFailure',
      code: 400,
      content: IN_SEND + text,
      peer: null,
      told: 'error',
      session_over: false,
    });
    expect(outcome.next_attempt?.attempt).toBe(2);
  });

  it.each([
    ["kumo.reject(451, 'later')", 'TransientFailure', 451, 'later'],
    ["kumo.reject(499, '4.2.0 later')", 'TransientFailure', 499, '4.2.0 later'],
    ["kumo.reject('451', 'text code')", 'TransientFailure', 451, 'text code'],
    ["kumo.reject(500, 'never')", 'Bounce', 500, 'never'],
    ["kumo.reject(250, 'odd')", 'Bounce', 250, 'odd'],
    ["kumo.reject(0, 'zero')", 'Bounce', 0, 'zero'],
    ["kumo.reject(99, 'small')", 'Bounce', 99, 'small'],
    ["kumo.reject(600, 'large')", 'Bounce', 600, 'large'],
    ["kumo.disconnect(451, 'bye')", 'TransientFailure', 451, 'bye'],
    ["kumo.disconnect(550, 'bye', 'FollowWith421')", 'Bounce', 550, 'bye'],
    ["local ok, e = pcall(kumo.reject, 552, 'rethrown'); error(e)", 'Bounce', 552, 'rethrown'],
  ])('%s keeps the connection', (body, type, code, content) => {
    const { outcome, run, session } = send(`if message:num_attempts() == 0 then ${body} end
    return 'second ok'`);
    expect(end(outcome)).toMatchObject({ type, code, content, peer: PEER, session_over: false });
    expect(outcome.next_attempt === undefined).toBe(type === 'Bounce');
    const second = run.deliver(session, { message: 2, num_attempts: 1 });
    expect(end(second)).toMatchObject({ type: 'Delivery', content: 'second ok' });
  });

  it('makes a rethrown text of a reject a plain error', () => {
    const { outcome } = send(
      "local ok, e = pcall(kumo.reject, 552, 'gone'); error(tostring(e), 0)",
    );
    expect(end(outcome)).toMatchObject({ type: 'TransientFailure', code: 400, peer: null });
    expect(outcome.record.response.content).toMatch(
      /sender:send method failed: runtime error: 552 gone/,
    );
  });

  it('writes an error of send with its traceback on one line', () => {
    const { outcome } = send("error('boom')");
    expect(end(outcome)).toMatchObject({ type: 'TransientFailure', code: 400, peer: null });
    const { content } = outcome.record.response;
    expect(content.startsWith(`${IN_SEND}runtime error: init.lua:`)).toBe(true);
    expect(content).toMatch(/: boom stack traceback: /);
    expect(content).not.toMatch(/[\r\n]/);
  });

  it('treats a wrong argument of kumo.reject as a plain error', () => {
    const { outcome } = send('kumo.reject(451)');
    expect(outcome.record.response.content).toContain(
      'bad argument #2: error converting Lua nil to String (expected string or number)',
    );
    expect(outcome.record.response.code).toBe(400);
  });

  it('needs a method named send', () => {
    const { outcome } = attempt(customLuaPolicy('return {}'));
    expect(end(outcome)).toMatchObject({
      type: 'TransientFailure',
      code: 400,
      content: `${NOT_FOUND}error converting Lua nil to function`,
      peer: null,
    });
  });

  it('finds methods through a metatable', () => {
    const { outcome } = attempt(
      customLuaPolicy(`local class = {}
  class.__index = class
  function class:send(message) return 'class ' .. self.name end
  return setmetatable({ name = 'ok' }, class)`),
    );
    expect(end(outcome)).toMatchObject({ type: 'Delivery', content: 'class ok' });
  });

  it('reports an error raised while the method is looked up', () => {
    const { outcome } = attempt(
      customLuaPolicy("return setmetatable({}, { __index = function() error('no index', 0) end })"),
    );
    expect(outcome.record.response.content).toMatch(
      /^KumoMTA internal: error in deliver_message: sender:send method not found: runtime error: no index/,
    );
  });

  it.each(['', 'return nil', "return 'text'", 'return 5', 'return function() end'])(
    'takes %j for a constructor and fails the send',
    (body) => {
      const { outcome } = attempt(customLuaPolicy(body));
      expect(end(outcome)).toMatchObject({
        type: 'TransientFailure',
        code: 400,
        content: 'KumoMTA internal: error in deliver_message: invalid connection object',
        peer: null,
        session_over: false,
      });
    },
  );

  it('fails to connect when the constructor raises', () => {
    const { outcome } = attempt(customLuaPolicy("error('no broker', 0)"));
    expect(end(outcome)).toMatchObject({
      type: 'TransientFailure',
      code: 400,
      peer: null,
      told: 'error',
      session_over: true,
    });
    expect(outcome.record.response.content).toMatch(
      /^KumoMTA internal: failed to connect to any candidate hosts: runtime error: no broker/,
    );
  });

  it('does not bounce for a reject in the constructor', () => {
    const { outcome } = attempt(customLuaPolicy("kumo.reject(550, 'not here')"));
    expect(end(outcome)).toMatchObject({ type: 'TransientFailure', code: 400, session_over: true });
    expect(outcome.record.response.content.startsWith(`${NO_CONNECT}550 not here`)).toBe(true);
  });

  it('cannot connect when nothing is registered under the constructor name', () => {
    const { outcome } = attempt(`
local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.nothing' } } }
end)`);
    expect(end(outcome)).toMatchObject({
      type: 'TransientFailure',
      content: `${NO_CONNECT}error converting Lua nil to function`,
      session_over: true,
    });
  });

  it.each([
    ['an error', "error('boom')"],
    ['a missing result', ''],
    ['a reject with 421', "kumo.reject(421, 'closing')"],
  ])('poisons the session after %s', (_, body) => {
    const { run, session } = send(body);
    const second = run.deliver(session, { message: 2 });
    expect(end(second)).toEqual({
      type: 'TransientFailure',
      code: 400,
      content: `${NO_CONNECT}only one connection attempt per session`,
      peer: null,
      told: 'error',
      session_over: true,
    });
    const constructors = run.entries.filter(
      (entry) => entry.kind === 'call' && entry.event === 'make.amqp',
    );
    expect(constructors).toHaveLength(1);
  });

  it('gives a reject with 421 its own code and peer', () => {
    const { outcome } = send("kumo.reject(421, 'closing')");
    expect(end(outcome)).toEqual({
      type: 'TransientFailure',
      code: 421,
      content: 'closing',
      peer: PEER,
      told: 'reject 421',
      session_over: false,
    });
  });

  it('calls send_batch with a table of messages when the batch size is not 1', () => {
    const policy = `
local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp', batch_size = 10 } },
  }
end)
kumo.on('make.amqp', function()
  return { send_batch = function(self, messages) return #messages .. ' ' .. messages[1]:id() end }
end)`;
    const { outcome } = attempt(policy);
    expect(end(outcome)).toMatchObject({ type: 'Delivery', content: `1 ${outcome.record.id}` });
  });

  it('needs send_batch when the batch size is not 1', () => {
    const { outcome } = attempt(`
local kumo = require 'kumo'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config {
    protocol = { custom_lua = { constructor = 'make.amqp', batch_size = 2 } },
  }
end)
kumo.on('make.amqp', function() return { send = function() return 'ok' end } end)`);
    expect(outcome.record.response.content).toBe(
      'KumoMTA internal: error in deliver_message: sender:send_batch method not found: error converting Lua nil to function',
    );
  });

  it('tells Nack when the script rejected because of the confirm', () => {
    const run = runPolicy(
      engine,
      sendPolicy(`local client = kumo.amqp.build_client 'amqp://localhost'
    local result = client:publish({ routing_key = 'logging', payload = 'x' }):wait()
    if result.status ~= 'Ack' then kumo.reject(500, kumo.serde.json_encode(result)) end
    return '250 ok'`),
    );
    run.host.answers = { confirm: 'Nack' };
    const outcome = run.deliver(run.openSession());
    expect(end(outcome)).toMatchObject({
      type: 'Bounce',
      code: 500,
      content: '{"status":"Nack"}',
      told: 'Nack',
    });
  });

  it('makes a refused connection in the constructor a failed connect', () => {
    const run = runPolicy(
      engine,
      customLuaPolicy("local client = kumo.amqp.build_client 'amqp://localhost' return {}"),
    );
    run.host.answers = { connect: { error: 'IO error: Connection refused (os error 111)' } };
    const outcome = run.deliver(run.openSession());
    expect(outcome.record.response.content).toMatch(
      /^KumoMTA internal: failed to connect to any candidate hosts: IO error: Connection refused \(os error 111\) stack traceback: /,
    );
  });
});
