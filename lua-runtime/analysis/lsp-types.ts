/**
 * Shapes of the Language Server Protocol 3.17 that the language service answers with, as far as it uses
 * them. The names and numbers are the specification's; `file` stands where it has a URI, because the
 * service knows only paths relative to the workspace.
 */
import type { Position, Range, TextEdit } from './analysis-contract.ts';

/** "Basic JSON Structures: MarkupContent", always Markdown. */
export interface MarkupContent {
  readonly kind: 'markdown';
  readonly value: string;
}

/** "Completion Request: CompletionItemKind", the used ones. */
export const CompletionKind = {
  method: 2,
  function: 3,
  field: 5,
  variable: 6,
  module: 9,
  property: 10,
  value: 12,
  enumMember: 20,
  keyword: 14,
  event: 23,
} as const;
export type CompletionKind = (typeof CompletionKind)[keyof typeof CompletionKind];

/** "Completion Request: CompletionItem" */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** The type, in a few words. */
  readonly detail?: string;
  readonly documentation?: MarkupContent;
  /** 1: deprecated. */
  readonly tags?: readonly 1[];
  readonly sortText: string;
  readonly filterText?: string;
  /** 2: a snippet with `$0` for the cursor. */
  readonly insertTextFormat: 1 | 2;
  readonly textEdit: Pick<TextEdit, 'range' | 'newText'>;
}

/** "Hover Request: Hover" */
export interface Hover {
  readonly contents: MarkupContent;
  readonly range: Range;
}

/** "Signature Help Request" */
export interface SignatureHelp {
  readonly signatures: readonly SignatureInformation[];
  readonly activeSignature: number;
  readonly activeParameter: number;
}

export interface SignatureInformation {
  readonly label: string;
  readonly documentation?: MarkupContent;
  readonly parameters: readonly {
    /** Offsets in `label`. */
    readonly label: readonly [number, number];
    readonly documentation?: MarkupContent;
  }[];
}

/** "Basic JSON Structures: Location" */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** "Rename Request": what prepareRename tells. */
export interface Renamable {
  readonly range: Range;
  readonly placeholder: string;
}

/** "Document Symbols Request: SymbolKind", the used ones. */
export const SymbolKind = { function: 12, variable: 13, method: 6, event: 24, field: 8 } as const;
export type SymbolKind = (typeof SymbolKind)[keyof typeof SymbolKind];

/** "Document Symbols Request: DocumentSymbol" */
export interface DocumentSymbol {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly children: readonly DocumentSymbol[];
}

/** "Code Lens Request: CodeLens", resolved. */
export interface CodeLens {
  readonly range: Range;
  readonly command: LensCommand;
}

/** "Basic JSON Structures: Command". One without a name only tells something. */
export type LensCommand = { readonly title: string } & (
  | { readonly command: ''; readonly arguments: readonly [] }
  /** Shows where the question is asked that the handler answers. */
  | { readonly command: 'kumo.simulate'; readonly arguments: readonly [] }
  /** Delivers, and stops at the given place of a file. */
  | { readonly command: 'kumo.debug'; readonly arguments: readonly [string, Position] }
  /** The file and place whose references are given. */
  | {
      readonly command: 'kumo.showReferences';
      readonly arguments: readonly [string, Position, readonly Location[]];
    }
);

/** "Semantic Tokens: SemanticTokenTypes", the used ones, in the order of the legend. */
export const SEMANTIC_TOKEN_TYPES = [
  'namespace',
  'function',
  'method',
  'parameter',
  'event',
] as const;
/** "Semantic Tokens: SemanticTokenModifiers", the used ones, in the order of the legend. */
export const SEMANTIC_TOKEN_MODIFIERS = ['declaration', 'deprecated', 'defaultLibrary'] as const;

export type SemanticTokenTypes = typeof SEMANTIC_TOKEN_TYPES;
export type SemanticTokenModifiers = typeof SEMANTIC_TOKEN_MODIFIERS;

/** "Semantic Tokens: SemanticTokens" */
export interface SemanticTokens {
  readonly data: readonly number[];
}

/** "Folding Range Request: FoldingRange" */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: 'comment' | 'region';
}

/** "Inlay Hint Request: InlayHint"; 1 is a type or unit, 2 the name of a parameter. */
export interface InlayHint {
  readonly position: Position;
  readonly label: string;
  readonly kind: 1 | 2;
}

/** "Workspace Symbols Request: WorkspaceSymbol" */
export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly location: Location;
  /** Name of the handler or function that it is in. */
  readonly containerName?: string;
}
