import { describe, expect, it } from 'vitest';
import { PolicyMessage } from '../../../lua-runtime/kumo/policy-message.ts';
import { ENGINE_IDS, KumoFixture } from './kumo-fixture.ts';

const DATA =
  'From: a@example.com\r\nX-Tag: one\r\nSubject: folded\r\n line =?utf-8?q?caf=C3=A9?=\r\n' +
  'X-Tag: two\r\nX-My-Header: v\r\n\r\nbody\r\n';

function setUp(engine: (typeof ENGINE_IDS)[number], recipients = ['user@Example.COM']) {
  const fixture = new KumoFixture(engine);
  const message = new PolicyMessage({
    id: 'd7ef132b5d7711eea8c8000c29c33806',
    sender: '"a b"@sender.example',
    recipients,
    meta: { tenant: 'mine', count: 5 },
    data: new TextEncoder().encode(DATA),
    num_attempts: 2,
    created: 0,
  });
  fixture.kumo.pushMessage(fixture.L, message);
  fixture.vm.setGlobal(fixture.L, 'message');
  return { fixture, message };
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe.each(ENGINE_IDS)('message object on %s', (engine) => {
  it('tells id, attempts and addresses', () => {
    const { fixture, message } = setUp(engine);
    expect(
      fixture.results(`
        local s, r = message:sender(), message:recipient()
        return message:id(), message:num_attempts(), s.user, s.domain, s.email, tostring(r), r.domain`),
    ).toEqual([
      'd7ef132b5d7711eea8c8000c29c33806',
      '2',
      'a b',
      'sender.example',
      '"a b"@sender.example',
      'user@Example.COM',
      'Example.COM',
    ]);
    fixture.results('message:increment_num_attempts()');
    expect(message.numAttempts).toBe(3);
  });

  it('gives one recipient, none or an array', () => {
    expect(setUp(engine, []).fixture.results('return message:recipient()')).toEqual(['nil']);
    const { fixture } = setUp(engine, ['a@x.example', 'b@x.example']);
    expect(
      fixture.results(
        'return type(message:recipient()), #message:recipient_list(), message:recipient()[2].user',
      ),
    ).toEqual(['table', '2', 'b']);
  });

  it('takes addresses as text and as objects', () => {
    const { fixture, message } = setUp(engine);
    fixture.results(
      "message:set_sender('') message:set_recipient{message:recipient(), 'new@x.example'}",
    );
    expect(message.sender).toEqual({ kind: 'null' });
    expect(message.recipients).toHaveLength(2);
    fixture.results("message:set_recipient('<Postmaster>')");
    expect(fixture.results('return message:recipient().user')).toEqual(['postmaster']);
    expect(fixture.errorMessage("message:set_sender('nonsense')")).toContain('nonsense');
  });

  it('computes its queue name', () => {
    const { fixture } = setUp(engine);
    expect(fixture.results('return message:queue_name()')).toEqual(['mine@example.com']);
    fixture.results("message:set_meta('campaign', 'c') message:set_meta('routing_domain', 'r')");
    expect(fixture.results('return message:queue_name()')).toEqual(['c:mine@example.com!r']);
    fixture.results("message:set_meta('queue', 'As Is')");
    expect(fixture.results('return message:queue_name()')).toEqual(['As Is']);
    fixture.results("message:set_meta('queue', nil) message:set_meta('tenant', 5)");
    expect(fixture.errorMessage('message:queue_name()')).toBe(
      "expected 'tenant' to be a string value, got Ok(Number(5))",
    );
  });

  it('stores any JSON as metadata, by value', () => {
    const { fixture, message } = setUp(engine);
    expect(
      fixture.results(`
        local t = { list = {1, 2.5, 'x'}, empty = {}, yes = true }
        message:set_meta('t', t)
        t.yes = false
        local back = message:get_meta 't'
        return back.yes, back.list[2], #back.list, message:get_meta 'absent', message:get_meta 'count'`),
    ).toEqual(['true', '2.5', '3', 'nil', '5']);
    expect(message.meta.get('t')).toEqual({ empty: {}, list: [1, 2.5, 'x'], yes: true });
    fixture.results("message:set_meta('t', nil)");
    expect(message.meta.has('t')).toBe(false);
  });

  it('keeps floats apart from integers in metadata', () => {
    const { fixture, message } = setUp(engine);
    expect(
      fixture.results(
        "message:set_meta('f', 1.5) message:set_meta('f', 2.0) return math.type(message:get_meta 'f')",
      ),
    ).toEqual(['float']);
    message.meta.set('f', 3);
    expect(fixture.results("return math.type(message:get_meta 'f')")).toEqual(['integer']);
  });

  it.each([
    ["message:set_meta('x', print)", 'cannot serialize <function>'],
    ["message:set_meta('x', message)", 'cannot serialize <userdata>'],
    ["message:set_meta('x', {[{}]=5})", 'key must be a string'],
    ["local t = {} t.x = t message:set_meta('x', t)", 'recursive table detected'],
    [
      'message:set_meta(nil, 1)',
      'bad argument #2 to `Message.set_meta`: error converting Lua nil to String (expected string or number)',
    ],
    [
      'message:get_meta()',
      'bad argument #2 to `Message.get_meta`: error converting Lua nil to String (expected string or number)',
    ],
    [
      'message.get_data()',
      'bad argument `self` to `Message.get_data`: error converting Lua missing argument to userdata',
    ],
    [
      'message.get_data(nil)',
      'bad argument `self` to `Message.get_data`: error converting Lua nil to userdata',
    ],
    [
      'message.id({})',
      "bad argument `self` to `Message.id`: error converting Lua table to userdata (expected userdata of type 'Message')",
    ],
    [
      'message.get_data(kumo.make_queue_config{})',
      'bad argument `self` to `Message.get_data`: userdata is not expected type',
    ],
    [
      "message:import_x_headers('x')",
      'bad argument #2 to `Message.import_x_headers`: error converting Lua string to Vec<String> (expected table)',
    ],
  ])('%s', (source, message) => {
    expect(setUp(engine).fixture.errorMessage(source)).toBe(message);
  });

  it('has no method that kumod has not', () => {
    const { fixture } = setUp(engine);
    expect(fixture.errorMessage('message:reject()')).toContain(
      "attempt to call a nil value (method 'reject')",
    );
    expect(fixture.results('return message.nope, getmetatable(message)')).toEqual(['nil', 'false']);
  });

  it('carries all 256 bytes', () => {
    const { fixture, message } = setUp(engine);
    fixture.results(`
      local bytes = {}
      for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
      message:set_data(table.concat(bytes))`);
    expect([...message.data]).toEqual(Array.from({ length: 256 }, (_, i) => i));
    expect(fixture.results('return #message:get_data(), message:get_data():byte(129)')).toEqual([
      '256',
      '128',
    ]);
  });

  it('reads headers', () => {
    const { fixture } = setUp(engine);
    expect(
      fixture.results(`
        local all = message:get_all_headers()
        return message:get_first_named_header_value 'subject', message:get_first_named_header_value 'no',
          table.concat(message:get_all_named_header_values 'x-TAG', ','), #all, all[2][1], all[2][2]`),
    ).toEqual(['folded line café', 'nil', 'one,two', '5', 'X-Tag', 'one']);
  });

  it('adds and removes headers without touching the rest', () => {
    const { fixture, message } = setUp(engine);
    fixture.results("message:prepend_header('A', '1') message:append_header('Z', '2')");
    expect(text(message.data)).toBe(`A: 1\r\n${DATA.replace('\r\n\r\n', '\r\nZ: 2\r\n\r\n')}`);
    fixture.results("message:remove_all_named_headers 'x-tag'");
    expect(text(message.data)).not.toContain('X-Tag');
    fixture.results('message:remove_x_headers()');
    expect(text(message.data)).not.toContain('X-My-Header');
    expect(text(message.data)).toMatch(/^A: 1\r\nFrom: [^]*\r\nZ: 2\r\n\r\nbody\r\n$/);
    fixture.results("message:prepend_header('E', 'é', true)");
    expect(text(message.data)).toMatch(/^E: =\?UTF-8\?q\?=C3=A9\?=\r\n/);
  });

  it('cannot append where there is no end of the headers', () => {
    const { fixture } = setUp(engine);
    expect(fixture.errorMessage("message:set_data('x') message:append_header('A', '1')")).toBe(
      'append_header could not find the end of the header block',
    );
  });

  it('imports X headers as metadata, the last one winning', () => {
    const { fixture, message } = setUp(engine);
    fixture.results('message:import_x_headers()');
    expect(message.meta.get('x_tag')).toBe('two');
    expect(message.meta.get('x_my_header')).toBe('v');
    fixture.results("message:import_x_headers{'Subject'}");
    expect(message.meta.get('subject')).toBe('folded line café');
  });

  it('is recorded by what identifies it', () => {
    const { fixture, message } = setUp(engine);
    fixture.vm.setTop(fixture.L, 0);
    fixture.kumo.pushMessage(fixture.L, message);
    expect(fixture.kumo.recordValue(fixture.L, 1)).toEqual({
      userdata: 'Message',
      fields: { id: message.id, size: DATA.length },
    });
  });
});
