/** What a client sends (Language Server Protocol 3.17): the parameters that are read, and nothing else. */
import * as z from 'zod';
import type { LanguageRequest } from '../../lua-runtime/analysis/service/language-requests.ts';

const position = z.object({ line: z.number(), character: z.number() });
const textDocument = z.looseObject({ uri: z.string() });

export const messageSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
});
export const initializeSchema = z.looseObject({
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
export const documentSchema = z.looseObject({ textDocument });
export const openSchema = z.looseObject({
  textDocument: textDocument.extend({ text: z.string() }),
});
export const changeSchema = documentSchema.extend({
  contentChanges: z.array(z.looseObject({ text: z.string() })).min(1),
});
export const placeSchema = documentSchema.extend({ position, newName: z.string().optional() });
/** "Inlay Hint Request", "Code Action Request". */
export const rangeSchema = documentSchema.extend({
  range: z.object({ start: position, end: position }),
});
export const symbolSchema = z.object({ query: z.string() });
export const watchedSchema = z.looseObject({
  changes: z.array(z.looseObject({ uri: z.string() })),
});

/** Requests about a place in a text. */
export type PlaceMethod = Exclude<LanguageRequest['method'], 'findings'>;
export const PLACE_METHODS: Readonly<Record<string, PlaceMethod>> = {
  'textDocument/completion': 'completion',
  'textDocument/hover': 'hover',
  'textDocument/signatureHelp': 'signatureHelp',
  'textDocument/definition': 'definition',
  'textDocument/references': 'references',
  'textDocument/prepareRename': 'prepareRename',
  'textDocument/rename': 'rename',
};

/** Requests about a whole text, answered as the language service does. */
export type FileMethod = 'documentSymbol' | 'semanticTokens' | 'foldingRange';
export const FILE_METHODS: Readonly<Record<string, FileMethod>> = {
  'textDocument/documentSymbol': 'documentSymbol',
  'textDocument/semanticTokens/full': 'semanticTokens',
  'textDocument/foldingRange': 'foldingRange',
};
