import { describe, expect, it } from 'vitest';
import { formatAddress, parseEnvelopeAddress } from '../../../lua-runtime/kumo/envelope-address.ts';
import { headerAddressEmail, parseAddressList } from '../../../lua-runtime/kumo/header-address.ts';
import { PolicyMessage } from '../../../lua-runtime/kumo/policy-message.ts';
import { ENGINE_IDS, KumoFixture } from './kumo-fixture.ts';

describe('address lists', () => {
  it('reads mailboxes, names, groups and comments', () => {
    const list = parseAddressList(
      'plain@example.com, "Last, First" <"info@"@Example.com>, A B. C <x@[10.0.0.1]> (note), ' +
        '=?utf-8?q?caf=C3=A9=2C?= <c@example.com>, team: a@x.example, b@y.example;',
    );
    expect(list).toEqual([
      { kind: 'address', address: { name: null, user: 'plain', domain: 'example.com' } },
      { kind: 'address', address: { name: 'Last, First', user: 'info@', domain: 'Example.com' } },
      { kind: 'address', address: { name: 'A B. C', user: 'x', domain: '[10.0.0.1]' } },
      { kind: 'address', address: { name: 'café,', user: 'c', domain: 'example.com' } },
      {
        kind: 'group',
        group: {
          name: 'team',
          addresses: [
            { name: null, user: 'a', domain: 'x.example' },
            { name: null, user: 'b', domain: 'y.example' },
          ],
        },
      },
    ]);
  });

  it('quotes a user again where it must', () => {
    expect(headerAddressEmail({ name: null, user: 'info@', domain: 'e.com' })).toBe(
      '"info@"@e.com',
    );
    expect(headerAddressEmail({ name: null, user: 'a.b', domain: 'e.com' })).toBe('a.b@e.com');
  });

  it.each(['no address', 'a@b c@d', '<a@b', 'x: a@b'])('refuses %j', (text) => {
    expect(() => parseAddressList(text)).toThrow();
  });
});

describe('envelope addresses', () => {
  it.each([
    ['', ''],
    ['<>', ''],
    ['postmaster', 'Postmaster'],
    ['<Postmaster>', 'Postmaster'],
    ['User@Example.COM', 'User@Example.COM'],
    ['<@relay.example,@b.example:u@d.example>', 'u@d.example'],
    ['"a b"@d.example', '"a b"@d.example'],
    ['u@[IPv6:::1]', 'u@[IPv6:::1]'],
  ])('reads %j as %j', (text, printed) => {
    expect(formatAddress(parseEnvelopeAddress(text))).toBe(printed);
  });

  it.each(['user', 'user@', '@domain', 'a b@d', 'a..b@d', 'a@b@c', '<a@b', 'a@-b-.com'])(
    'refuses %j',
    (text) => {
      expect(() => parseEnvelopeAddress(text)).toThrow(text);
    },
  );
});

describe.each(ENGINE_IDS)('address headers on %s', (engine) => {
  const fixture = new KumoFixture(engine);
  const withHeaders = (headers: string): void => {
    const message = new PolicyMessage({
      id: 'x',
      sender: '',
      recipients: [],
      meta: {},
      data: new TextEncoder().encode(`${headers}\r\n\r\n`),
      num_attempts: 0,
      created: 0,
    });
    fixture.kumo.pushMessage(fixture.L, message);
    fixture.vm.setGlobal(fixture.L, 'message');
  };

  it('tell the parts of a single address', () => {
    withHeaders('From: "A B" <u@d.example>');
    expect(
      fixture.results(`
        local from = message:from_header()
        return from.user, from.domain, from.email, from.name, tostring(from.list[1]), message:to_header()`),
    ).toEqual([
      'u',
      'd.example',
      'u@d.example',
      'A B',
      '{"name":"A B","address":"u@d.example"}',
      'nil',
    ]);
  });

  it('complain when there is not exactly one', () => {
    withHeaders('To: a@x.example, b@x.example\r\nCc: g: a@x.example;');
    expect(fixture.errorMessage('return message:to_header().user')).toBe(
      'is not a simple single address',
    );
    expect(fixture.errorMessage("return message:get_address_header('cc').user")).toBe(
      'is not a simple address',
    );
    expect(fixture.results('return #message:to_header().list')).toEqual(['2']);
  });

  it('take due times as kumod does', () => {
    expect(
      fixture.results("return message:set_due('2026-01-02T03:04:05+01:00'), message:set_due(nil)"),
    ).toEqual(['2026-01-02T02:04:05Z', 'nil']);
    expect(fixture.errorMessage("message:set_due('tomorrow')")).toBe(
      'deserialize error: input contains invalid characters',
    );
    expect(fixture.errorMessage("message:set_due('2026-01-02')")).toBe(
      'deserialize error: premature end of input',
    );
  });
});
