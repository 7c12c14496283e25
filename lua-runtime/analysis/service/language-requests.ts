/** What can be asked of the language service, and what it answers. Positions and kinds are LSP's. */
import type { Finding, Position, Range, TextEdit } from '../analysis-contract.ts';
import type {
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Renamable,
  SemanticTokens,
  SignatureHelp,
  WorkspaceSymbol,
} from '../lsp-types.ts';

/** A place in a file of the workspace. */
export interface Place {
  readonly path: string;
  readonly position: Position;
}

export type LanguageRequest =
  /** What the checks find in the files of `paths`; of all files without them. */
  | { readonly method: 'findings'; readonly paths?: readonly string[] }
  | ({ readonly method: 'completion' } & Place)
  | ({ readonly method: 'hover' } & Place)
  | ({ readonly method: 'signatureHelp' } & Place)
  | ({ readonly method: 'definition' } & Place)
  | ({ readonly method: 'references' } & Place)
  | ({ readonly method: 'prepareRename' } & Place)
  | ({ readonly method: 'rename'; readonly newName: string } & Place)
  | { readonly method: 'documentSymbol'; readonly path: string }
  | { readonly method: 'codeLens'; readonly path: string }
  /** The whole text in KumoMTA's style. */
  | { readonly method: 'formatting'; readonly path: string }
  | { readonly method: 'semanticTokens'; readonly path: string }
  | { readonly method: 'foldingRange'; readonly path: string }
  | { readonly method: 'inlayHint'; readonly path: string; readonly range: Range }
  /** Names in all files. */
  | { readonly method: 'workspaceSymbol'; readonly query: string };

/** Either, or why it cannot be done, as a sentence. */
export type OrProblem<T> = T | { readonly problem: string };

export interface LanguageAnswers {
  readonly findings: readonly Finding[];
  readonly completion: readonly CompletionItem[];
  readonly hover: Hover | undefined;
  readonly signatureHelp: SignatureHelp | undefined;
  readonly definition: readonly Location[];
  readonly references: readonly Location[];
  readonly prepareRename: OrProblem<Renamable>;
  readonly rename: OrProblem<{ readonly edits: readonly TextEdit[] }>;
  readonly documentSymbol: readonly DocumentSymbol[];
  readonly codeLens: readonly CodeLens[];
  readonly formatting: OrProblem<{ readonly edits: readonly TextEdit[] }>;
  readonly semanticTokens: SemanticTokens;
  readonly foldingRange: readonly FoldingRange[];
  readonly inlayHint: readonly InlayHint[];
  readonly workspaceSymbol: readonly WorkspaceSymbol[];
}

/** About one file, whose text an editor may have. */
export type FileRequest = Extract<LanguageRequest, { readonly path: string }>;

/** About one place and nothing else. */
export type PlaceMethod = Exclude<Extract<LanguageRequest, Place>['method'], 'rename'>;

export type LanguageMethod = LanguageRequest['method'];
export type RequestOf<M extends LanguageMethod> = Extract<LanguageRequest, { readonly method: M }>;
