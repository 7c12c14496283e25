/** Runs the checks over the data files of a workspace. */
import type { AnalysisOptions, Finding } from '../analysis-contract.ts';
import { ERROR, WARNING } from '../checks/check.ts';
import { byPlace } from '../checks/check-program.ts';
import { findingOf, linesOfFiles, type Reported } from '../checks/finding-of.ts';
import { silencersOf } from '../checks/silenced.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import { crossFileChecks } from './cross-file-checks.ts';
import { HelperFiles, type DataFile, type DataFiles } from './data-files.ts';
import { DataFit } from './data-fit.ts';
import { rootTable } from './data-types.ts';
import type { HelperFile } from './helper-file.ts';
import { shapingRules } from './shaping-rules.ts';
import { unquotedDomains } from './unquoted-domains.ts';

/**
 * @param only paths of the files to check; default: all
 * @returns in the order of the files, lines and columns; of a file that cannot be read, only why
 */
export function checkDataFiles(
  evaluator: ProgramEvaluator,
  files: DataFiles,
  options: AnalysisOptions,
  only?: ReadonlySet<string>,
): Finding[] {
  if (files.size === 0) return [];
  const linesOf = linesOfFiles();
  const findings: Finding[] = [];
  const helpers = new HelperFiles(evaluator, files);
  const tell = (file: DataFile, reports: readonly Reported[]): void => {
    if (reports.length === 0 || only?.has(file.path) === false) return;
    const lines = linesOf(file);
    const isSilenced = silencersOf(file.document.comments, lines);
    for (const report of reports) {
      const finding = findingOf(report, file, linesOf);
      if (report.code in options.silenced) continue;
      if (report.code !== 'syntax' && isSilenced(report.code, finding.range.start.line)) continue;
      findings.push(finding);
    }
  };
  for (const file of files.values()) {
    if (only?.has(file.path) === false) continue;
    const helper = helpers.of(file.path);
    // Any other JSON may be read by a program that takes more than JSON.
    if (helper === undefined && !file.path.endsWith('.toml')) continue;
    const unreadable = syntaxOf(file, helper);
    if (unreadable.length > 0) tell(file, unreadable);
    else if (helper !== undefined) tell(file, contentOf(file, helper, options));
  }
  const readable = (path: string): DataFile | undefined => {
    const file = files.get(path);
    return file === undefined || file.document.problems.length > 0 ? undefined : file;
  };
  for (const { file, report } of crossFileChecks(helpers.handed, readable)) {
    const whole = files.get(file.path);
    if (whole !== undefined) tell(whole, [report]);
  }
  return findings.sort(byPlace);
}

function syntaxOf({ document }: DataFile, helper: HelperFile | undefined): Reported[] {
  const name = document.format === 'toml' ? 'TOML' : 'JSON';
  const problems: Reported[] = document.problems.map(({ at, message }) => ({
    code: 'syntax',
    at,
    severity: ERROR,
    message: `${message} KumoMTA does not read the file: it is no ${name}.`,
  }));
  const [comment] = document.comments;
  if (document.format === 'json' && helper?.takesComments === false && comment !== undefined) {
    problems.push({
      code: 'syntax',
      at: comment,
      severity: ERROR,
      message:
        'Shaping files in JSON take no comments: kumod does not read the file. TOML takes them.',
    });
  }
  return problems;
}

function contentOf(file: DataFile, helper: HelperFile, { kumomta }: AnalysisOptions): Reported[] {
  const { document } = file;
  const fit = new DataFit(helper, kumomta);
  const { reports: unquoted, told } = unquotedDomains(helper, document);
  const inTold = (at: { readonly start: number; readonly end: number }): boolean =>
    unquoted.some((report) => report.at.start <= at.start && at.end <= report.at.end);
  const fields = fit.fields(document.root, rootTable(helper));
  return [
    ...unquoted,
    ...(told.size === 0 ? fields : fields.filter(({ at }) => !inTold(at))),
    ...(helper.kind === 'shaping' ? shapingRules(document.root, fit, helper.refusal) : []),
    ...document.overwritten.map(({ key, by }): Reported => ({
      code: 'duplicate-field',
      at: key,
      severity: WARNING,
      message: `\`${key.text}\` is written again below, and only the last one counts.`,
      related: [{ file, at: by, message: 'The one that counts.' }],
    })),
  ];
}
