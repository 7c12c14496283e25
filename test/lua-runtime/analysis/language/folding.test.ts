import { expect, it } from 'vitest';
import type { FoldingRange } from '../../../../lua-runtime/analysis/lsp-types.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

function folds(text: string): string[] {
  const service = new LanguageService();
  service.setText('init.lua', text);
  const found = service.answer({ method: 'foldingRange', path: 'init.lua' });
  return (found as readonly FoldingRange[]).map(
    ({ startLine, endLine, kind }) =>
      `${startLine + 1}-${endLine + 1}${kind === undefined ? '' : ` ${kind}`}`,
  );
}

it('folds functions, tables and each part of a condition, and leaves their ends to be seen', () => {
  expect(
    folds(`kumo.on('x', function()
  if a then
    f()
  elseif b then
    g()
  else
    h()
  end
  return {
    1,
  }
end)`),
  ).toEqual(['1-11', '2-3', '4-5', '6-7', '9-10']);
});

it('folds comments below each other, long ones, and regions', () => {
  expect(
    folds(`-- one
-- two
f() -- not this
-- region setup
--[[ a
b ]]
-- endregion`),
  ).toEqual(['1-2 comment', '4-7 region', '5-6 comment']);
});

it('folds what is there of a broken text', () => {
  expect(folds('local function f()\n  g(\n  x = {\n    1,\n')).not.toEqual([]);
});
