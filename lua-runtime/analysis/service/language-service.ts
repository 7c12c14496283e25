/**
 * What is known of a workspace's policies while they are being written: the texts as they are now, and
 * every answer about them. Files are read again only when their text changes.
 */
import type { AnalysisOptions, Finding } from '../analysis-contract.ts';
import { checkProgram } from '../checks/check-program.ts';
import { evaluatorOf, type ProgramEvaluator } from '../values/evaluator.ts';
import { Program } from '../values/program.ts';
import { readSource, type SourceFile } from '../values/source-file.ts';
import { carryFindings } from './carried-findings.ts';
import type { LanguageAnswers, LanguageMethod, LanguageRequest } from './language-requests.ts';

/** A file as it is, and as it was when it could last be read whole. */
interface KnownFile {
  readonly now: SourceFile;
  readonly whole: SourceFile | undefined;
}

export class LanguageService {
  readonly #files = new Map<string, KnownFile>();
  #policyFile = 'init.lua';
  #options: AnalysisOptions = { silenced: {} };
  /** Of the texts as they could last be read whole; made when it is asked for. */
  #checked: ProgramEvaluator | undefined;

  /** @param policyFile path of the policy that kumod loads; its folder is the root of `require` */
  setPolicy(policyFile: string): void {
    if (policyFile === this.#policyFile) return;
    this.#policyFile = policyFile;
    this.#checked = undefined;
  }

  setOptions(options: AnalysisOptions): void {
    this.#options = options;
  }

  /** The text of a .lua file, as it is on disk or being typed. */
  setText(path: string, text: string): void {
    const before = this.#files.get(path);
    if (before?.now.text === text) return;
    const now = readSource(path, text);
    const isWhole = now.chunk.errors.length === 0;
    this.#files.set(path, { now, whole: isWhole ? now : before?.whole });
    if (isWhole || before === undefined) this.#checked = undefined;
  }

  remove(path: string): void {
    if (this.#files.delete(path)) this.#checked = undefined;
  }

  clear(): void {
    this.#files.clear();
    this.#checked = undefined;
  }

  /** The answer to a request as it comes over a wire. */
  answer(request: LanguageRequest): LanguageAnswers[LanguageMethod] {
    return this.findings(request.paths && new Set(request.paths));
  }

  /**
   * What the checks find. In a file that cannot be read as it is now, what was found before and is not
   * touched by the change; nothing in one that could never be read.
   *
   * @param only paths of the files that are asked for; default: all
   */
  findings(only?: ReadonlySet<string>): Finding[] {
    const evaluator = (this.#checked ??= evaluatorOf(
      new Program(
        new Map([...this.#files].map(([path, { now, whole }]) => [path, whole ?? now] as const)),
        this.#policyFile,
      ),
    ));
    const readable = new Set(
      [...this.#files].flatMap(([path, { whole }]) =>
        whole === undefined || only?.has(path) === false ? [] : [path],
      ),
    );
    const found = checkProgram(evaluator.program, this.#options, readable, evaluator);
    return [...readable].flatMap((path) => {
      const own = found.filter(({ file }) => file === path);
      const file = this.#files.get(path);
      if (file?.whole === undefined || file.whole === file.now) return own;
      return carryFindings(own, path, file.whole.text, file.now.text);
    });
  }
}
