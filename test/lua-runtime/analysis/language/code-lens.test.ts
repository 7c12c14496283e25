import { describe, expect, it } from 'vitest';
import type { LastRun } from '../../../../lua-runtime/analysis/last-run.ts';
import type { CodeLens } from '../../../../lua-runtime/analysis/lsp-types.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

const POLICY = `local kumo = require 'kumo'
require 'queues'
kumo.on('make.x', function() return {} end)
kumo.on('smtp_server_ehlo', function() end)
`;
const QUEUES = `local kumo = require 'kumo'
kumo.on('get_queue_config', function(domain)
  -- The first statement is below.
  if domain == 'x' then
    return kumo.make_queue_config { protocol = { custom_lua = { constructor = 'make.x' } } }
  end
end)
kumo.on('get_queue_config', function() end)
`;

function lenses(
  path: string,
  options: { readonly lastRun?: LastRun; readonly queues?: string } = {},
): string[] {
  const service = new LanguageService();
  service.setText('init.lua', POLICY);
  service.setText('queues.lua', options.queues ?? QUEUES);
  service.setLastRun(options.lastRun);
  const found = service.answer({ method: 'codeLens', path }) as readonly CodeLens[];
  return found.map(({ range, command }) => `${range.start.line + 1} ${command.title}`);
}

function runOf(...calls: readonly (readonly [string, number, number, number])[]): LastRun {
  return {
    texts: { 'init.lua': POLICY, 'queues.lua': QUEUES },
    handlers: calls.map(([place, line, count, failed]) => {
      const [file = '', event = ''] = place.split(' ');
      return { file, event, line, calls: count, failed };
    }),
  };
}

describe('code lenses', () => {
  it('offer to simulate and debug where queues are configured', () => {
    expect(lenses('queues.lua')).toEqual(['2 Simulate', '2 Debug', '8 Simulate']);
  });

  it('debug stops at the first statement, not at a comment', () => {
    const service = new LanguageService();
    service.setText('init.lua', QUEUES);
    const found = service.answer({ method: 'codeLens', path: 'init.lua' }) as readonly CodeLens[];
    expect(
      found.find(({ command }) => command.command === 'kumo.debug')?.command.arguments,
    ).toEqual(['init.lua', { line: 3, character: 2 }]);
  });

  it('tell where a constructor is named, in other files too', () => {
    const service = new LanguageService();
    service.setText('init.lua', POLICY);
    service.setText('queues.lua', QUEUES);
    const [lens] = service.answer({ method: 'codeLens', path: 'init.lua' }) as readonly CodeLens[];
    expect(lens?.command).toMatchObject({
      title: 'used by 1',
      command: 'kumo.showReferences',
      arguments: [
        'init.lua',
        { line: 2, character: 9 },
        [{ file: 'queues.lua', range: { start: { line: 4 } } }],
      ],
    });
  });

  it('tell how often the last run called each of several handlers', () => {
    const lastRun = runOf(
      ['queues.lua get_queue_config', 2, 12, 0],
      ['queues.lua get_queue_config', 8, 0, 0],
      ['init.lua make.x', 3, 3, 1],
      ['init.lua smtp_server_ehlo', 4, 0, 0],
    );
    expect(lenses('queues.lua', { lastRun })).toContain('2 called 12 times in the last run');
    expect(lenses('queues.lua', { lastRun })).toContain('8 not called in the last run');
    expect(lenses('init.lua', { lastRun })).toEqual([
      '3 used by 1',
      '3 called 3 times in the last run, 1 of them failed',
    ]);
  });

  it('know a handler again whose line is another one, and say that the text is', () => {
    const lastRun = runOf(
      ['queues.lua get_queue_config', 2, 1, 1],
      ['queues.lua get_queue_config', 8, 0, 0],
    );
    expect(lenses('queues.lua', { lastRun, queues: `-- New.\n${QUEUES}` })).toContain(
      '3 called once in the last run, always failed, before the last change',
    );
  });

  it('say nothing of a run that had other handlers', () => {
    const lastRun = runOf(['queues.lua get_queue_config', 2, 12, 0]);
    expect(lenses('queues.lua', { lastRun }).join()).not.toContain('last run');
  });
});
