import { describe, expect, it } from 'vitest';
import { LineMap } from '../../../../lua-runtime/analysis/line-map.ts';
import type { InlayHint } from '../../../../lua-runtime/analysis/lsp-types.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

const KUMO = "local kumo = require 'kumo'\n";

/** The text with the hints in it. */
function hinted(line: string): string {
  const service = new LanguageService();
  const text = KUMO + line;
  service.setText('init.lua', text);
  const lines = new LineMap(text);
  const hints = service.answer({
    method: 'inlayHint',
    path: 'init.lua',
    range: lines.range({ start: 0, end: text.length }),
  }) as readonly InlayHint[];
  return [...hints]
    .sort((a, b) => lines.offset(b.position) - lines.offset(a.position))
    .reduce((result, { position, label }) => {
      const at = lines.offset(position);
      return `${result.slice(0, at)}«${label}»${result.slice(at)}`;
    }, text)
    .slice(KUMO.length);
}

describe('hints', () => {
  it('give bare numbers that are spans of time their unit, and say long ones in larger units', () => {
    expect(hinted('kumo.make_queue_config { max_age = 5400, retry_interval = 60 }')).toBe(
      'kumo.make_queue_config { max_age = 5400« s (1h 30m)», retry_interval = 60« s» }',
    );
    expect(hinted("kumo.make_queue_config { max_age = '1 day' }")).not.toContain('«');
  });

  it('name the parameter of a number or boolean among several arguments', () => {
    expect(hinted("kumo.reject(500, 'no')")).toBe("kumo.reject(«code:»500, 'no')");
    expect(hinted('local function route(domain, strict) end\nroute(d, true)')).toContain(
      'route(d, «strict:»true)',
    );
  });

  it('say nothing where the text does', () => {
    expect(hinted("print('a', 1)\nlocal function f(a, b) end\nf(1, 2)\ng(1, 2)")).not.toContain(
      '«',
    );
    expect(hinted('local function one(count) end\none(5)')).not.toContain('«');
  });

  it('are those of the part that is asked about', () => {
    const service = new LanguageService();
    service.setText('init.lua', `${KUMO}kumo.reject(500, 'a')\nkumo.reject(400, 'b')`);
    const hints = service.answer({
      method: 'inlayHint',
      path: 'init.lua',
      range: { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } },
    });
    expect(hints).toMatchObject([{ position: { line: 2, character: 12 } }]);
  });
});
