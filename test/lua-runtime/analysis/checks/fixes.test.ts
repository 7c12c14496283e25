/** Every fix that is offered mends what it is offered for, and breaks nothing else. */
import { describe, expect, it } from 'vitest';
import type { Finding, Fix } from '../../../../lua-runtime/analysis/analysis-contract.ts';
import { checkProgram } from '../../../../lua-runtime/analysis/checks/check-program.ts';
import { LineMap } from '../../../../lua-runtime/analysis/line-map.ts';
import { Program } from '../../../../lua-runtime/analysis/values/program.ts';
import { corpusPolicies, type CorpusPolicy } from '../corpus/read-corpus.ts';

type Texts = CorpusPolicy['files'];

function findings(files: Texts): Finding[] {
  return checkProgram(Program.ofTexts(files), { silenced: {} });
}

function mended(files: Texts, { edits }: Fix): Texts {
  const texts: Record<string, string> = { ...files };
  for (const { file, range, newText } of edits.toReversed()) {
    const text = texts[file] ?? '';
    const lines = new LineMap(text);
    const [from, to] = [lines.offset(range.start), lines.offset(range.end)];
    texts[file] = text.slice(0, from) + newText + text.slice(to);
  }
  return texts;
}

const offered = corpusPolicies('broken').flatMap(({ name, files }) =>
  findings(files).flatMap((finding) =>
    (finding.fixes ?? []).map((fix) => ({ name, files, finding, fix })),
  ),
);

describe('fixes', () => {
  it('are offered', () => {
    expect(offered.length).toBeGreaterThan(30);
  });

  it.each(offered)('$fix.title in $name', ({ files, finding, fix }) => {
    const after = mended(files, fix);
    const program = Program.ofTexts(after);
    expect([...program.files.values()].flatMap(({ chunk }) => chunk.errors)).toEqual([]);
    const codes = (found: readonly Finding[]) => found.map(({ code }) => code).sort();
    const expected = codes(findings(files).filter((each) => each.code !== finding.code));
    expect(codes(findings(after)), after['init.lua']).toEqual(expected);
  });
});
