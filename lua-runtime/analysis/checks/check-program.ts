/** Runs the checks over a program. */
import type { AnalysisOptions, Finding } from '../analysis-contract.ts';
import { evaluatorOf, type ProgramEvaluator } from '../values/evaluator.ts';
import type { Program } from '../values/program.ts';
import { ALL_CHECKS } from './all-checks.ts';
import type { Report } from './check.ts';
import { findingOf, linesOfFiles } from './finding-of.ts';
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
  const linesOf = linesOfFiles();
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

export function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const [from, to] = [a.range.start, b.range.start];
  return from.line - to.line || from.character - to.character;
}
