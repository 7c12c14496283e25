/**
 * Small workspaces with one mistake each in a data file, marked on its line by ` <-- CODE`: exactly that is
 * found. And correct ones that look suspicious: nothing is.
 */
import { describe, expect, it } from 'vitest';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';
import { corpusWorkspaces, type CorpusWorkspace } from './read-corpus.ts';

function found(files: CorpusWorkspace['files']): string[] {
  const service = new LanguageService();
  for (const [path, text] of Object.entries(files)) service.setText(path, text);
  return service
    .findings()
    .map(({ file, range, code }) => `${file}:${range.start.line + 1}: ${code}`);
}

const broken = corpusWorkspaces('broken');
const correct = corpusWorkspaces('correct');

describe('broken data files', () => {
  it('are at least 25', () => expect(broken.length).toBeGreaterThanOrEqual(25));

  it.each(broken)('$name', ({ files, marked }) => {
    expect(marked).toHaveLength(1);
    expect(found(files)).toEqual(marked);
  });
});

describe('correct data files', () => {
  it('are at least 15', () => expect(correct.length).toBeGreaterThanOrEqual(15));

  it.each(correct)('$name', ({ files }) => {
    expect(found(files)).toEqual([]);
  });
});
