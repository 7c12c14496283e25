import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../../../lua-runtime/analysis/analysis-contract.ts';
import { formatLua } from '../../../../lua-runtime/analysis/format/format-lua.ts';
import { LineMap } from '../../../../lua-runtime/analysis/line-map.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

function edits(text: string): readonly TextEdit[] | string {
  const service = new LanguageService();
  service.setText('init.lua', text);
  const answer = service.answer({ method: 'formatting', path: 'init.lua' });
  if (answer !== undefined && 'edits' in answer) return answer.edits;
  return answer !== undefined && 'problem' in answer ? answer.problem : 'no answer';
}

function applied(text: string): string {
  const found = edits(text);
  if (typeof found === 'string') throw new Error(found);
  const lines = new LineMap(text);
  return [...found].reverse().reduce((result, { range, newText }) => {
    return (
      result.slice(0, lines.offset(range.start)) + newText + result.slice(lines.offset(range.end))
    );
  }, text);
}

describe('formatting a file', () => {
  it('changes only the lines that are different', () => {
    const text = "local kumo = require 'kumo'\nx = {1}\nlocal unchanged = kumo\ny = {2}\n";
    expect(edits(text)).toMatchObject([
      { range: { start: { line: 1 }, end: { line: 2 } }, newText: 'x = { 1 }\n' },
      { range: { start: { line: 3 }, end: { line: 4 } }, newText: 'y = { 2 }\n' },
    ]);
  });

  it('comes to the formatted text, however much is different', () => {
    const sample = join(
      import.meta.dirname,
      '../../../../lua-runtime/samples/tenant-campaign-routing/init.lua',
    );
    const text = readFileSync(sample, 'utf8').replaceAll('  ', '\t').replaceAll("'", '"');
    expect(applied(text)).toBe(formatLua(text));
    expect(applied('a=1\n\n\n\n\nb=2')).toBe('a = 1\n\nb = 2\n');
    expect(applied('')).toBe('');
    expect(applied('\n\n')).toBe('');
  });

  it('is refused while the text has syntax errors', () => {
    expect(edits('local x = ')).toContain('syntax errors');
  });
});
