/**
 * The folder that a client works in: which texts are open, and every request about them answered from
 * the language service (Language Server Protocol 3.17).
 */
import { LanguageService } from '../../lua-runtime/analysis/service/language-service.ts';
import type { LanguageRequest } from '../../lua-runtime/analysis/service/language-requests.ts';
import type { CodeLens, Location, WorkspaceSymbol } from '../../lua-runtime/analysis/lsp-types.ts';
import { analysedFiles } from '../host/language/analysed-files.ts';
import { readWorkbenchFile } from '../host/language/workbench-file.ts';
import { WorkspaceTexts } from '../host/language/workspace-texts.ts';
import { defaultPolicyFile, listFiles } from '../host/workspace.ts';
import type { LspDocuments } from './lsp-documents.ts';
import { LspErrorCode, LspProblem } from './lsp-problem.ts';
import {
  changeSchema,
  documentSchema,
  FILE_METHODS,
  openSchema,
  PLACE_METHODS,
  placeSchema,
  rangeSchema,
  symbolSchema,
  watchedSchema,
} from './lsp-requests.ts';
import type { PlaceMethod } from './lsp-requests.ts';

export interface LspWorkspaceParts {
  readonly documents: LspDocuments;
  /** Commands of code lenses that the client carries out. */
  readonly commands: ReadonlySet<string>;
  readonly send: (message: object) => void;
}

export class LspWorkspace {
  readonly #parts: LspWorkspaceParts;
  readonly #documents: LspDocuments;
  readonly #service = new LanguageService();
  readonly #texts = new WorkspaceTexts(this.#service);
  /** Relative paths of the texts that the client has open. */
  readonly #open = new Set<string>();

  private constructor(parts: LspWorkspaceParts) {
    this.#parts = parts;
    this.#documents = parts.documents;
  }

  /** Reads the folder. */
  static async open(parts: LspWorkspaceParts): Promise<LspWorkspace> {
    const workspace = new LspWorkspace(parts);
    await workspace.#readAgain([]);
    return workspace;
  }

  /**
   * @param method of a request or a notification, as the protocol names it
   * @returns the result of a request
   * @throws LspProblem what the client is to be told; ZodError for parameters that are not the method's
   */
  async answer(method: string, params: unknown, isRequest: boolean): Promise<unknown> {
    const path = (): string => this.#documents.path(documentSchema.parse(params).textDocument.uri);
    switch (method) {
      case 'textDocument/didOpen':
        return this.#edit(path(), openSchema.parse(params).textDocument.text);
      case 'textDocument/didChange':
        // "Text Document Sync: Full": the last one is the whole text.
        return this.#edit(path(), changeSchema.parse(params).contentChanges.at(-1)?.text ?? '');
      case 'textDocument/didClose':
        return this.#close(path());
      case 'textDocument/didSave':
        return this.#readAgain([]);
      case 'workspace/didChangeWatchedFiles':
        return this.#readAgain(watchedSchema.parse(params).changes.map(({ uri }) => uri));
      case 'textDocument/inlayHint': {
        const { range } = rangeSchema.parse(params);
        return this.#service.answer({ method: 'inlayHint', path: path(), range });
      }
      case 'workspace/symbol':
        return this.#symbols(symbolSchema.parse(params).query);
      case 'textDocument/codeLens':
        return this.#codeLenses(path());
      case 'textDocument/formatting':
        return this.#formatting(path());
      case 'textDocument/codeAction': {
        const findings = this.#service.findings(new Set([path()]));
        return this.#documents.quickFixes(findings, rangeSchema.parse(params).range);
      }
    }
    const ofFile = FILE_METHODS[method];
    if (ofFile !== undefined) return this.#service.answer({ method: ofFile, path: path() });
    const ofPlace = PLACE_METHODS[method];
    if (ofPlace !== undefined) return this.#atPlace(ofPlace, params);
    // "$ Notifications and Requests": whoever does not know them leaves notifications alone.
    if (!isRequest) return undefined;
    throw new LspProblem(
      method === '' ? LspErrorCode.invalidRequest : LspErrorCode.methodNotFound,
      `This server does not answer ${method}.`,
    );
  }

  async #readAgain(changed: readonly string[]): Promise<void> {
    const { root } = this.#documents;
    const files = await listFiles(root);
    this.#service.setPolicy(defaultPolicyFile(files));
    this.#service.setOptions((await readWorkbenchFile(root)).options);
    await this.#texts.open(root, analysedFiles(files));
    for (const uri of changed) await this.#texts.changed(this.#documents.path(uri));
    this.#publish();
  }

  async #edit(path: string, text: string): Promise<void> {
    this.#open.add(path);
    await this.#texts.edit(path, text);
    this.#publish();
  }

  async #close(path: string): Promise<void> {
    this.#open.delete(path);
    await this.#texts.edit(path, undefined);
    this.#sendDiagnostics(path, []);
    this.#publish();
  }

  /** Of every open file: a module changes what is true of others. */
  #publish(): void {
    const findings = this.#service.findings(this.#open);
    for (const path of this.#open) {
      const ofFile = findings.filter(({ file }) => file === path);
      this.#sendDiagnostics(
        path,
        ofFile.map((finding) => this.#documents.diagnostic(finding)),
      );
    }
  }

  /** "PublishDiagnostics Notification" */
  #sendDiagnostics(path: string, diagnostics: readonly object[]): void {
    const params = { uri: this.#documents.uri(path), diagnostics };
    this.#parts.send({ method: 'textDocument/publishDiagnostics', params });
  }

  #symbols(query: string): object[] {
    const found = this.#service.answer({ method: 'workspaceSymbol', query });
    return (found as readonly WorkspaceSymbol[]).map((symbol) => ({
      ...symbol,
      location: this.#documents.location(symbol.location),
    }));
  }

  #codeLenses(path: string): object[] {
    const lenses = this.#service.answer({ method: 'codeLens', path }) as readonly CodeLens[];
    return lenses.flatMap((lens) => this.#documents.codeLens(lens, this.#parts.commands));
  }

  #atPlace(method: PlaceMethod, params: unknown): unknown {
    const { textDocument, position: at, newName = '' } = placeSchema.parse(params);
    const path = this.#documents.path(textDocument.uri);
    const request = { method, path, position: at, newName } as LanguageRequest;
    const answer = this.#service.answer(request);
    if (answer !== undefined && 'problem' in answer) {
      throw new LspProblem(LspErrorCode.requestFailed, answer.problem);
    }
    if (answer !== undefined && 'edits' in answer) {
      return this.#documents.workspaceEdit(answer.edits);
    }
    if (method === 'definition' || method === 'references') {
      const places = answer as readonly Location[];
      return places.map((place) => this.#documents.location(place));
    }
    return answer;
  }

  /** "Document Formatting Request". The client's options are not asked: the style is KumoMTA's. */
  #formatting(path: string): object[] {
    const answer = this.#service.answer({ method: 'formatting', path });
    if (answer === undefined || !('edits' in answer)) {
      const why =
        answer !== undefined && 'problem' in answer ? answer.problem : 'Nothing to format.';
      throw new LspProblem(LspErrorCode.requestFailed, why);
    }
    return answer.edits.map(({ range, newText }) => ({ range, newText }));
  }
}
