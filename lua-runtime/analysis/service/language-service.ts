/**
 * What is known of a workspace's policies while they are being written: the texts as they are now, and
 * every answer about them. Files are read again only when their text changes.
 */
import type { AnalysisOptions, Finding, Position } from '../analysis-contract.ts';
import { checkProgram } from '../checks/check-program.ts';
import { codeLensesOf } from '../language/code-lens.ts';
import { formattingEdits } from '../format/formatting-edits.ts';
import { FormatProblem } from '../format/format-lua.ts';
import { completionsAt } from '../language/completion.ts';
import { foldingRangesOf } from '../language/folding.ts';
import { hoverAt } from '../language/hover.ts';
import { inlayHintsOf } from '../language/inlay-hints.ts';
import { outlineOf } from '../language/outline.ts';
import { renamableAt, RenameProblem, renameEdits } from '../language/rename.ts';
import { branchHints, valuesInLastRun } from '../language/run-facts.ts';
import { semanticTokensOf } from '../language/semantic-tokens.ts';
import { signatureHelpAt } from '../language/signature-help.ts';
import { occurrencesOf, symbolAt } from '../language/symbol.ts';
import type { LastRun } from '../last-run.ts';
import { workspaceSymbols } from '../language/workspace-symbols.ts';
import { LineMap } from '../line-map.ts';
import type { Hover, Location } from '../lsp-types.ts';
import { evaluatorOf, type ProgramEvaluator } from '../values/evaluator.ts';
import { Program } from '../values/program.ts';
import { readSource, type SourceFile } from '../values/source-file.ts';
import { isDataFile } from '../data-files/data-files.ts';
import { carryFindings } from './carried-findings.ts';
import { DataLanguage } from './data-language.ts';
import type {
  LanguageAnswers,
  LanguageMethod,
  LanguageRequest,
  OrProblem,
} from './language-requests.ts';

/** A file as it is, and as it was when it could last be read whole. */
interface KnownFile {
  readonly now: SourceFile;
  readonly whole: SourceFile | undefined;
}

export class LanguageService {
  readonly #files = new Map<string, KnownFile>();
  readonly #data = new DataLanguage();
  #policyFile = 'init.lua';
  #options: AnalysisOptions = { silenced: {} };
  #lastRun: LastRun | undefined;
  /** Of the texts as they could last be read whole; made when it is asked for. */
  #checked: ProgramEvaluator | undefined;
  /** Of the texts as they are, when one of them cannot be read whole. */
  #typed: ProgramEvaluator | undefined;

