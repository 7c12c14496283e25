/**
 * One client's session: its messages one after the other, from `initialize` to `exit` (Language Server
 * Protocol 3.17; the sections are named where they are used).
 */
import * as z from 'zod';
import {
  SEMANTIC_TOKEN_MODIFIERS,
  SEMANTIC_TOKEN_TYPES,
} from '../../lua-runtime/analysis/lsp-types.ts';
import { productVersion } from '../host/shipped-files.ts';
import { LspDocuments } from './lsp-documents.ts';
import type { PathOfUri } from './lsp-documents.ts';
import { LspErrorCode, LspProblem } from './lsp-problem.ts';
import { initializeSchema, messageSchema } from './lsp-requests.ts';
import { LspWorkspace } from './lsp-workspace.ts';

export interface LspClient {
  readonly send: (message: object) => void;
  readonly onExit: () => void;
  readonly pathOfUri: PathOfUri;
}

/** "Server Capabilities" */
const capabilities = {
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
};

export class LspSession {
  readonly #client: LspClient;
  #workspace: LspWorkspace | undefined;
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
      const { code, message: words } = problemOf(error, method);
      if (id !== undefined) this.#client.send({ id, error: { code, message: words } });
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
    if (this.#workspace === undefined) {
      throw new LspProblem(LspErrorCode.notInitialized, `${method} came before initialize.`);
    }
    return this.#workspace.answer(method, params, isRequest);
  }

  /** "Initialize Request" */
  async #initialize(params: unknown): Promise<object> {
    const { rootUri, workspaceFolders, capabilities: client } = initializeSchema.parse(params);
    const uri = workspaceFolders?.[0]?.uri ?? rootUri ?? undefined;
    const root = uri === undefined ? process.cwd() : this.#client.pathOfUri(uri);
    if (root === undefined) {
      throw new LspProblem(
        LspErrorCode.invalidParams,
        `${uri ?? ''} is no folder of this machine.`,
      );
    }
    this.#workspace = await LspWorkspace.open({
      documents: new LspDocuments(root, this.#client.pathOfUri),
      commands: new Set(client?.experimental?.commands?.commands),
      send: this.#client.send,
    });
    return {
      serverInfo: { name: 'kumo-policy-workbench', version: productVersion() },
      capabilities,
    };
  }
}

/** @throws what is a bug */
function problemOf(error: unknown, method: string): LspProblem {
  if (error instanceof LspProblem) return error;
  if (!(error instanceof z.ZodError)) throw error;
  return new LspProblem(
    LspErrorCode.invalidParams,
    `The parameters of ${method} are not those of LSP 3.17.`,
  );
}
