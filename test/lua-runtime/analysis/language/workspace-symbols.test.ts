import { expect, it } from 'vitest';
import type { WorkspaceSymbol } from '../../../../lua-runtime/analysis/lsp-types.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

function symbols(query: string): string[] {
  const service = new LanguageService();
  service.setText(
    'init.lua',
    "local kumo = require 'kumo'\nkumo.on('get_queue_config', function() local function pick() end end)",
  );
  service.setText('lib/routes.lua', 'local M = {}\nfunction M.tenant_of() end\nreturn M');
  const found = service.answer({ method: 'workspaceSymbol', query }) as readonly WorkspaceSymbol[];
  return found.map(({ name, location, containerName }) =>
    `${name} ${location.file}:${location.range.start.line + 1} ${containerName ?? ''}`.trim(),
  );
}

it('finds names by some of their letters, in all files', () => {
  expect(symbols('tenof')).toEqual(['M.tenant_of lib/routes.lua:2']);
  expect(symbols('Queue')).toEqual(['get_queue_config init.lua:2']);
  expect(symbols('pick')).toEqual(['pick init.lua:2 get_queue_config']);
  expect(symbols('zzz')).toEqual([]);
});

it('lists everything without a question, and the closest first with one', () => {
  expect(symbols('')).toHaveLength(3);
  expect(symbols('e').at(0)).toBe('get_queue_config init.lua:2');
});
