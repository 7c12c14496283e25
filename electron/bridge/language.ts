/** What the editor knows of policies while they are written. Shapes are LSP's (3.17). */
import * as z from 'zod';
import type {
  LanguageAnswers,
  LanguageMethod,
} from '../../lua-runtime/analysis/service/language-requests.ts';
import type { WorkspaceSymbol } from '../../lua-runtime/analysis/lsp-types.ts';
import type { Diagnostic } from './workspace.ts';

/** `path` is relative to the workspace root; `text` is what the editor has, saved or not. */
const editedTextSchema = z.object({ path: z.string(), text: z.string() });

const position = z.object({
  line: z.number().int().min(0),
  character: z.number().int().min(0),
});
const place = { path: z.string(), position };
const languageRequestSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('completion'), ...place }),
  z.object({ method: z.literal('hover'), ...place }),
  z.object({ method: z.literal('signatureHelp'), ...place }),
  z.object({ method: z.literal('definition'), ...place }),
  z.object({ method: z.literal('references'), ...place }),
  z.object({ method: z.literal('prepareRename'), ...place }),
  z.object({ method: z.literal('rename'), newName: z.string(), ...place }),
  z.object({ method: z.literal('documentSymbol'), path: z.string() }),
  z.object({ method: z.literal('codeLens'), path: z.string() }),
  z.object({ method: z.literal('formatting'), path: z.string() }),
  z.object({ method: z.literal('semanticTokens'), path: z.string() }),
  z.object({ method: z.literal('foldingRange'), path: z.string() }),
  z.object({
    method: z.literal('inlayHint'),
    path: z.string(),
    range: z.object({ start: position, end: position }),
  }),
]);

export const languageCalls = {
  /** What is known of a place in a file, whose text is given as it is in the editor. */
  'language.ask': {
    input: z.object({ request: languageRequestSchema, text: z.string() }),
    /** That of the request's method. */
    output: z.object({ answer: z.custom<LanguageAnswers[LanguageMethod]>().optional() }),
  },
  /**
   * Findings of the checks in the policies and data files that are given as they are in the editor, and in those
   * that were given before and not closed.
   */
  'language.check': {
    input: z.object({ texts: z.array(editedTextSchema).max(1000) }),
    output: z.object({
      /** Paths of the files that were checked. */
      checked: z.array(z.string()),
      findings: z.array(z.custom<Diagnostic>()),
    }),
  },
  /** Handlers and functions of all files that have these letters in their names. */
  'language.symbols': {
    input: z.object({ query: z.string().max(200) }),
    output: z.array(z.custom<WorkspaceSymbol>()),
  },
  /** Findings of the checks in all files of the workspace, workbench.json among them. */
  'language.problems': { input: z.object({}), output: z.array(z.custom<Diagnostic>()) },
  /** The page's editor has the file no more: what is on disk counts. */
  'language.close': { input: z.object({ path: z.string() }), output: z.object({}) },
};

export const languageEvents = {
  /** What a run did on each line is known to the editor now. */
  runRead: z.object({ runId: z.string() }),
};

export type {
  FileRequest,
  LanguageAnswers,
  LanguageMethod,
  PlaceMethod,
  RequestOf,
} from '../../lua-runtime/analysis/service/language-requests.ts';
export type {
  CodeLens,
  CompletionItem,
  CompletionKind,
  DocumentSymbol,
  Location,
  MarkupContent,
  SemanticTokenModifiers,
  SemanticTokenTypes,
  WorkspaceSymbol,
} from '../../lua-runtime/analysis/lsp-types.ts';
