import { expect, it } from 'vitest';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

const POLICY = "require('policy-extras.queue'):setup { '/opt/kumomta/etc/routing.toml' }";

function serviceWith(files: Readonly<Record<string, string>>): LanguageService {
  const service = new LanguageService();
  for (const [path, text] of Object.entries(files)) service.setText(path, text);
  return service;
}
const codes = (service: LanguageService, only?: string): string[] =>
  service
    .findings(only === undefined ? undefined : new Set([only]))
    .map(({ file, range, code }) => `${file}:${range.start.line} ${code}`);

it('keeps what is beside a line that is being written, and says why the file is not read', () => {
  const text = '[queue.default]\nmax_agee = "1h"\nretry_interval = "5m"\n';
  const service = serviceWith({ 'queues.toml': text });
  expect(codes(service)).toEqual(['queues.toml:1 unknown-field']);
  service.setText('queues.toml', text.replace('"5m"', ''));
  expect(codes(service)).toEqual(['queues.toml:2 syntax', 'queues.toml:1 unknown-field']);
  service.setText('queues.toml', `# first\n${text}`);
  expect(codes(service, 'queues.toml')).toEqual(['queues.toml:2 unknown-field']);
});

it('follows what the policy hands to a helper while the policy changes', () => {
  const service = serviceWith({ 'routing.toml': '[queue.default]\nmax_agee = "1h"\n' });
  expect(codes(service)).toEqual([]);
  service.setText('init.lua', POLICY);
  expect(codes(service)).toEqual(['routing.toml:1 unknown-field']);
  service.setText('init.lua', '');
  expect(codes(service)).toEqual([]);
  service.setText('init.lua', POLICY);
  service.remove('routing.toml');
  expect(codes(service)).toEqual([]);
});

it('silences by the workspace, and tells what a release lacks', () => {
  const service = serviceWith({
    'queues.toml': '[queue.default]\nmax_message_rate = "1/s"\nx = 1\n',
  });
  service.setOptions({ kumomta: '2024.01.01', silenced: { 'unknown-field': 'later' } });
  expect(codes(service)).toEqual(['queues.toml:1 newer-than-kumomta']);
});

it('offers the edit that mends', () => {
  const service = serviceWith({ 'queues.toml': '[tenant.t]\nrequire_authz = "daniel"\n' });
  const [finding] = service.findings();
  expect(finding?.fixes?.[0]?.edits.map(({ newText }) => newText)).toEqual(['[', ']']);
});

it('lists the tables of a file as its outline, and says nothing where a method knows Lua only', () => {
  const service = serviceWith({
    'queues.toml': 'default_tenant = "t"\n[tenant.t]\nmax_age = "1h"\n\n[queue."a.b".t]\n',
    'queues.json': '{"queue": {}, "tenant": {}}',
  });
  const outline = (path: string): string[] => {
    const symbols = service.answer({ method: 'documentSymbol', path });
    return Array.isArray(symbols) ? symbols.map(({ name }: { name: string }) => name) : [];
  };
  expect(outline('queues.toml')).toEqual(['tenant › t', 'queue › a.b › t']);
  expect(outline('queues.json')).toEqual(['queue', 'tenant']);
  expect(service.answer({ method: 'semanticTokens', path: 'queues.toml' })).toEqual({ data: [] });
});
