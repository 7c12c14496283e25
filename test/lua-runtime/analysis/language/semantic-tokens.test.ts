import { expect, it } from 'vitest';
import {
  SEMANTIC_TOKEN_MODIFIERS,
  SEMANTIC_TOKEN_TYPES,
  type SemanticTokens,
} from '../../../../lua-runtime/analysis/lsp-types.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

/** Each token as `text type modifiers`. */
function tokens(text: string): string[] {
  const service = new LanguageService();
  service.setText('init.lua', text);
  const { data } = service.answer({
    method: 'semanticTokens',
    path: 'init.lua',
  }) as SemanticTokens;
  const lines = text.split('\n');
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5);
    line += down;
    character = down === 0 ? character + right : right;
    const modifiers = SEMANTIC_TOKEN_MODIFIERS.filter((_, bit) => (bits >> bit) % 2 === 1);
    const name = lines[line]?.slice(character, character + length) ?? '';
    found.push([name, SEMANTIC_TOKEN_TYPES[type], ...modifiers].join(' '));
  }
  return found;
}

it('tells parameters, functions of KumoMTA, methods and events apart', () => {
  expect(
    tokens(`local kumo = require 'kumo'
local function route(domain)
  return domain:lower()
end
kumo.on('get_queue_config', function(domain, tenant)
  return kumo.make_queue_config {}, route(domain)
end)
kumo.on('make.x', function() kumo.json_encode {} end)`),
  ).toEqual([
    'require function defaultLibrary',
    'route function declaration',
    'domain parameter declaration',
    'domain parameter',
    'lower method',
    'kumo namespace defaultLibrary',
    'on function defaultLibrary',
    'get_queue_config event defaultLibrary',
    'domain parameter declaration',
    'tenant parameter declaration',
    'kumo namespace defaultLibrary',
    'make_queue_config function defaultLibrary',
    'route function',
    'domain parameter',
    'kumo namespace defaultLibrary',
    'on function defaultLibrary',
    'make.x event',
    'kumo namespace defaultLibrary',
    'json_encode function deprecated defaultLibrary',
  ]);
});

it('says nothing of a name that may be one thing or another', () => {
  expect(tokens('local a = f() or 1\nprint(a)')).toEqual(['print function defaultLibrary']);
});
