import { expect, it } from 'vitest';
import { ask } from '../language/at-cursor.ts';
import { inDataFile } from './at-cursor.ts';

const hover = (...given: Parameters<typeof inDataFile>): string | undefined =>
  ask('hover', inDataFile(...given))?.contents.value;

it('tells what a field is', () => {
  expect(hover('queues.toml', '[queue."gmail.com"]\nmax_|age = "1h"')).toMatch(
    /max_age: duration[^]*How old a message gets[^]*7days/,
  );
  expect(hover('shaping.json', '{"gmail.com": {"mx_|rollup": true}}')).toContain('same hosts');
});

it('tells what a name names', () => {
  expect(hover('queues.toml', '[queue."gma|il.com"]')).toContain('A domain');
  expect(hover('queues.toml', '[queue."gmail.com".fr|ee]')).toContain('A tenant of a domain');
  expect(hover('shaping.toml', '["gma|il.com"]')).toContain('A domain of a shaping file');
});

it('tells what a listed value belongs to', () => {
  const text = '["gmail.com"]\nenable_tls = "Requ|ired"';
  expect(hover('shaping.toml', text)).toContain('enable_tls');
});

it('knows the file by what the policy does with it', () => {
  const policy = "require('policy-extras.queue'):setup { '/etc/routing.toml' }";
  const text = '[tenant.x]\nrequire_|authz = []';
  expect(hover('routing.toml', text, { 'init.lua': policy })).toContain('Who may send');
  expect(hover('routing.toml', text)).toBeUndefined();
});
