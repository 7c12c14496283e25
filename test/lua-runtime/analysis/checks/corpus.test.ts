/**
 * Small policies with one mistake each, marked on its line by `--> CODE`: exactly that is found. And correct
 * ones that look suspicious: nothing is.
 */
import { describe, expect, it } from 'vitest';
import { CHECK_CODES } from '../../../../lua-runtime/analysis/checks/check-codes.ts';
import { checkProgram } from '../../../../lua-runtime/analysis/checks/check-program.ts';
import { Program } from '../../../../lua-runtime/analysis/values/program.ts';
import { corpusPolicies, type CorpusPolicy } from '../corpus/read-corpus.ts';

/** `FILE:LINE: CODE`, lines from 1. */
function found(files: CorpusPolicy['files']): string[] {
  const isAboutAge = Object.values(files).some((text) => text.includes('--> deprecated'));
  return checkProgram(Program.ofTexts(files), {
    // Deprecations are no mistakes here: build_client is the subject of many.
    silenced: isAboutAge ? {} : { deprecated: 'see above' },
  }).map(({ file, range, code }) => `${file}:${range.start.line + 1}: ${code}`);
}

function marked(files: CorpusPolicy['files']): string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split('\n').flatMap(
      (line, i) =>
        / --> ([a-z-]+)$/
          .exec(line)
          ?.slice(1)
          .map((code) => `${file}:${i + 1}: ${code}`) ?? [],
    ),
  );
}

const broken = corpusPolicies('broken');

describe('broken policies', () => {
  it.each(broken)('$name', ({ files }) => {
    expect(marked(files)).toHaveLength(1);
    expect(found(files)).toEqual(marked(files));
  });

  it('have one for each check', () => {
    const shown = new Set(
      broken.flatMap(({ files }) => marked(files).map((each) => each.replace(/^.*: /, ''))),
    );
    // Releases are told only to a workspace that names one: releases.test.ts. The others are of data files.
    const without = [...CHECK_CODES].filter((code) => !shown.has(code));
    expect(without).toEqual(['newer-than-kumomta', 'undefined-name', 'unquoted-domain']);
  });
});

describe('correct policies', () => {
  it.each(corpusPolicies('correct'))('$name', ({ files }) => {
    expect(found(files)).toEqual([]);
  });
});
