/**
 * `npm run corpus -- --kumomta DIR [--fragments]`: runs the checks over KumoMTA's own programs and data files and prints
 * what they find. Ends with 1 when there is anything that disputed.ts does not argue. With `--fragments` also
 * over the documentation's excerpts, for a person to read: they change nothing about the end.
 */
import { parseArgs } from 'node:util';
import type { Finding } from '../../lua-runtime/analysis/analysis-contract.ts';
import { checkProgram } from '../../lua-runtime/analysis/checks/check-program.ts';
import { Program } from '../../lua-runtime/analysis/values/program.ts';
import { checkDataFiles } from '../../lua-runtime/analysis/data-files/check-data-files.ts';
import { evaluatorOf } from '../../lua-runtime/analysis/values/evaluator.ts';
import { DISPUTED } from './disputed.ts';
import { kumoMtaDataFiles, type KumoMtaDataFile } from './kumomta-data-files.ts';
import {
  documentedFragments,
  documentedPrograms,
  luaFiles,
  type KumoMtaProgram,
} from './kumomta-programs.ts';

/** Told for what is right and out of date; names that the text around a fragment defines. */
const NO_MISTAKE = { deprecated: 'KumoMTA documents what it has deprecated.' };
const OF_FRAGMENTS = {
  ...NO_MISTAKE,
  ...Object.fromEntries(
    [
      'accidental-global',
      'client-in-main-chunk',
      'constructor-without-handler',
      'init-only',
      'missing-argument',
      'missing-field',
      'missing-return',
      'undefined-global',
      'unknown-event',
    ].map((code) => [
      code,
      'What stands around the fragment, or was left out of it, may explain it.',
    ]),
  ),
};
const SEVERITIES = { 1: 'error', 2: 'warning', 3: 'information', 4: 'hint' } as const;

interface Found {
  readonly program: string;
  readonly finding: Finding;
}

const { kumomta, fragments = false } = parseArgs({
  options: { kumomta: { type: 'string' }, fragments: { type: 'boolean' } },
}).values;

if (kumomta === undefined) {
  console.error('Say where KumoMTA is: npm run corpus -- --kumomta DIR');
  process.exitCode = 2;
} else {
  const files = luaFiles(kumomta);
  const documented = documentedPrograms(kumomta);
  const data = kumoMtaDataFiles(kumomta);
  const found = [...findingsOf([...files, ...documented], NO_MISTAKE), ...dataFindings(data)];
  const left = found.filter((each) => !DISPUTED.some((dispute) => isArgued(each, dispute)));
  const stale = DISPUTED.filter((dispute) => !found.some((each) => isArgued(each, dispute)));
  for (const line of table(left)) print(line);
  for (const { program, code } of stale) {
    print(`${program}: ${code} is argued in disputed.ts and not found`);
  }
  print(
    `${files.length} files, ${documented.length} documented programs and ${data.length} data files: ${left.length} findings, and ${found.length - left.length} that disputed.ts argues.`,
  );
  if (fragments) {
    const excerpts = documentedFragments(kumomta);
    const inExcerpts = findingsOf(excerpts, OF_FRAGMENTS);
    for (const line of table(inExcerpts)) print(line);
    print(`${excerpts.length} excerpts: ${inExcerpts.length} findings.`);
  }
  if (left.length > 0 || stale.length > 0) process.exitCode = 1;
}

function findingsOf(
  programs: readonly KumoMtaProgram[],
  silenced: Readonly<Record<string, string>>,
): Found[] {
  return programs.flatMap(({ name, file, modules }) => {
    const files = new Map([[file.path, file], ...modules]);
    const only = new Set([file.path]);
    return checkProgram(new Program(files, file.path), { silenced }, only).map((finding) => ({
      program: name,
      finding,
    }));
  });
}

function dataFindings(files: readonly KumoMtaDataFile[]): Found[] {
  const evaluator = evaluatorOf(new Program(new Map(), 'init.lua'));
  return files.flatMap(({ name, file }) =>
    checkDataFiles(evaluator, new Map([[file.path, file]]), { silenced: NO_MISTAKE }).map(
      (finding) => ({ program: name, finding }),
    ),
  );
}

function isArgued({ program, finding }: Found, dispute: (typeof DISPUTED)[number]): boolean {
  return dispute.program === program && dispute.code === finding.code;
}

function table(found: readonly Found[]): string[] {
  const width = Math.max(0, ...found.map(({ program }) => program.length));
  return found.map(({ program, finding: { range, severity, code, message } }) => {
    const line = `line ${range.start.line + 1}`;
    return `${program.padEnd(width)}  ${line}  ${SEVERITIES[severity]} ${code}: ${message}`;
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
