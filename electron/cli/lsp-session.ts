/**
 * One client's session: which texts are open, and every request answered from the language service
 * (Language Server Protocol 3.17; the sections are named where they are used).
 */
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Finding, TextEdit } from '../../lua-runtime/analysis/analysis-contract.ts';
import { LanguageService } from '../../lua-runtime/analysis/service/language-service.ts';
import type { LanguageRequest } from '../../lua-runtime/analysis/service/language-requests.ts';
import {
  SEMANTIC_TOKEN_MODIFIERS,
  SEMANTIC_TOKEN_TYPES,
  type CodeLens,
  type Location,
  type WorkspaceSymbol,
} from '../../lua-runtime/analysis/lsp-types.ts';
import { analysedFiles } from '../host/language/analysed-files.ts';
import { readWorkbenchFile } from '../host/language/workbench-file.ts';
import { WorkspaceTexts } from '../host/language/workspace-texts.ts';
import { productVersion } from '../host/shipped-files.ts';
import { defaultPolicyFile, listFiles } from '../host/workspace.ts';

export interface LspClient {
  readonly send: (message: object) => void;
  readonly onExit: () => void;
  /** Absolute path of a file URI; undefined for another scheme. */
  readonly pathOfUri: (uri: string) => string | undefined;
}

/** "Response Message: ErrorCodes" */
const INVALID_REQUEST = -32_600;
const METHOD_NOT_FOUND = -32_601;
const INVALID_PARAMS = -32_602;
const REQUEST_FAILED = -32_803;
const NOT_INITIALIZED = -32_002;

const messageSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
});
const initializeSchema = z.looseObject({
  rootUri: z.string().nullish(),
  workspaceFolders: z.array(z.looseObject({ uri: z.string() })).nullish(),
  capabilities: z
    .looseObject({
      // As rust-analyzer's clients say which commands of a lens they can carry out.
      experimental: z
        .looseObject({ commands: z.looseObject({ commands: z.array(z.string()) }).optional() })
        .nullish(),
    })
    .nullish(),
});
const documentSchema = z.looseObject({ textDocument: z.looseObject({ uri: z.string() }) });
const openSchema = z.looseObject({
  textDocument: z.looseObject({ uri: z.string(), text: z.string() }),
});
const changeSchema = documentSchema.extend({
  contentChanges: z.array(z.looseObject({ text: z.string() })).min(1),
});
const position = z.object({ line: z.number(), character: z.number() });
const placeSchema = documentSchema.extend({ position, newName: z.string().optional() });
const actionSchema = documentSchema.extend({ range: z.object({ start: position, end: position }) });
const symbolSchema = z.object({ query: z.string() });
const watchedSchema = z.looseObject({ changes: z.array(z.looseObject({ uri: z.string() })) });

class LspProblem extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const PLACE_METHODS: Readonly<Record<string, Exclude<LanguageRequest['method'], 'findings'>>> = {
  'textDocument/completion': 'completion',
  'textDocument/hover': 'hover',
  'textDocument/signatureHelp': 'signatureHelp',
  'textDocument/definition': 'definition',
  'textDocument/references': 'references',
  'textDocument/prepareRename': 'prepareRename',
  'textDocument/rename': 'rename',
};

const FILE_METHODS: Readonly<Record<string, 'documentSymbol' | 'semanticTokens' | 'foldingRange'>> =
  {
    'textDocument/documentSymbol': 'documentSymbol',
    'textDocument/semanticTokens/full': 'semanticTokens',
    'textDocument/foldingRange': 'foldingRange',
  };

export class LspSession {
  readonly #client: LspClient;
  readonly #service = new LanguageService();
  readonly #texts = new WorkspaceTexts(this.#service);
  readonly #open = new Set<string>();
  #root: string | undefined;
  /** Commands of code lenses that the client carries out. */
  #commands: ReadonlySet<string> = new Set();
  /** One after the other: an answer is about the texts that were told before it was asked. */
  #last: Promise<void> = Promise.resolve();

  constructor(client: LspClient) {
    this.#client = client;
  }

