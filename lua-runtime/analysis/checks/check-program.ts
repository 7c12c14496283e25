/** Runs the checks over a program. */
import type { AnalysisOptions, Finding, Fix, TextEdit } from '../analysis-contract.ts';
import { documentationUrl } from '../catalogue/documentation-url.ts';
import { LineMap } from '../line-map.ts';
import { evaluatorOf, type ProgramEvaluator } from '../values/evaluator.ts';
import type { Program } from '../values/program.ts';
import type { SourceFile } from '../values/source-file.ts';
import { ALL_CHECKS } from './all-checks.ts';
import type { FixReport, Report } from './check.ts';
import { silencersOf } from './silenced.ts';

/**
 * @param only paths of the files to check; default: all of the program
 * @param evaluator of the program, where somebody has one already
 * @returns the findings in the order of the files, lines and columns; what does not compile has none here,
 *   because the compiler's own words come first.
 */
export function checkProgram(
  program: Program,
  options: AnalysisOptions,
  only?: ReadonlySet<string>,
  evaluator: ProgramEvaluator = evaluatorOf(program),
): Finding[] {
  const lineMaps = new Map<SourceFile, LineMap>();
  const linesOf = (file: SourceFile): LineMap => {
    let lines = lineMaps.get(file);
    if (lines === undefined) lineMaps.set(file, (lines = new LineMap(file.text)));
    return lines;
  };
  const findings: Finding[] = [];
  for (const file of program.files.values()) {
    if (only?.has(file.path) === false) continue;
    const isSilenced = silencersOf(file.chunk.comments, linesOf(file));
    const report = (found: Report): void => {
      const finding = findingOf(found, file, linesOf);
      if (found.code in options.silenced) return;
      if (!isSilenced(found.code, finding.range.start.line)) findings.push(finding);
    };
    for (const check of ALL_CHECKS) check({ file, evaluator, kumomta: options.kumomta, report });
  }
  return findings.sort(byPlace);
}

function findingOf(
  { at, severity, code, message, page, deprecated, unnecessary, related, fixes }: Report,
  file: SourceFile,
  linesOf: (file: SourceFile) => LineMap,
): Finding {
  const tags = [
    ...(unnecessary === true ? [1 as const] : []),
    ...(deprecated === true ? [2 as const] : []),
  ];
  return {
    file: file.path,
    range: linesOf(file).range(at),
    severity,
    code,
    message,
    ...(page === undefined ? {} : { page, href: documentationUrl(page) }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(related === undefined
      ? {}
      : {
          related: related.map((each) => ({
            file: each.file.path,
            range: linesOf(each.file).range(each.at),
            message: each.message,
          })),
        }),
    ...(fixes === undefined ? {} : { fixes: fixes.map((fix) => fixOf(fix, file, linesOf(file))) }),
  };
}

function fixOf({ title, preferred, edits }: FixReport, file: SourceFile, lines: LineMap): Fix {
  const textEdits: TextEdit[] = edits.map(({ at, newText }) => ({
    file: file.path,
    range: lines.range(at),
    newText,
  }));
  return { title, edits: textEdits, ...(preferred === undefined ? {} : { preferred }) };
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const [from, to] = [a.range.start, b.range.start];
  return from.line - to.line || from.character - to.character;
}
