import { describe, expect, it } from 'vitest';
import type { LastRun } from '../../../../lua-runtime/analysis/last-run.ts';
import type { Hover, InlayHint } from '../../../../lua-runtime/analysis/lsp-types.ts';
import { LanguageService } from '../../../../lua-runtime/analysis/service/language-service.ts';

const POLICY = `local function route(domain)
  if domain == 'amqp' then
    return 1
  elseif domain == 'x' then
    return 2
  end
end
return route
`;

const RUN: LastRun = {
  texts: { 'init.lua': POLICY },
  handlers: [],
  files: [
    {
      file: 'init.lua',
      lines: [
        { line: 2, hits: 4 },
        { line: 3, hits: 4 },
        { line: 4, hits: 0 },
        { line: 5, hits: 0 },
      ],
      functions: [],
      branches: [],
      values: [
        { line: 2, name: 'domain', values: ["'a'", "'b'", "'c'", "'amqp'"], more: 2 },
        { line: 2, name: 'options', values: ['{…}'], more: 0 },
      ],
    },
  ],
};

function serviceAfter(lastRun: LastRun | undefined, text = POLICY): LanguageService {
  const service = new LanguageService();
  service.setText('init.lua', text);
  service.setLastRun(lastRun);
  return service;
}

function hints(service: LanguageService): string[] {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const found = service.answer({ method: 'inlayHint', path: 'init.lua', range });
  return (found as readonly InlayHint[]).map(
    ({ position, label }) => `${position.line + 1}:${position.character} ${label.trim()}`,
  );
}

function hover(service: LanguageService, line: number, character: number): string | undefined {
  const position = { line: line - 1, character };
  const found = service.answer({ method: 'hover', path: 'init.lua', position });
  return (found as Hover | undefined)?.contents.value;
}

describe('after a run', () => {
  it('a condition tells whether its part was taken, and with which values', () => {
    expect(hints(serviceAfter(RUN))).toEqual(["2:26 taken: domain = 3 more, 'b', 'c', 'amqp'"]);
  });

  it('a name tells under the mouse which values it took on its line', () => {
    const told = hover(serviceAfter(RUN), 2, 6);
    expect(told).toContain('In the last run');
    expect(told).toContain("domain = 2 more, 'a', 'b', 'c', 'amqp'");
    expect(hover(serviceAfter(RUN), 4, 10) ?? '').not.toContain('last run');
  });

  it('a part that was never taken says so', () => {
    const [file] = RUN.files ?? [];
    const files = [
      {
        ...file!,
        lines: [
          { line: 2, hits: 1 },
          { line: 3, hits: 0 },
          { line: 4, hits: 1 },
        ],
      },
    ];
    expect(hints(serviceAfter({ ...RUN, files })).map((hint) => hint.split(':')[1])).toEqual([
      '26 not taken',
      '27 not taken',
    ]);
  });

  it('another text says nothing of the run, nor does one that nothing was read of', () => {
    expect(hints(serviceAfter(RUN, `-- New.\n${POLICY}`))).toEqual([]);
    expect(hints(serviceAfter({ texts: RUN.texts, handlers: [] }))).toEqual([]);
    expect(hints(serviceAfter(undefined))).toEqual([]);
  });
});