  /** Resolves when the message is done with; rejects only with bugs. */
  receive(message: unknown): Promise<void> {
    const done = this.#last.then(() => this.#take(message));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #take(message: unknown): Promise<void> {
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success || parsed.data.method === undefined) return;
    const { id, method, params } = parsed.data;
    try {
      const result = await this.#answer(method, params, id !== undefined);
      if (id !== undefined) this.#client.send({ id, result: result ?? null });
    } catch (error) {
      const problem =
        error instanceof z.ZodError
          ? new LspProblem(INVALID_PARAMS, `The parameters of ${method} are not those of LSP 3.17.`)
          : error;
      if (!(problem instanceof LspProblem)) throw error;
      if (id !== undefined) {
        this.#client.send({ id, error: { code: problem.code, message: problem.message } });
      }
    }
  }

  async #answer(method: string, params: unknown, isRequest: boolean): Promise<unknown> {
    switch (method) {
      case 'initialize':
        return this.#initialize(params);
      case 'shutdown':
        return null;
      case 'exit':
        this.#client.onExit();
        return undefined;
      case 'initialized':
        return undefined;
    }
    if (this.#root === undefined) {
      throw new LspProblem(NOT_INITIALIZED, `${method} came before initialize.`);
    }
    switch (method) {
      case 'textDocument/didOpen': {
        const { uri, text } = openSchema.parse(params).textDocument;
        return this.#edit(uri, text);
      }
      case 'textDocument/didChange': {
        const { textDocument, contentChanges } = changeSchema.parse(params);
        // "Text Document Sync: Full": the last one is the whole text.
        return this.#edit(textDocument.uri, contentChanges.at(-1)?.text ?? '');
      }
      case 'textDocument/didClose':
        return this.#close(documentSchema.parse(params).textDocument.uri);
      case 'workspace/didChangeWatchedFiles':
      case 'textDocument/didSave':
        return this.#readAgain(method === 'textDocument/didSave' ? [] : watched(params));
      case 'textDocument/inlayHint': {
        const { textDocument, range } = actionSchema.parse(params);
        const path = this.#path(textDocument.uri);
        return this.#service.answer({ method: 'inlayHint', path, range });
      }
      case 'workspace/symbol': {
        const { query } = symbolSchema.parse(params);
        const found = this.#service.answer({ method: 'workspaceSymbol', query });
        return (found as readonly WorkspaceSymbol[]).map((symbol) => ({
          ...symbol,
          location: this.#location(symbol.location),
        }));
      }
      case 'textDocument/codeLens': {
        const path = this.#path(documentSchema.parse(params).textDocument.uri);
        const lenses = this.#service.answer({ method: 'codeLens', path }) as readonly CodeLens[];
        return lenses.flatMap((lens) => this.#codeLens(lens));
      }
      case 'textDocument/formatting': {
        const path = this.#path(documentSchema.parse(params).textDocument.uri);
        return this.#formatting(path);
      }
      case 'textDocument/codeAction':
        return this.#codeActions(params);
    }
    const ofFile = FILE_METHODS[method];
    if (ofFile !== undefined) {
      const path = this.#path(documentSchema.parse(params).textDocument.uri);
      return this.#service.answer({ method: ofFile, path });
    }
    const known = PLACE_METHODS[method];
    if (known !== undefined) return this.#atPlace(known, params);
    // "$ Notifications and Requests": whoever does not know them leaves notifications alone.
    if (!isRequest) return undefined;
    throw new LspProblem(
      method === '' ? INVALID_REQUEST : METHOD_NOT_FOUND,
      `This server does not answer ${method}.`,
    );
  }

  /** "Initialize Request" */
  async #initialize(params: unknown): Promise<object> {
    const { rootUri, workspaceFolders, capabilities } = initializeSchema.parse(params);
    this.#commands = new Set(capabilities?.experimental?.commands?.commands);
    const uri = workspaceFolders?.[0]?.uri ?? rootUri ?? undefined;
    const root = uri === undefined ? process.cwd() : this.#client.pathOfUri(uri);
    if (root === undefined) {
      throw new LspProblem(INVALID_PARAMS, `${uri ?? ''} is no folder of this machine.`);
    }
    this.#root = root;
    await this.#readAgain([]);
    return {
      serverInfo: { name: 'kumo-policy-workbench', version: productVersion() },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 1, save: true },
        completionProvider: { triggerCharacters: ['.', ':', "'", '"', '{', ',', ' ', '(', '['] },
        hoverProvider: true,
        signatureHelpProvider: { triggerCharacters: ['(', ','] },
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        documentSymbolProvider: true,
        codeLensProvider: {},
        documentFormattingProvider: true,
        workspaceSymbolProvider: true,
        foldingRangeProvider: true,
        inlayHintProvider: true,
        semanticTokensProvider: {
          legend: { tokenTypes: SEMANTIC_TOKEN_TYPES, tokenModifiers: SEMANTIC_TOKEN_MODIFIERS },
          full: true,
        },
        codeActionProvider: { codeActionKinds: ['quickfix'] },
      },
    };
  }

  async #readAgain(changed: readonly string[]): Promise<void> {
    const root = this.#root ?? '';
    const files = await listFiles(root);
    this.#service.setPolicy(defaultPolicyFile(files));
    this.#service.setOptions((await readWorkbenchFile(root)).options);
    await this.#texts.open(root, analysedFiles(files));
    for (const uri of changed) await this.#texts.changed(this.#path(uri));
    this.#publish();
  }

  async #edit(uri: string, text: string): Promise<void> {
    const path = this.#path(uri);
    this.#open.add(path);
    await this.#texts.edit(path, text);
    this.#publish();
  }

  async #close(uri: string): Promise<void> {
    const path = this.#path(uri);
    this.#open.delete(path);
    await this.#texts.edit(path, undefined);
    this.#client.send({
      method: 'textDocument/publishDiagnostics',
      params: { uri, diagnostics: [] },
    });
    this.#publish();
  }

  /** "PublishDiagnostics Notification", for every open file: a module changes what is true of others. */
  #publish(): void {
    const findings = this.#service.findings(this.#open);
    for (const path of this.#open) {
      const diagnostics = findings
        .filter(({ file }) => file === path)
        .map((finding) => this.#diagnostic(finding));
      this.#client.send({
        method: 'textDocument/publishDiagnostics',
        params: { uri: this.#uri(path), diagnostics },
      });
    }
  }

  #diagnostic({ range, severity, code, message, href, tags, related }: Finding): object {
    return {
      ...{ range, severity, code, message, source: 'kumomta' },
      ...(href === undefined ? {} : { codeDescription: { href } }),
      ...(tags === undefined ? {} : { tags }),
      ...(related === undefined
        ? {}
        : {
            relatedInformation: related.map((place) => ({
              location: this.#location(place),
              message: place.message,
            })),
          }),
    };
  }

  #atPlace(method: Exclude<LanguageRequest['method'], 'findings'>, params: unknown): unknown {
    const { textDocument, position: at, newName = '' } = placeSchema.parse(params);
    const path = this.#path(textDocument.uri);
    const request = { method, path, position: at, newName } as LanguageRequest;
    const answer = this.#service.answer(request);
    if (answer !== undefined && 'problem' in answer) {
      throw new LspProblem(REQUEST_FAILED, answer.problem);
    }
    if (answer !== undefined && 'edits' in answer) return this.#workspaceEdit(answer.edits);
    if (method === 'definition' || method === 'references') {
      return (answer as readonly Location[]).map((place) => this.#location(place));
    }
    return answer;
  }

  /** "Document Formatting Request". The client's options are not asked: the style is KumoMTA's. */
  #formatting(path: string): object[] {
    const answer = this.#service.answer({ method: 'formatting', path });
    if (answer === undefined || !('edits' in answer)) {
      const why =
        answer !== undefined && 'problem' in answer ? answer.problem : 'Nothing to format.';
      throw new LspProblem(REQUEST_FAILED, why);
    }
    return answer.edits.map(({ range, newText }) => ({ range, newText }));
  }

  /** "Code Lens Request". What the client cannot do is not offered; what only tells something is told. */
  #codeLens({ range, command }: CodeLens): object[] {
    const canDo = this.#commands.has(command.command);
    switch (command.command) {
      case 'kumo.showReferences': {
        const [path, position, locations] = command.arguments;
        const given = [this.#uri(path), position, locations.map((place) => this.#location(place))];
        const told = { title: command.title, command: '' };
        return [{ range, command: canDo ? { ...command, arguments: given } : told }];
      }
      case 'kumo.debug': {
        const [path, position] = command.arguments;
        return canDo
          ? [{ range, command: { ...command, arguments: [this.#uri(path), position] } }]
          : [];
      }
      default:
        return canDo || command.command === '' ? [{ range, command }] : [];
    }
  }

  /** "Code Action Request" */
  #codeActions(params: unknown): object[] {
    const { textDocument, range } = actionSchema.parse(params);
    const path = this.#path(textDocument.uri);
    return this.#service
      .findings(new Set([path]))
      .filter(({ range: at }) => at.start.line <= range.end.line && range.start.line <= at.end.line)
      .flatMap((finding) =>
        (finding.fixes ?? []).map(({ title, preferred, edits }) => ({
          title,
          kind: 'quickfix',
          isPreferred: preferred === true,
          diagnostics: [this.#diagnostic(finding)],
          edit: this.#workspaceEdit(edits),
        })),
      );
  }

  /** "Basic JSON Structures: WorkspaceEdit" */
  #workspaceEdit(edits: readonly TextEdit[]): object {
    const changes: Record<string, object[]> = {};
    for (const { file, range, newText } of edits) {
      (changes[this.#uri(file)] ??= []).push({ range, newText });
    }
    return { changes };
  }

  #location({ file, range }: Location): object {
    return { uri: this.#uri(file), range };
  }

  #uri(path: string): string {
    return pathToFileURL(join(this.#root ?? '', path)).href;
  }

  /** Relative to the folder that is open. */
  #path(uri: string): string {
    const absolute = this.#client.pathOfUri(uri);
    if (absolute === undefined) {
      throw new LspProblem(INVALID_PARAMS, `${uri} is no file of this machine.`);
    }
    return relative(this.#root ?? '', absolute).replaceAll(sep, '/');
  }
}

function watched(params: unknown): string[] {
  return watchedSchema.parse(params).changes.map(({ uri }) => uri);
}