  /** @param policyFile path of the policy that kumod loads; its folder is the root of `require` */
  setPolicy(policyFile: string): void {
    if (policyFile === this.#policyFile) return;
    this.#policyFile = policyFile;
    this.#forget();
  }

  setOptions(options: AnalysisOptions): void {
    this.#options = options;
  }

  /** What the newest run did; undefined: nothing ran, or nothing of this policy. */
  setLastRun(lastRun: LastRun | undefined): void {
    this.#lastRun = lastRun;
  }

  /** The text of a .lua, .toml or .json file, as it is on disk or being typed. */
  setText(path: string, text: string): void {
    if (isDataFile(path)) {
      this.#data.setText(path, text);
      return;
    }
    const before = this.#files.get(path);
    if (before?.now.text === text) return;
    const now = readSource(path, text);
    const isWhole = now.chunk.errors.length === 0;
    this.#files.set(path, { now, whole: isWhole ? now : before?.whole });
    this.#typed = undefined;
    if (isWhole || before === undefined) this.#checked = undefined;
  }

  remove(path: string): void {
    this.#data.remove(path);
    if (this.#files.delete(path)) this.#forget();
  }

  clear(): void {
    this.#files.clear();
    this.#data.clear();
    this.#forget();
  }

  /** The answer to a request as it comes over a wire. */
  answer(request: LanguageRequest): LanguageAnswers[LanguageMethod] {
    if (request.method === 'findings')
      return this.findings(request.paths && new Set(request.paths));
    if (request.method === 'workspaceSymbol') {
      return workspaceSymbols(this.#evaluatorNow(), request.query);
    }
    if (this.#data.has(request.path)) {
      const known = this.#data.answer(request, this.#evaluatorNow(), this.#options);
      return known ?? NOTHING[request.method];
    }
    const file = this.#files.get(request.path)?.now;
    if (file === undefined) return NOTHING[request.method];
    if (request.method === 'foldingRange') return foldingRangesOf(file);
    if (request.method === 'formatting') return orProblem(() => ({ edits: formattingEdits(file) }));
    const evaluator = this.#evaluatorNow();
    const { kumomta } = this.#options;
    switch (request.method) {
      case 'completion':
        return completionsAt(evaluator, file, request.position, kumomta);
      case 'hover':
        return this.#hover(evaluator, file, request.position);
      case 'signatureHelp':
        return signatureHelpAt(evaluator, file, request.position, kumomta);
      case 'definition':
        return locationsOf(evaluator, file, request.position, true);
      case 'references':
        return locationsOf(evaluator, file, request.position, false);
      case 'prepareRename':
        return orProblem(() => renamableAt(evaluator, file, request.position));
      case 'rename':
        return orProblem(() => ({
          edits: renameEdits(evaluator, file, request.position, request.newName),
        }));
      case 'documentSymbol':
        return outlineOf(evaluator, file);
      case 'codeLens':
        return codeLensesOf(evaluator, file, this.#lastRun);
      case 'semanticTokens':
        return semanticTokensOf(evaluator, file);
      case 'inlayHint':
        return [
          ...inlayHintsOf(evaluator, file, request.range),
          ...branchHints(file, this.#lastRun),
        ];
    }
  }

  /**
   * What the checks find. In a file that cannot be read as it is now, what was found before and is not
   * touched by the change; nothing in one that could never be read.
   *
   * @param only paths of the files that are asked for; default: all
   */
  findings(only?: ReadonlySet<string>): Finding[] {
    const evaluator = (this.#checked ??= this.#evaluatorOf(({ now, whole }) => whole ?? now));
    const readable = new Set(
      [...this.#files].flatMap(([path, { whole }]) =>
        whole === undefined || only?.has(path) === false ? [] : [path],
      ),
    );
    const found = checkProgram(evaluator.program, this.#options, readable, evaluator);
    const inPolicy = [...readable].flatMap((path) => {
      const own = found.filter(({ file }) => file === path);
      const file = this.#files.get(path);
      if (file?.whole === undefined || file.whole === file.now) return own;
      return carryFindings(own, path, file.whole.text, file.now.text);
    });
    return [...inPolicy, ...this.#data.findings(evaluator, this.#options, only)];
  }

  /** With the values that the name took in the newest run. */
  #hover(evaluator: ProgramEvaluator, file: SourceFile, position: Position): Hover | undefined {
    const hover = hoverAt(evaluator, file, position, this.#options.kumomta);
    const lines = new LineMap(file.text);
    const offset = lines.offset(position);
    const taken = valuesInLastRun(file, this.#lastRun, offset);
    if (taken === undefined) return hover;
    const value = `In the last run:\n\n${codeBlock(taken)}`;
    const range = hover?.range ?? lines.range({ start: offset, end: offset });
    const meaning = hover === undefined ? '' : `${hover.contents.value}\n\n---\n\n`;
    return { range, contents: { kind: 'markdown', value: meaning + value } };
  }

  /** Of the texts as they are, also where they cannot be read whole. */
  #evaluatorNow(): ProgramEvaluator {
    const isWhole = [...this.#files.values()].every(({ now, whole }) => (whole ?? now) === now);
    if (isWhole) return (this.#checked ??= this.#evaluatorOf(({ now }) => now));
    return (this.#typed ??= this.#evaluatorOf(({ now }) => now));
  }

  #evaluatorOf(choose: (file: KnownFile) => SourceFile): ProgramEvaluator {
    const files = new Map([...this.#files].map(([path, file]) => [path, choose(file)] as const));
    return evaluatorOf(new Program(files, this.#policyFile));
  }

  #forget(): void {
    this.#checked = undefined;
    this.#typed = undefined;
  }
}

/** A fence that the text itself cannot close. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}lua\n${text}\n${fence}`;
}

/** Of a file that the service does not have. */
const NOTHING: Readonly<Omit<LanguageAnswers, 'findings' | 'workspaceSymbol'>> = {
  completion: [],
  hover: undefined,
  signatureHelp: undefined,
  definition: [],
  references: [],
  prepareRename: { problem: 'This file is not part of the policy.' },
  rename: { problem: 'This file is not part of the policy.' },
  documentSymbol: [],
  codeLens: [],
  semanticTokens: { data: [] },
  foldingRange: [],
  inlayHint: [],
  formatting: { problem: 'This file is not part of the policy.' },
};

function locationsOf(
  evaluator: ProgramEvaluator,
  file: SourceFile,
  position: Position,
  onlyDefinitions: boolean,
): Location[] {
  const place = symbolAt(evaluator, file, new LineMap(file.text).offset(position));
  if (place === undefined) return [];
  return occurrencesOf(evaluator, place.symbol)
    .filter(({ isDefinition }) => isDefinition || !onlyDefinitions)
    .map(({ file: where, span }) => ({
      file: where.path,
      range: new LineMap(where.text).range(span),
    }));
}

function orProblem<T>(answer: () => T): OrProblem<T> {
  try {
    return answer();
  } catch (error) {
    if (error instanceof RenameProblem || error instanceof FormatProblem)
      return { problem: error.message };
    throw error;
  }
}
