import { describe, expect, it } from 'vitest';
import { MAX_DELIVERIES_PER_CONNECTION } from '../../../lua-runtime/kumod/lua-session.ts';
import { entriesOfKind } from '../../../lua-runtime/recording/recording-reader.ts';
import type { PolicyRun } from './policy-run.ts';
import { customLuaPolicy, ENGINES, messageInput, runPolicy, sendPolicy } from './policy-run.ts';

const states = ({ entries }: PolicyRun) =>
  entriesOfKind(entries, 'session').map(({ state }) => state);
const calls = ({ entries }: PolicyRun) => entriesOfKind(entries, 'call').map(({ event }) => event);

const COUNTING =
  customLuaPolicy(`print('constructor', domain, tenant, campaign, _KUMO_CURRENT_EVENT)
  local sender = { sent = 0 }
  function sender:send(message)
    self.sent = self.sent + 1
    if self.sent == FAIL_AT then error('broken') end
    if self.sent == CLOSE_AT then kumo.reject(421, 'closing') end
    return self.sent .. ' ' .. _KUMO_CURRENT_EVENT
  end
  function sender:close()
    print('closed after', self.sent)
    if BAD_CLOSE then error('no close') end
  end
  return sender`);

describe.each(ENGINES)('a session on %s', (engine) => {
  it('runs the constructor on the first delivery and keeps its object', () => {
    const run = runPolicy(engine, COUNTING);
    const session = run.openSession('camp:acme@amqp!relay');
    expect(calls(run)).toEqual(['get_queue_config']);
    const contents = [1, 2, 3].map(
      (message) => run.deliver(session, { message }).record.response.content,
    );
    expect(contents).toEqual(['1 make.amqp', '2 make.amqp', '3 make.amqp']);
    expect(calls(run)).toEqual(['get_queue_config', 'make.amqp', 'send', 'send', 'send']);
    expect(entriesOfKind(run.entries, 'print').map(({ text }) => text)).toEqual([
      'constructor\tamqp\tacme\tcamp\tmake.amqp',
    ]);
    expect(entriesOfKind(run.entries, 'session')).toMatchObject([
      {
        state: 'opened',
        ready_queue: 'unspecified->relay@lua:make.amqp',
        constructor_event: 'make.amqp',
        location: { file: 'init.lua', line: 9 },
        session: 1,
        message: 1,
      },
    ]);
  });

  it('calls close once when the host ends it', () => {
    const run = runPolicy(engine, COUNTING);
    const session = run.openSession();
    run.deliver(session);
    session.close();
    session.close();
    expect(calls(run).filter((event) => event === 'close')).toHaveLength(1);
    expect(states(run)).toEqual(['opened', 'closed']);
  });

  it('does not call close when it never connected', () => {
    const run = runPolicy(engine, COUNTING);
    run.openSession().close();
    expect(states(run)).toEqual([]);
  });

  it('closes the connection after an error and after 421, before the next message', () => {
    for (const policy of [`FAIL_AT = 1\n${COUNTING}`, `CLOSE_AT = 1\n${COUNTING}`]) {
      const run = runPolicy(engine, policy);
      const session = run.openSession();
      run.deliver(session);
      expect(calls(run).slice(-2)).toEqual(['send', 'close']);
      expect(states(run)).toEqual(['opened', 'disconnected']);
      run.deliver(session, { message: 2 });
      expect(states(run)).toEqual(['opened', 'disconnected', 'closed']);
      session.close();
      expect(calls(run).filter((event) => event === 'close')).toHaveLength(1);
    }
  });

  it('logs an error of close and goes on', () => {
    const run = runPolicy(engine, `BAD_CLOSE = true\n${COUNTING}`);
    const session = run.openSession();
    expect(run.deliver(session).record.type).toBe('Delivery');
    session.close();
    const [error] = entriesOfKind(run.entries, 'error');
    expect(error).toMatchObject({ during: 'close', failure: { summary: 'no close' } });
    expect(error?.failure.text).toMatch(
      /^Error while closing connection for unspecified->amqp@lua:make\.amqp: runtime error: init\.lua:\d+: no close\n/,
    );
  });

  it('does without a close method', () => {
    const run = runPolicy(engine, sendPolicy("return 'ok'"));
    const session = run.openSession();
    run.deliver(session);
    session.close();
    expect(entriesOfKind(run.entries, 'error')).toHaveLength(0);
    expect(states(run)).toEqual(['opened', 'closed']);
  });

  it('ends after as many deliveries as kumod sends over one connection', () => {
    const run = runPolicy(engine, COUNTING);
    const session = run.openSession();
    const over: boolean[] = [];
    for (let message = 1; message <= MAX_DELIVERIES_PER_CONNECTION; message++) {
      over.push(run.deliver(session, { message }).session_over);
    }
    expect(over.indexOf(true)).toBe(1023);
    expect(states(run)).toEqual(['opened', 'closed']);
    expect(entriesOfKind(run.entries, 'print').at(-1)?.text).toBe('closed after\t1024');
  });

  it('tells when the next attempt is due', () => {
    const run = runPolicy(
      engine,
      sendPolicy("kumo.reject(451, 'later')", "retry_interval = '10m',"),
    );
    const session = run.openSession();
    const first = run.deliver(session);
    expect(first.record.num_attempts).toBe(0);
    expect(first.next_attempt?.attempt).toBe(2);
    const delay = first.next_attempt?.delay_seconds ?? 0;
    expect(Math.abs(delay - 600)).toBeLessThanOrEqual(15);
    const due = Date.parse(first.next_attempt?.due ?? '') - Date.parse(first.record.event_time);
    expect(due / 1000).toBeCloseTo(delay, 2);
    const fourth = run.deliver(session, { message: 2, num_attempts: 3 });
    expect(fourth.record.num_attempts).toBe(3);
    expect(Math.abs((fourth.next_attempt?.delay_seconds ?? 0) - 4800)).toBeLessThanOrEqual(15);
    expect(fourth.next_attempt).not.toHaveProperty('expires');
  });

  it('tells when there is no next attempt because the message expires', () => {
    const run = runPolicy(engine, sendPolicy("error('x')", "max_age = '10m',"));
    expect(run.deliver(run.openSession()).next_attempt).toMatchObject({
      attempt: 2,
      expires: true,
    });
  });

  it('repeats its jitter', () => {
    const delay = () => {
      const run = runPolicy(engine, sendPolicy("error('x')"));
      return run.deliver(run.openSession()).next_attempt?.delay_seconds;
    };
    expect(delay()).toBe(delay());
  });

  it('logs the queue that the metadata names when it ends', () => {
    const run = runPolicy(
      engine,
      sendPolicy(`local before = message:queue_name()
    message:set_meta('tenant', 5)
    if before == 'acme@amqp' then message:set_meta('queue', nil) end
    return before`),
    );
    const { record } = run.deliver(run.openSession('acme@amqp'), { queue: 'acme@amqp' });
    expect(record.response.content).toBe('acme@amqp');
    expect(record.queue).toBe("expected 'tenant' to be a string value, got Ok(Number(5))");
  });

  it('leaves metadata alone that names the queue by itself', () => {
    const run = runPolicy(engine, sendPolicy("return tostring(message:get_meta 'queue')"));
    const input = { queue: 'c:t@example.com', meta: { tenant: 't', campaign: 'c' } };
    const { record } = run.deliver(run.openSession('c:t@example.com'), input);
    expect(record).toMatchObject({ queue: 'c:t@example.com', response: { content: 'nil' } });
  });

  it('logs the message as the script left it', () => {
    const run = runPolicy(
      engine,
      sendPolicy("message:set_data('four') message:set_sender('new@example.net') return 'ok'"),
    );
    const { record } = run.deliver(run.openSession(), { meta: { reception_protocol: 'HTTP' } });
    expect(record).toMatchObject({
      size: 4,
      sender: 'new@example.net',
      recipient: 'user@example.com',
      reception_protocol: 'HTTP',
      delivery_protocol: 'Lua',
      site: 'unspecified->amqp@lua:make.amqp',
    });
  });

  it('opens for custom_lua queues only', () => {
    const { runtime } = runPolicy(engine, "local kumo = require 'kumo'");
    const resolution = runtime.resolveQueue('example.com');
    expect(() =>
      runtime.openSession({ session: 1, session_id: '', nodeid: '', resolution }),
    ).toThrow(/goes out by SMTP/);
  });

  it('refuses an address that is none', () => {
    const run = runPolicy(engine, sendPolicy("return 'ok'"));
    const session = run.openSession();
    expect(() => session.deliver(messageInput({ sender: 'no address' }))).toThrow(/no address/);
  });

  it.each([
    'return "ok"',
    'return 1, 2, 3',
    'return nil',
    '',
    "error('x')",
    "kumo.reject(450, 'x')",
    "kumo.reject(421, 'x')",
  ])('leaves nothing on the stack after %s', (body) => {
    const run = runPolicy(engine, sendPolicy(body));
    const before = run.vm.getTop(run.vm.main);
    const session = run.openSession();
    run.deliver(session);
    run.deliver(session, { message: 2 });
    session.close();
    run.runtime.resolveQueue('null');
    expect(run.vm.getTop(run.vm.main)).toBe(before);
  });

  it.each(['', 'return nil', "error('x')", 'return kumo.make_queue_config {}, 2'])(
    'leaves nothing on the stack after a resolution by %j',
    (body) => {
      const run = runPolicy(
        engine,
        `local kumo = require 'kumo' kumo.on('get_queue_config', function() ${body} end)`,
      );
      const before = run.vm.getTop(run.vm.main);
      run.runtime.resolveQueue('d');
      expect(run.vm.getTop(run.vm.main)).toBe(before);
    },
  );

  it.each([
    '',
    'return nil',
    "error('x')",
    'return 1, 2',
    'return setmetatable({}, { __index = error })',
  ])('leaves nothing on the stack after a constructor with %j', (body) => {
    const run = runPolicy(engine, customLuaPolicy(body));
    const before = run.vm.getTop(run.vm.main);
    run.deliver(run.openSession());
    expect(run.vm.getTop(run.vm.main)).toBe(before);
  });
});
