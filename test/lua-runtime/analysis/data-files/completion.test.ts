import { describe, expect, it } from 'vitest';
import { chosen, proposed } from './at-cursor.ts';

const labels = (...given: Parameters<typeof proposed>): string[] =>
  proposed(...given).map(({ label }) => label);

describe('completion of headers', () => {
  it('offers the tables of the file behind the bracket, also while it is open', () => {
    for (const text of ['[|', '[|]', '[|\n[tenant.x]\nmax_age = "1h"\n']) {
      const found = labels('queues.toml', text);
      expect(found).toEqual(expect.arrayContaining(['tenant', 'queue']));
      expect(found).not.toContain('tenant_header');
    }
  });

  it('offers names that other files define', () => {
    const others = {
      'init.lua': "require('policy-extras.sources'):setup { '/etc/ips.toml' }",
      'ips.toml': '[source."ip-1"]\n[pool.shared."ip-1"]\n',
    };
    expect(labels('queues.toml', '[tenant.free]\n[queue."gmail.com".|]')).toEqual(
      expect.arrayContaining(['free', 'protocol']),
    );
    expect(labels('queues.toml', '[queue.default]\negress_pool = "|"', others)).toEqual(['shared']);
    expect(chosen('ip-1', 'sources.toml', '[source.ip-1]\n[pool.p.|]')).toBe(
      '[source.ip-1]\n[pool.p.ip-1]',
    );
  });

  it('puts names with dots into quotes', () => {
    const others = { 'more.toml': '' };
    expect(chosen('a.b', 'sources.toml', '[source."a.b"]\n[pool.p.|]', others)).toBe(
      '[source."a.b"]\n[pool.p."a.b"]',
    );
  });
});

describe('completion of fields', () => {
  it('offers those of the table around, without those that are there', () => {
    const found = labels('queues.toml', '[queue.default]\nmax_age = "1h"\nma|\n[tenant.x]\n');
    expect(found).toEqual(expect.arrayContaining(['max_retry_interval', 'egress_pool']));
    expect(found).not.toContain('max_age');
    expect(found).not.toContain('require_authz');
    expect(labels('queues.toml', '[tenant.x]\n|')).toContain('require_authz');
  });

  it('writes the sign behind the name, where there is none yet', () => {
    const text = '["gmail.com"]\nmx_|';
    expect(chosen('mx_rollup', 'shaping.toml', text)).toBe('["gmail.com"]\nmx_rollup = ');
    expect(chosen('mx_rollup', 'shaping.toml', '["gmail.com"]\nmx_| = true')).toBe(
      '["gmail.com"]\nmx_rollup = true',
    );
    expect(chosen('max_age', 'queues.json', '{"queue": {"default": {|}}}')).toBe(
      '{"queue": {"default": {"max_age": }}}',
    );
    expect(chosen('max_age', 'queues.json', '{"queue": {"default": {"ma|": "1h"}}}')).toBe(
      '{"queue": {"default": {"max_age": "1h"}}}',
    );
  });

  it('knows inline tables, arrays of tables and dotted keys', () => {
    expect(labels('shaping.toml', '[["gmail.com".automation]]\n|')).toEqual(
      expect.arrayContaining(['regex', 'action', 'duration', 'trigger']),
    );
    const inline = '["gmail.com"]\nautomation = [{regex="x", action={SetConfig={|}}}]';
    expect(labels('shaping.toml', inline)).toEqual(['name', 'value']);
    expect(labels('queues.toml', '[queue.x]\nprotocol.|')).toEqual(
      expect.arrayContaining(['smtp', 'custom_lua', 'maildir_path']),
    );
  });

  it('says what a field is and when it came', () => {
    const field = proposed('queues.toml', '[queue.default]\n|').find(
      ({ label }) => label === 'max_message_rate',
    );
    expect(field?.detail).toContain('throttle');
    expect(field?.documentation?.value).toContain('Since KumoMTA 2024.06.10.');
  });
});

describe('completion of values', () => {
  it('offers what the field takes, with quotes where there are none', () => {
    const text = '["gmail.com"]\nenable_tls = |';
    expect(chosen('Required', 'shaping.toml', text)).toBe('["gmail.com"]\nenable_tls = "Required"');
    expect(chosen('Required', 'shaping.toml', '["gmail.com"]\nenable_tls = "O|p"')).toBe(
      '["gmail.com"]\nenable_tls = "Required"',
    );
    expect(chosen('true', 'shaping.toml', '["gmail.com"]\nmx_rollup = |\n')).toBe(
      '["gmail.com"]\nmx_rollup = true\n',
    );
  });

  it('offers durations and throttles as examples, the default first', () => {
    expect(labels('queues.toml', '[queue.default]\nretry_interval = "|"')[0]).toBe('20m');
    expect(labels('queues.toml', '[tenant.x]\noverall_max_message_rate = |')).toContain('10/s');
  });

  it('offers the fields that automation can set', () => {
    const text = '[["a.com".automation]]\naction = {SetConfig={name="|"}}';
    expect(labels('shaping.toml', text)).toContain('max_connection_rate');
  });

  it('offers entries of lists', () => {
    const text = '[["a.com".automation]]\naction = ["Suspend", |]';
    expect(labels('shaping.toml', text)).toContain('BounceTenant');
  });
});

describe('where nothing is known', () => {
  it('offers nothing', () => {
    expect(labels('other.toml', 'x = |')).toEqual([]);
    expect(labels('queues.toml', '[queue.default]\n# a comment |')).toEqual([]);
    expect(labels('queues.toml', '[queue.default]\nmax_age = "1h" |')).toEqual([]);
  });
});
