/**
 * Small policies with one mistake each, marked on its line by `--> CODE`: exactly that is found. And correct
 * ones that look suspicious: nothing is.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProgram } from '../../../../lua-runtime/analysis/checks/check-program.ts';
import { Program } from '../../../../lua-runtime/analysis/values/program.ts';

const corpus = path.resolve(import.meta.dirname, '../corpus');

function policies(kind: string): { name: string; text: string }[] {
  const folder = path.join(corpus, kind);
  return readdirSync(folder).map((file) => ({
    name: file.replace(/\.lua$/, ''),
    text: readFileSync(path.join(folder, file), 'utf8'),
  }));
}

/** `LINE: CODE`, lines from 1. Deprecations are no mistakes here: build_client is the subject of many. */
function found(text: string): string[] {
  return checkProgram(Program.ofTexts({ 'init.lua': text }), {
    silenced: { deprecated: 'see above' },
  }).map(({ range, code }) => `${range.start.line + 1}: ${code}`);
}

function marked(text: string): string[] {
  return text.split('\n').flatMap(
    (line, i) =>
      / --> ([a-z-]+)$/
        .exec(line)
        ?.slice(1)
        .map((code) => `${i + 1}: ${code}`) ?? [],
  );
}

describe('broken policies', () => {
  it.each(policies('broken'))('$name', ({ text }) => {
    expect(marked(text)).toHaveLength(1);
    expect(found(text)).toEqual(marked(text));
  });
});

describe('correct policies', () => {
  it.each(policies('correct'))('$name', ({ text }) => {
    expect(found(text)).toEqual([]);
  });
});
