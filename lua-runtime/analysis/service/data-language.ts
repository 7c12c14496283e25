/** What is known of the data files of a workspace while they are being written. */
import type { AnalysisOptions, Finding } from '../analysis-contract.ts';
import { checkDataFiles } from '../data-files/check-data-files.ts';
import { dataCompletions } from '../data-files/data-completion.ts';
import { DataFile, HelperFiles, type DataFiles } from '../data-files/data-files.ts';
import { dataHover } from '../data-files/data-hover.ts';
import { dataOutline } from '../data-files/data-outline.ts';
import { knownNames } from '../data-files/known-names.ts';
import type { ProgramEvaluator } from '../values/evaluator.ts';
import { carryFindings } from './carried-findings.ts';
import type { LanguageAnswers, LanguageMethod, LanguageRequest } from './language-requests.ts';

/** A file as it is, and as it was when it could last be read whole. */
interface KnownFile {
  readonly now: DataFile;
  readonly whole: DataFile | undefined;
}

export class DataLanguage {
  readonly #files = new Map<string, KnownFile>();

  setText(path: string, text: string): void {
    const before = this.#files.get(path);
    if (before?.now.text === text) return;
    const now = new DataFile(path, text);
    // Only what was readable is asked to be so again: most JSON files are nobody's.
    const whole = before === undefined ? undefined : lastWhole(before);
    this.#files.set(path, { now, whole });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  clear(): void {
    this.#files.clear();
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** @returns undefined: nothing is known of the place, or the method says nothing of data files */
  answer(
    request: Extract<LanguageRequest, { path: string }>,
    evaluator: ProgramEvaluator,
    { kumomta }: AnalysisOptions,
  ): LanguageAnswers[LanguageMethod] {
    const { method, path } = request;
    const document = this.#files.get(path)?.now.document;
    if (document === undefined) return undefined;
    if (method === 'documentSymbol') return dataOutline(document);
    if (method !== 'completion' && method !== 'hover') return undefined;
    const files = this.#now();
    const helpers = new HelperFiles(evaluator, files);
    const helper = helpers.of(path) ?? new HelperFiles(evaluator, this.#whole()).of(path);
    if (helper === undefined) return undefined;
    if (method === 'hover') return dataHover(helper, document, request.position, kumomta);
    const names = knownNames(files, helpers);
    return dataCompletions({ helper, document, names, kumomta }, request.position);
  }

  /**
   * What the checks find. In a file that cannot be read now, why, and what was found before beside the change.
   *
   * @param only paths of the files that are asked for; default: all
   */
  findings(
    evaluator: ProgramEvaluator,
    options: AnalysisOptions,
    only: ReadonlySet<string> | undefined,
  ): Finding[] {
    const found = checkDataFiles(evaluator, this.#whole(), options, only);
    const broken = [...this.#files].flatMap(([path, { now, whole }]) =>
      whole !== undefined &&
      whole !== now &&
      only?.has(path) !== false &&
      now.document.problems.length > 0
        ? [{ path, now, whole }]
        : [],
    );
    if (broken.length === 0) return found;
    const paths = new Set(broken.map(({ path }) => path));
    const why = checkDataFiles(evaluator, this.#now(), options, paths);
    return [
      ...found.filter(({ file }) => !paths.has(file)),
      ...broken.flatMap(({ path, now, whole }) => [
        ...why.filter(({ file, code }) => file === path && code === 'syntax'),
        ...carryFindings(
          found.filter(({ file }) => file === path),
          path,
          whole.text,
          now.text,
        ),
      ]),
    ];
  }

  #now(): DataFiles {
    return new Map([...this.#files].map(([path, { now }]) => [path, now]));
  }

  #whole(): DataFiles {
    return new Map(
      [...this.#files].map(([path, file]) => [
        path,
        file.whole === undefined ? file.now : (lastWhole(file) ?? file.now),
      ]),
    );
  }
}

function lastWhole({ now, whole }: KnownFile): DataFile | undefined {
  return now.document.problems.length === 0 ? now : whole;
}
