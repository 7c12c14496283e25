import { beforeEach, describe, expect, it } from 'vitest';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

const MISSPELT = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  return kumo.make_queue_config { retry_intervall = '5m' }
end)
`;

let service: LanguageService;
beforeEach(() => {
  service = new LanguageService();
});

function found(): string[] {
  return service
    .findings()
    .map(({ file, code, range }) => `${file}:${range.start.line + 1}: ${code}`);
}

describe('findings while somebody types', () => {
  it('follow the text', () => {
    service.setText('init.lua', MISSPELT);
    expect(found()).toEqual(['init.lua:3: unknown-field']);
    service.setText('init.lua', MISSPELT.replace('intervall', 'interval'));
    expect(found()).toEqual([]);
  });

  it('stay on their text while something else of the file is unfinished', () => {
    service.setText('init.lua', MISSPELT);
    service.setText('init.lua', MISSPELT.replace('\n', '\nlocal x =\n\n'));
    expect(found()).toEqual(['init.lua:5: unknown-field']);
  });

  it('go away with the text that they were about', () => {
    service.setText('init.lua', MISSPELT);
    service.setText('init.lua', MISSPELT.replace("retry_intervall = '5m' }", 'retry_inter'));
    expect(found()).toEqual([]);
  });

  it('are none in a file that could never be read', () => {
    service.setText('init.lua', `${MISSPELT}end end`);
    expect(found()).toEqual([]);
  });

  it('see a module as it was before it was broken', () => {
    service.setText(
      'init.lua',
      `local kumo = require 'kumo'
require 'handlers'
kumo.on('get_queue_config', function()
  return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.x' } } }
end)
`,
    );
    const handlers = `local kumo = require 'kumo'
kumo.on('make.x', function()
  local connection = {}
  function connection:send(message) return '250 ok' end
  return connection
end)
`;
    service.setText('handlers.lua', handlers);
    expect(found()).toEqual([]);
    service.setText('handlers.lua', handlers.replace("kumo.on('make.x',", "kumo.on('make.x"));
    expect(found()).toEqual([]);
  });

  it('are told only for the files that are asked for', () => {
    service.setText('init.lua', MISSPELT);
    service.setText('other.lua', MISSPELT);
    expect(service.findings(new Set(['other.lua'])).map(({ file }) => file)).toEqual(['other.lua']);
  });

  it('are not told when the workspace has silenced them', () => {
    service.setText('init.lua', MISSPELT);
    service.setOptions({ silenced: { 'unknown-field': 'a field of our own build' } });
    expect(found()).toEqual([]);
  });

  it('go with their file', () => {
    service.setText('init.lua', MISSPELT);
    service.remove('init.lua');
    expect(found()).toEqual([]);
  });
});
