import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../lua-runtime/analysis/analysis-contract.ts';
import { carryFindings } from '../../../../lua-runtime/analysis/service/carried-findings.ts';

const BEFORE = 'one\ntwo\nthree\n';

function at(line: number, from: number, to: number, more: Partial<Finding> = {}): Finding {
  const range = { start: { line, character: from }, end: { line, character: to } };
  return { file: 'a.lua', range, severity: 2, code: 'wrong-type', message: '', ...more };
}

describe('carryFindings', () => {
  it('keeps what is before the change and moves what is behind it', () => {
    const findings = [at(0, 0, 3), at(2, 0, 5)];
    expect(carryFindings(findings, 'a.lua', BEFORE, 'one\ntwo\nand a half\nthree\n')).toEqual([
      at(0, 0, 3),
      at(3, 0, 5),
    ]);
  });

  it('drops what the change touches, at its edges too', () => {
    const findings = [at(1, 0, 3), at(0, 1, 3)];
    expect(carryFindings(findings, 'a.lua', BEFORE, 'ones\ntwo\nthree\n')).toEqual([at(1, 0, 3)]);
    expect(carryFindings([at(1, 0, 3)], 'a.lua', BEFORE, 'one\nxtwo\nthree\n')).toEqual([]);
  });

  it('moves the edits of fixes and leaves out a fix that lost one', () => {
    const edit = (finding: Finding) => ({ file: 'a.lua', range: finding.range, newText: 'x' });
    const findings = [
      at(2, 0, 5, {
        fixes: [
          { title: 'here', edits: [edit(at(2, 0, 5))] },
          { title: 'there', edits: [edit(at(2, 0, 5)), edit(at(1, 0, 3))] },
        ],
      }),
    ];
    expect(carryFindings(findings, 'a.lua', BEFORE, 'one\nt\nwo\nthree\n')).toEqual([
      at(3, 0, 5, { fixes: [{ title: 'here', edits: [edit(at(3, 0, 5))] }] }),
    ]);
  });

  it('leaves places of other files where they are', () => {
    const related = [{ file: 'b.lua', range: at(1, 0, 3).range, message: 'first' }];
    const [moved] = carryFindings([at(2, 0, 5, { related })], 'a.lua', BEFORE, `\n${BEFORE}`);
    expect(moved).toEqual(at(3, 0, 5, { related }));
  });
});
